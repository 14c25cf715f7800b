"""Asks another process for the words, and does not wait for it longer than the limits say."""

import json
import subprocess
import sys

from qingqun.hub.pdf.limits import ENDED_WELL, LARGEST, LOCKED, OBJECTS, SECONDS
from qingqun.i18n import _
from qingqun.office import OfficeError

_OBJECT = b" obj"


def texts(data: bytes) -> list[str]:
    """Return the words of each of the first pages; nothing of a page that is a picture.

    Raises:
        OfficeError: it is too large, locked with a password, damaged, or takes more time or memory than a PDF needs.
    """
    if len(data) > LARGEST or data.count(_OBJECT) > OBJECTS:
        raise OfficeError("too_large", _("PDF 太大或太复杂，没有读"))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "qingqun.hub.pdf.words"], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise OfficeError("too_slow", _("PDF 太大或太复杂，没有读")) from error
    if done.returncode == LOCKED:
        raise OfficeError("locked", _("PDF 设了密码，读不出文字，请去掉密码再上传"))
    if done.returncode != ENDED_WELL:
        raise OfficeError("unreadable", _("PDF 损坏或太复杂，读不出来，请另存一份再上传"))
    found: list[str] = json.loads(done.stdout)
    return found
