"""qingqun init: a new hub."""

import os
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.cli._show import ask
from qingqun.i18n import _

HELP = _("新建一个轻群：数据库、密钥、第一个管理员账号（一次性密码只显示一次）。")


def command(
    unit: Annotated[str | None, typer.Option(help=_("单位名称"))] = None,
    name: Annotated[str | None, typer.Option(help=_("第一个管理员的姓名"))] = None,
    account: Annotated[str, typer.Option(help=_("第一个管理员的登录名"))] = "admin",
    database: Annotated[str, typer.Option(help=_("PostgreSQL 地址；不写则用数据文件夹里的 SQLite"))] = "",
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    if database:
        os.environ["QINGQUN_DATABASE"] = database
    _hub.call(
        "init",
        data,
        unit=ask(unit, "--unit", _("单位名称")),
        name=ask(name, "--name", _("第一个管理员的姓名")),
        account=account,
        database=database,
    )
