"""Add everything up and say it. Exit status 1 where something is not explained, or the ledger was changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from qingqun.hub import seal
from qingqun.hub.now import now
from qingqun.hub.reconcile import reconcile
from qingqun.hub.upkeep import ready
from qingqun.hub.upkeep.told import reconciled


class Command(BaseCommand):
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        ready.current()
        sums, wrong = reconcile(now()), seal.verify(settings.LEDGER_HEAD)
        for line in [*reconciled(sums), *wrong]:
            self.stdout.write(line)
        if wrong or not sums.explained:
            raise SystemExit(1)
