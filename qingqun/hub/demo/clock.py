"""The demo's clock: a file in the demo's folder says when it is, and it goes on from there. It refuses any hub but the demo's own."""

import json
import time
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from qingqun.hub import sql
from qingqun.hub.now import kept_by
from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.words import Refused

MARK = "demo"  # the setting that only the demo writes


class Clock:
    """Tells the time that stands in the file, plus what has passed since it was written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clock.json"

    def __call__(self) -> datetime:
        said = json.loads(self.path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["at"]) + timedelta(seconds=time.time() - float(said["since"]))

    def move(self, at: datetime) -> None:
        """Set it, for every process of the demo."""
        with replacing(self.path) as part:
            part.write_text(json.dumps({"at": at.isoformat(), "since": time.time()}), encoding="utf-8")


def kept() -> AbstractContextManager[None]:
    """Let the demo's clock tell this process the time.

    Raises:
        Refused: the database was not made by the demo.
    """
    only_the_demos()
    return kept_by(Clock(settings.DATA))


def only_the_demos() -> None:
    """Refuse a database that the demo did not make.

    Raises:
        Refused: it has no mark of the demo.
    """
    try:
        made = sql.value("SELECT 1 FROM hub_setting WHERE key = %s", [MARK]) is not None
    except DatabaseError:
        made = False
    if not made:
        raise Refused(_("{folder} 里不是演示生成的数据，演示时钟拒绝使用").format(folder=settings.DATA))
