"""qingqun play: the demo's hub, one notice from writing to confirming."""

import os
from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("演示：街道办的轻群，从写到确认演一条通知并留下图片；--keep 则一直开着供试用。数据全是虚构。")


def command(
    pictures: Annotated[Path | None, typer.Option(help=_("图片放在哪个文件夹"))] = None,
    keep: Annotated[bool, typer.Option("--keep", help=_("开着，直到停止；账号打印出来"))] = False,
    at: Annotated[str, typer.Option(help=_("只拨演示时钟，如 2026-09-20 08:31"))] = "",
    data: Annotated[Path, typer.Option(help=_("演示的数据文件夹，每次重做"))] = Path("build/demo/hub"),
) -> None:
    """Run the command."""
    for name in [name for name in os.environ if name.startswith("QINGQUN_") and name != "QINGQUN_LANG"]:
        del os.environ[name]  # a real hub's settings are none of the demo's business
    os.environ["QINGQUN_HTTPS"] = "no"
    _hub.call("play", data, pictures=str(pictures or ""), keep=keep, at=at)
