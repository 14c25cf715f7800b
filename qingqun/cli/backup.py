"""qingqun backup: a copy of the hub while it runs."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("备份：运行中也可以做，得到某一时刻完整的一份；给出密钥则加密。")


def command(
    out: Annotated[Path | None, typer.Option(help=_("备份写到哪个文件夹；默认数据文件夹里的 backups"))] = None,
    key: Annotated[Path | None, typer.Option(help=_("备份密钥文件；没有则新建。加密的备份才包含密钥和设置"))] = None,
    keep: Annotated[int, typer.Option(help=_("只留最近几份；0 表示都留"), min=0)] = 0,
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call("backup", data, out=str(out or ""), key=str(key or ""), keep=keep)
