"""qingqun serve: pages and one worker a lane."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("开门：页面和投递一起运行，直到停止；默认只在本机可以访问。")


def command(
    host: Annotated[str, typer.Option(help=_("在哪个地址上听"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("端口；0 表示任取一个空闲的"), min=0, max=65535)] = 8421,
    certificate: Annotated[Path | None, typer.Option(help=_("TLS 证书（PEM）；不写则由反向代理做 TLS"), exists=True)] = None,
    key: Annotated[Path | None, typer.Option(help=_("证书的私钥（PEM）"), exists=True)] = None,
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call("serve", data, host=host, port=port, certificate=str(certificate or ""), key=str(key or ""))
