"""Give everybody who was imported and has no way in an account and a link of one time, as a list to hand out."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from qingqun.hub import invite, invitelist
from qingqun.hub.now import now
from qingqun.hub.upkeep import first, ready
from qingqun.i18n import _
from qingqun.words import Refused


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--unit", default="")
        parser.add_argument("--again", action="store_true")

    def handle(self, *, out: Path, unit: str, again: bool, **_options: Any) -> None:
        ready.current()
        _writable(out)
        paths = [first.unit_of(unit).path] if unit else ["/"]
        at = now()
        made = invite.invite(paths, at, None, again=again)
        if not made:
            self.stdout.write(_("没有要开通的人；给过链接、还没登录过的人要换新链接，加上 --again"))
            return
        invitelist.write(out, made, settings.ADDRESS.rstrip("/"), at)
        out.chmod(0o600)
        self.stdout.write(
            _("已给 {n} 人开通，写入 {file}：每人只给本人那一行，链接 {days} 天内有效、只能用一次，发完请删除").format(
                n=len(made), file=out, days=invite.LASTS.days
            )
        )
        if invitelist.local(settings.ADDRESS):
            said = _("注意：链接以 {address} 开头，只有这台机器打得开。在 config.toml 里改好 address，再用 --again 重做一次")
            self.stdout.write(said.format(address=settings.ADDRESS))


def _writable(out: Path) -> None:
    """Refuse before anything is made: links that could not be written down would be lost."""
    if not settings.ADDRESS:
        raise Refused(_("还不知道链接以什么开头：请先在 config.toml 里写 address，如 https://qingqun.example.gov.cn"))
    if out.suffix.lower() not in {".xlsx", invitelist.CSV}:
        raise Refused(_("{file}：请写以 .xlsx 或 .csv 结尾的文件名").format(file=out))
    if out.exists():
        raise Refused(_("{file} 已经有了，不覆盖；请换一个文件名").format(file=out))
    if not out.parent.is_dir():
        raise Refused(_("没有文件夹 {folder}").format(folder=out.parent))
