"""qingqun sheet: one person's own burden, sealed so that only that person can open it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from qingqun import intake
from qingqun.cli._options import Day, GroupOf, PlatformOf, Unit, existing, hours_of, stated
from qingqun.cli._show import ask, progress, say
from qingqun.enrich import enrich
from qingqun.findings.own import sealed
from qingqun.findings.roster import roster
from qingqun.findings.sealed import new_pair, unseal
from qingqun.i18n import _
from qingqun.intake.registers import load as load_registers
from qingqun.office.atomic import replacing
from qingqun.words import Refused

HELP = _("本人负担表：封给本人的密钥，写表的人也打不开。")


def command(
    paths: Annotated[list[Path] | None, typer.Argument(help=_("聊天记录导出文件或文件夹"))] = None,
    new: Annotated[Path | None, typer.Option(help=_("本人生成一对密钥：此文件自己留着，同名的 .pub 交给单位"))] = None,
    opened: Annotated[Path | None, typer.Option("--open", help=_("本人打开收到的表"))] = None,
    key: Annotated[Path | None, typer.Option(help=_("写表时用本人交来的 .pub；打开时用自己的密钥"))] = None,
    person: Annotated[str | None, typer.Option(help=_("为谁写：账号，或没有重名的姓名"))] = None,
    out: Annotated[Path, typer.Option(help=_("封好的表写到哪里"))] = Path("sheet.sealed"),
    register: Annotated[list[Path] | None, typer.Option(help=_("工作群台账 xlsx 或 csv，可多次"))] = None,
    by: Annotated[str | None, typer.Option(help=_("谁导入"))] = None,
    basis: Annotated[str | None, typer.Option(help=_("依据什么导入"))] = None,
    unit: Unit = None,
    group: GroupOf = None,
    platform: PlatformOf = None,
    day: Day = None,
) -> None:
    """Run the command."""
    if new:
        _paired(new)
        return
    if not key:
        raise Refused(_("请用 --key 说明密钥文件；还没有的，本人先用 --new 生成一对"))
    known = existing([key])[0].read_bytes()
    if opened:
        say(unseal(existing([opened])[0].read_bytes(), known).decode())
        return
    if not paths or not person:
        raise Refused(_("请写明聊天记录文件，并用 --person 说明为谁写"))
    grant = intake.Grant(
        by=ask(by, "--by", _("谁导入这些记录")),
        purpose=_("本人查看自己的负担"),
        basis=ask(basis, "--basis", _("依据什么导入（如 文件、授权、本人同意）")),
        at=datetime.now(UTC),
    )
    with progress(None, _("读取")) as advance:
        loaded = intake.load(existing(paths), grant, stated(group, platform, day), advance)
    facts = enrich(loaded.messages, hours_of(unit))
    groups = load_registers(existing(register or ())).groups
    table = sealed(facts, loaded.memberships, roster(facts, loaded.memberships, groups, loaded.groups), person, known)
    with replacing(out) as part:
        part.write_bytes(table)
    say(_("已封好，只有本人的密钥能打开：{path}").format(path=out))


def _paired(path: Path) -> None:
    """Write a new pair of keys, never over a file."""
    public = path.with_name(path.name + ".pub")
    for there in (path, public):
        if there.exists():
            raise Refused(_("{path} 已存在，不覆盖").format(path=there))
    secret, open_key = new_pair()
    for file, what in ((path, secret), (public, open_key)):
        with replacing(file) as part:
            part.write_bytes(what)
    path.chmod(0o600)
    say(_("{secret} 自己留着；{public} 交给单位。").format(secret=path, public=public))
