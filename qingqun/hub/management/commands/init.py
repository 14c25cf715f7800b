"""Found a hub: folder, keys, settings, database, first account."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from qingqun.hub import config
from qingqun.hub.models import Unit
from qingqun.hub.now import now
from qingqun.hub.upkeep import first, keys
from qingqun.i18n import _
from qingqun.words import Refused

PORT = 8421
_CONFIG = """\
# {head}
owner = {owner}
# {plain}
https = false
behind_proxy = false
hosts = ["localhost", "127.0.0.1", "[::1]"]
address = "http://127.0.0.1:{port}"
database = {database}
"""


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        for option in ("unit", "name", "account", "database"):
            parser.add_argument(f"--{option}", default="")

    def handle(self, **options: Any) -> None:
        folder: Path = settings.DATA
        if _taken(folder):
            raise Refused(_("{folder} 里已经有轻群了，没有改动").format(folder=folder))
        keys.make(folder)
        _configured(folder, options)
        settings.SECRET_KEY, settings.VAULT_KEY = (config.secret(folder, name) for name in keys.NAMES)
        call_command("migrate", verbosity=0)
        _close(folder)
        password = first.account(options["account"], options["name"], options["unit"], first.FIRST, now(), founding=True)
        self.stdout.write(_("轻群已建好：{folder}").format(folder=folder))
        self.stdout.write(_("登录名 {account}，一次性密码 {password}").format(account=options["account"], password=password))
        self.stdout.write(_("密码只显示这一次，第一次登录时要改掉。下一步：qingqun serve"))


def _taken(folder: Path) -> bool:
    """Tell whether there is a hub already. A SQLite file is made by looking into it; so look only where there is one."""
    if connection.vendor == "sqlite" and not (folder / "qingqun.sqlite3").exists():
        return False
    return "hub_unit" in connection.introspection.table_names() and Unit.objects.exists()


def _configured(folder: Path, options: dict[str, Any]) -> None:
    if (folder / "config.toml").exists():
        return
    text = _CONFIG.format(
        head=_("轻群的设置，改后重启 qingqun serve；各项含义见 docs/admin.md"),
        plain=_("只在本机试用时不加密；让别人访问之前改成 true，见 docs/admin.md"),
        owner=json.dumps(options["unit"], ensure_ascii=False),
        database=json.dumps(options["database"], ensure_ascii=False),
        port=PORT,
    )
    keys.private(folder / "config.toml", text.encode())


def _close(folder: Path) -> None:
    for path in folder.glob("qingqun.sqlite3*"):
        keys.close(path)
