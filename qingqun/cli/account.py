"""qingqun account: a person with an account."""

from typing import Annotated

import typer

from qingqun.cli import _hub
from qingqun.cli._show import ask
from qingqun.i18n import _

HELP = _("给人员开账号（已导入的接上，没有的新建），或换一个一次性密码。")


def command(
    login: Annotated[str, typer.Argument(help=_("登录名"))],
    name: Annotated[str | None, typer.Option(help=_("姓名"))] = None,
    unit: Annotated[str | None, typer.Option(help=_("所在单位，要已经有的"))] = None,
    right: Annotated[
        list[str] | None,
        typer.Option(help=_("权限，可多次：author 发通知、approver 批准、administrator 管理、auditor 审计、supervisor 督查；收通知不用")),
    ] = None,
    number: Annotated[str, typer.Option(help=_("工号，有同名的人时用"))] = "",
    another: Annotated[bool, typer.Option("--another", help=_("是另一位同名的人"))] = False,
    renew: Annotated[bool, typer.Option("--renew", help=_("只换密码"))] = False,
    lost_phone: Annotated[bool, typer.Option("--lost-phone", help=_("手机和恢复码都丢了：去掉第二重验证，下次登录重新设"))] = False,
    data: _hub.Data = None,
) -> None:
    """Run the command."""
    _hub.call(
        "account",
        data,
        login=login,
        name="" if renew or lost_phone else ask(name, "--name", _("姓名")),
        unit="" if renew or lost_phone else ask(unit, "--unit", _("所在单位")),
        right=list(right or ()),
        number=number,
        another=another,
        renew=renew,
        lost_phone=lost_phone,
    )
