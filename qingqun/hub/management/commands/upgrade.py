"""Bring the database to this version: a copy first, then the migrations, then the sums. Held notices stay held."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from qingqun.hub import sql
from qingqun.hub.moment import to_ms
from qingqun.hub.now import now
from qingqun.hub.reconcile import reconcile
from qingqun.hub.upkeep import ready
from qingqun.hub.upkeep.backup import backup
from qingqun.hub.upkeep.told import reconciled
from qingqun.i18n import _
from qingqun.words import Refused

LIVING = timedelta(seconds=40)  # longer than a worker's lease


class Command(BaseCommand):
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        ready.founded()
        waiting = ready.pending()
        if not waiting:
            self.stdout.write(_("数据库已是最新，没有改动"))
            return
        _nobody_works()
        made = backup(settings.DATA / "backups", now())
        self.stdout.write(_("已先备份 {path}").format(path=made.path))
        call_command("migrate", verbosity=0)
        sums = reconcile(now())
        for line in [_("已升级：{steps}").format(steps=", ".join(waiting)), *reconciled(sums)]:
            self.stdout.write(line)
        if not sums.explained:
            raise SystemExit(1)


def _nobody_works() -> None:
    living = sql.value("SELECT count(*) FROM hub_worker WHERE beat > %s", [to_ms(now() - LIVING)])
    if living:
        raise Refused(_("还有 {count} 个投递进程在运行：请先停止 qingqun serve 和 qingqun work").format(count=living))
