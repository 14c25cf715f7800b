"""The text of a draft: plain text or a docx, from a file or from standard input. Whatever else it is, is refused."""

import sys
import unicodedata
from pathlib import Path

from qingqun.cli._options import existing
from qingqun.enrich.secrets import secret_span
from qingqun.i18n import _, why
from qingqun.intake.encoding import decode_head
from qingqun.office import OfficeError
from qingqun.office.limits import DEFAULT
from qingqun.office.paper import paragraphs
from qingqun.words import Refused

LONGEST = 100_000  # bytes of plain text, characters of a document
STDIN = "-"
_FORMS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # a zip (docx among them), PDF, the older Office, RTF
_SPACE = "\t\r\n\f\v"
_BROKEN = 20  # of so many characters one may be broken: a text of an unknown coding, or none


def read(draft: Path) -> str:
    """Return the draft. Raises Refused, naming the file, where it is no text, is empty, too long or bears a secret marking."""
    name = _("标准输入") if str(draft) == STDIN else str(draft)
    text = _text(draft, name).strip("\r\n").replace("\r\n", "\n")
    if not text.strip():
        raise Refused(_("{file} 是空的").format(file=name))
    if len(text.encode()) > 3 * LONGEST:
        raise Refused(_("{file} 太长，不像一条消息").format(file=name))
    if secret_span(text):  # before anything else looks at it
        raise Refused(_("文中有国家秘密标志，不能发送，也不会保存"))
    return text


def _text(draft: Path, name: str) -> str:
    raw = _raw(draft, name)
    if raw.startswith(_FORMS[0]) and str(draft) != STDIN:
        try:
            return "\n".join(paragraphs(draft))
        except OfficeError as wrong:
            raise Refused(_("{file}：{reason}").format(file=name, reason=wrong.reason)) from wrong
    if raw.startswith(_FORMS):
        raise _unread(name)
    if len(raw) > LONGEST:
        raise Refused(_("{file} 太长，不像一条消息").format(file=name))
    text = decode_head(raw)
    if _broken(text):
        raise _unread(name)
    return text


def _raw(draft: Path, name: str) -> bytes:
    try:
        if str(draft) == STDIN:
            return sys.stdin.buffer.read(LONGEST + 1)
        with existing([draft])[0].open("rb") as file:
            return file.read(DEFAULT.packed + 1)
    except OSError as error:
        raise Refused(_("{file} 读不出来：{reason}").format(file=name, reason=why(error))) from error


def _broken(text: str) -> bool:
    """Tell whether it is no text: a control character that no typing makes, or many that no coding has."""
    wrong = sum(char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn"} for char in text)
    return wrong * _BROKEN > len(text) or any(unicodedata.category(char) == "Cc" and char not in _SPACE for char in text)


def _unread(name: str) -> Refused:
    return Refused(_("{file} 不是文字：只读纯文本和 docx，请把要发的话存成 txt 或 docx 再查").format(file=name))
