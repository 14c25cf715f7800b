"""qingqun invite: a sign-in for everybody imported who has none."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.cli._show import ask
from qingqun.i18n import _

HELP = _("给已导入、还不能登录的人一次开好账号，写出登录表：每人一个自己设密码的一次性链接。")


def command(
    out: Annotated[str | None, typer.Option(help=_("写到哪里，.xlsx 或 .csv"))] = None,
    unit: Annotated[str, typer.Option(help=_("只给这个单位及其下级；默认全部"))] = "",
    again: Annotated[bool, typer.Option("--again", help=_("开过、还没登录过的人也换新链接，旧的作废"))] = False,
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call("invite", data, out=Path(ask(out, "--out", _("写到哪里"))), unit=unit, again=again)
