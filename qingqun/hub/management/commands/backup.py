"""Copy the hub while it runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from qingqun.hub import ledger
from qingqun.hub.now import now
from qingqun.hub.upkeep import locked, ready
from qingqun.hub.upkeep.backup import backup, forget
from qingqun.i18n import _


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", default="")
        parser.add_argument("--key", default="")
        parser.add_argument("--keep", type=int, default=0)

    def handle(self, **options: Any) -> None:
        ready.founded()
        folder = Path(options["out"]) if options["out"] else settings.DATA / "backups"
        key = locked.key_in(Path(options["key"]), make=True) if options["key"] else None
        made = backup(folder, now(), key)
        ledger.exported("backup", made.files, now())
        self.stdout.write(
            _("已备份 {path}，{size:.1f} MiB，{files} 个文件").format(path=made.path, size=made.size / 1024**2, files=made.files)
        )
        if not key:
            self.stdout.write(_("这份备份没有加密，不含密钥和设置：请把 keys/ 与 config.toml 另行保管"))
        for path in forget(folder, options["keep"], made.path):
            self.stdout.write(_("已删除旧备份 {name}").format(name=path.name))
