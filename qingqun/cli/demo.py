"""qingqun demo: the week of a street office, a school or a hospital, made, audited and digested."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from qingqun import audit, demo, intake, packs
from qingqun.cli._show import progress, say
from qingqun.clock.hours import Hours
from qingqun.demo.score import score
from qingqun.findings.digest import digest, ics, page, text
from qingqun.findings.report import told
from qingqun.i18n import _, listed
from qingqun.words import Refused

INSPECTED = date(2026, 9, 21)

HELP = _("生成一个街道办、学校或医院一周的聊天记录（虚构），审计，并为一名工作人员汇总待办。")


def command(
    out: Annotated[Path, typer.Option(help=_("写到哪个文件夹"))] = Path("build/demo"),
    seed: Annotated[int, typer.Option(help=_("随机种子；同一种子得到同样的文件"))] = 20260914,
    pack: Annotated[str, typer.Option(help=_("规则包"))] = "xiangzhou",
    week: Annotated[str, typer.Option(help=_("谁的一周：street 街道办、school 学校、hospital 医院"))] = "street",
) -> None:
    """Run the command."""
    texts = demo.WEEKS.get(week)
    if texts is None:
        raise Refused(_("没有 {week} 这一周，可写 {known}").format(week=week, known=listed(demo.WEEKS)))
    with progress(None, _("生成")) as advance:
        office = demo.generate(out, seed, texts)
        audited = audit.audit(_request(office, pack), advance)
    files = audit.write(audited, out / "report")
    for line in told.spoken(audited.report):
        say(line)
    say()
    say("\n".join(score(office, audited.report)))
    say()
    for name, path in {**files, **_digest(office, out)}.items():
        say(f"{name}: {path}")


def _request(office: demo.Office, pack: str) -> audit.Request:
    return audit.Request(
        exports=office.exports,
        registers=(office.register,),
        pack=packs.load([pack], INSPECTED),
        grant=_grant(_("演示")),
        hours=Hours.default(),
        stated=office.stated,
        on=INSPECTED,
        before=None,
    )


def _digest(office: demo.Office, out: Path) -> dict[str, Path]:
    """Write what the week asks of one clerk, from that clerk's own exports."""
    loaded = intake.load(office.clerk_exports, _grant(office.clerk), replace(office.stated, checked=INSPECTED))
    last = loaded.messages["sent_at"].max()
    assert isinstance(last, datetime)
    found = digest(loaded.messages, office.clerk, hours=Hours.default(), now=last)
    say(text.headline(found))
    html, calendar = out / "digest.html", out / "digest.ics"
    html.write_text(page.write(found), encoding="utf-8")
    calendar.write_bytes(ics.write(found))
    return {_("待办摘要"): html, _("日历"): calendar}


def _grant(by: str) -> intake.Grant:
    return intake.Grant(by=by, purpose=_("演示"), basis=_("虚构数据，无真实人员"), at=datetime.now(UTC))
