"""qingqun work: one more worker, for a hub on PostgreSQL."""

from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("再开一个投递进程（PostgreSQL 上可开多个）；serve 已自带每条通道各一个。")


def command(
    lane: Annotated[str, typer.Option(help=_("routine 日常，emergency 应急"))] = "routine",
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call("work", data, lane=lane)
