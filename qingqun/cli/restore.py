"""qingqun restore: a hub brought back from a copy."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("恢复：把一份备份恢复到空的数据文件夹，校验、对账，并算出要重发的提醒。")


def command(
    archive: Annotated[Path, typer.Argument(help=_("备份文件"))],
    key: Annotated[Path | None, typer.Option(help=_("备份密钥文件"), exists=True)] = None,
    head: Annotated[Path | None, typer.Option(help=_("原来那台机器上的 ledger.head，如果还在"), exists=True)] = None,
    stopped: Annotated[str, typer.Option(help=_("原来的轻群何时停的，如 2026-09-14T10:05；默认由 ledger.head 推算，再默认现在"))] = "",
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call("restore", data, archive=str(archive.absolute()), key=str(key or ""), head=str(head or ""), stopped=stopped)
