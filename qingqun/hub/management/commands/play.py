"""Make the demo's office and play one notice; or keep it open; or move its clock."""

import shutil
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from qingqun.clock import BEIJING
from qingqun.hub.demo import play, running
from qingqun.hub.demo.clock import Clock, only_the_demos
from qingqun.hub.demo.office import Account, furnish
from qingqun.hub.management.commands.serve import stopped_by_signal
from qingqun.hub.reconcile import reconcile
from qingqun.hub.seal import seal
from qingqun.hub.supervise import supervise
from qingqun.hub.upkeep import exposed
from qingqun.hub.upkeep.told import reconciled
from qingqun.i18n import _
from qingqun.words import Refused


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pictures", default="")
        parser.add_argument("--keep", action="store_true")
        parser.add_argument("--at", default="")

    def handle(self, **options: Any) -> None:
        if options["at"]:
            only_the_demos()
            Clock(settings.DATA).move(_moment(options["at"]))
            self._say(_("演示时钟已拨到 {at}").format(at=options["at"]))
            return
        accounts = furnish(play.EVENING)
        _audited(settings.DATA)
        if options["keep"]:
            self._keep(accounts)
        else:
            self._play(accounts, Path(options["pictures"] or settings.DATA / "pictures"))

    def _play(self, accounts: Mapping[str, Account], pictures: Path) -> None:
        clock = Clock(settings.DATA)
        self._say(_("轻群演一条通知（演示时钟，周六 21:00 起）："))
        with running.running(self._say) as address:
            play.play(address, accounts, clock, play.Stage(pictures, self._say))
        seal(clock(), settings.LEDGER_HEAD)
        sums = reconcile(clock())
        self._say(_("对账：{lines}").format(lines=" · ".join(line.strip() for line in reconciled(sums))))
        if not sums.explained:
            raise SystemExit(1)

    def _keep(self, accounts: Mapping[str, Account]) -> None:
        port = exposed.free(running.HOST, 0)
        told = _("轻群（演示）在 {address}，按 Ctrl+C 停止。现在是演示时钟的 {at:%Y-%m-%d %H:%M}")
        self._say(told.format(address=running.address(port), at=play.EVENING))
        for one in accounts.values():
            self._say(f"  {one.login:8}{one.password}  {one.name}  {one.task}")
        self._say(_("演示不要求第二重验证，见 {path}").format(path=settings.DATA / "config.toml"))
        self._say(_('拨演示时钟：{program} play --data {folder} --at "2026-09-20 08:31"').format(program=sys.argv[0], folder=settings.DATA))
        with stopped_by_signal() as stop:
            supervise(running.commands(port), running.environment(port), stop, self._say)
        self._say(_("已停止"))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _audited(folder: Path) -> None:
    """Show what the demo's audit found, where it was made beside."""
    facts = folder.parent / "report" / "facts.parquet"
    if facts.exists():
        (folder / "report").mkdir(exist_ok=True)
        shutil.copy(facts, folder / "report" / facts.name)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    except ValueError as error:
        raise Refused(_("{text} 不是时间，请写成 2026-09-20 08:31").format(text=text)) from error
