"""qingqun digest EXPORTS --me NAME: what is asked of me, by when."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from qingqun import intake
from qingqun.cli._options import Day, Exports, GroupOf, PlatformOf, Unit, existing, hours_of, name_of, stated
from qingqun.cli._show import progress, say, say_json
from qingqun.clock import moment
from qingqun.findings.digest import digest, ics, page, text
from qingqun.i18n import _
from qingqun.office.atomic import replacing

HELP = _("从本人自己的导出文件里，列出要我办什么、什么时候办；不保存任何内容。")


def command(
    exports: Exports,
    me: Annotated[str, typer.Option(help=_("你在群里的名字（或其中一部分）"))],
    since: Annotated[str | None, typer.Option(help=_("只看此刻之后的消息，如 2026-09-14 08:00"))] = None,
    now: Annotated[str | None, typer.Option(help=_("以此刻为准判断是否过期；默认为最后一条消息的时刻"))] = None,
    html: Annotated[Path | None, typer.Option(help=_("另存为网页"))] = None,
    calendar: Annotated[Path | None, typer.Option("--ics", help=_("把完成时限另存为日历文件"))] = None,
    unit: Unit = None,
    group: GroupOf = None,
    platform: PlatformOf = None,
    day: Day = None,
    json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Run the command."""
    me = name_of(me)
    grant = intake.Grant(by=me, purpose=_("本人汇总待办"), basis=_("本人自己的聊天记录"), at=datetime.now(UTC))
    with progress(None, _("读取")) as advance:
        loaded = intake.load(existing(exports), grant, stated(group, platform, day), advance)
    last = loaded.messages["sent_at"].max()
    at = moment.parse(now) if now else last if isinstance(last, datetime) else datetime.now(UTC)
    found = digest(loaded.messages, me, hours=hours_of(unit), now=at, since=moment.parse(since) if since else None)
    for path, content in ((html, page.write(found).encode()), (calendar, ics.write(found))):
        if path:
            with replacing(path) as part:
                part.write_bytes(content)
    if json:
        say_json(asdict(found))
        return
    say(text.write(found))
    if loaded.problems.height:
        say(_("另有 {n} 行没有读入，例如：").format(n=loaded.problems.height))
        for row in loaded.problems.head(3).iter_rows(named=True):
            say(_("  {file} 第 {line} 行：{reason}").format(**row))
