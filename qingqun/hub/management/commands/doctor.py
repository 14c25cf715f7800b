"""Say how the hub is. Exit status 0: well; 1: something is bad."""

from typing import Any

from django.core.management.base import BaseCommand

from qingqun.hub.now import now
from qingqun.hub.upkeep import ready
from qingqun.hub.upkeep.doctor import Grade, examine
from qingqun.i18n import _


class Command(BaseCommand):
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        ready.founded()
        marks = {Grade.WELL: _("好　"), Grade.LOOK: _("留意"), Grade.BAD: _("问题")}
        found = examine(now())
        for one in found:
            self.stdout.write(f"{marks[one.grade]} {one.text}")
        if any(one.grade == Grade.BAD for one in found):
            raise SystemExit(1)
