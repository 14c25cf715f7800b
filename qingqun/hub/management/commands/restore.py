"""Bring a hub back from a copy. Exit status 1 where what came back does not add up."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qingqun.clock import BEIJING
from qingqun.hub.now import now
from qingqun.hub.upkeep import locked
from qingqun.hub.upkeep.restore import restore
from qingqun.hub.upkeep.told import restored
from qingqun.i18n import _
from qingqun.words import Refused


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--archive", default="")
        parser.add_argument("--key", default="")
        parser.add_argument("--head", default="")
        parser.add_argument("--stopped", default="")

    def handle(self, **options: Any) -> None:
        key = locked.key_in(Path(options["key"])) if options["key"] else None
        head = Path(options["head"]) if options["head"] else None
        stopped = _moment(options["stopped"]) if options["stopped"] else None
        found = restore(Path(options["archive"]), now(), key, head, stopped)
        for line in restored(found):
            self.stdout.write(line)
        if found.wrong or not found.sums.explained:
            raise SystemExit(1)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(_("{text} 不是时间，请写成 2026-09-14T10:05").format(text=text)) from error
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)
