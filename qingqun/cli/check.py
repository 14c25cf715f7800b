"""qingqun check DRAFT.txt --audience 群名: what the audit will say of a message, before it is sent.

Exit status 0 where nothing counts against it, 1 where something does, 2 where it cannot be checked.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from qingqun import intake, packs
from qingqun.cli._draft import read
from qingqun.cli._office import ground_of, idle_of, office_of
from qingqun.cli._options import GroupOf, Json, PlatformOf, Units, existing, stated
from qingqun.cli._show import say, say_json, warn
from qingqun.clock import BEIJING
from qingqun.clock import moment as moments
from qingqun.findings.draft import Remark, Said
from qingqun.findings.draft import say as judge_draft
from qingqun.findings.report import words
from qingqun.i18n import _, stamp
from qingqun.intake.refusal import examples
from qingqun.judge.discovery import find
from qingqun.packs.waivers import load as load_waivers
from qingqun.words import MESSAGES, Chat, Kind, Message, Refused, Waiver

HELP = _("发送之前查一条消息：审计以后会怎样说，现在就怎样说。有问题时退出状态为 1。")


def command(
    draft: Annotated[Path, typer.Argument(help=_("草稿：纯文本或 docx；- 表示标准输入"))],
    audience: Annotated[list[str], typer.Option(help=_("发给哪个工作群，可多次"))],
    at: Annotated[str, typer.Option(help=_("什么时候发，如 2026-03-11 22:10；默认此刻"))] = "now",
    history: Annotated[list[Path] | None, typer.Option(help=_("近期聊天记录的导出文件或文件夹，可多次"))] = None,
    register: Annotated[list[Path] | None, typer.Option(help=_("工作群台账，说明群属于哪个单位，可多次"))] = None,
    pack: Annotated[list[str] | None, typer.Option(help=_("规则包，如 national、xiangzhou，可多次"))] = None,
    waivers: Annotated[Path | None, typer.Option(help=_("经批准的例外 TOML"))] = None,
    sender: Annotated[str, typer.Option(help=_("谁发，记录里的名字"))] = "",
    unit: Units = None,
    group: GroupOf = None,
    platform: PlatformOf = None,
    json: Json = False,
) -> None:
    """Run the command."""
    text, moment = read(draft), datetime.now(UTC) if at == "now" else moments.parse(at)
    given = stated(group, platform, None)
    loaded = _history(history or [], given, moment)
    granted, day = load_waivers(waivers) if waivers else (), moment.astimezone(BEIJING).date()
    office = office_of(existing(register or ()))
    drafts = list(_drafts(text, audience, moment, sender, loaded, given.platform))
    for one in idle_of(granted, day, office, pl.concat([loaded, pl.DataFrame(drafts, schema=MESSAGES, orient="row")])):
        sys.stderr.write(_("例外 {id}：{reason}\n").format(id=one.waiver.id, reason=one.reason))
    said = judge_draft(drafts, ground_of(packs.load(pack or ["national"], day, granted), loaded, office, unit or ()))
    if json:
        say_json(_json(said))
    else:
        _print(said, granted)
    if not said.passes:
        raise SystemExit(1)


def _history(paths: list[Path], stated: intake.Stated, moment: datetime) -> pl.DataFrame:
    """Read what stands before the draft, and say on standard error what could not be read."""
    if not paths:
        return MESSAGES.to_frame()
    grant = intake.Grant(by=_("本人"), purpose=_("发送前检查"), basis=_("本人所在的群"), at=moment)
    loaded = intake.load(existing(paths), grant, replace(stated, checked=moment.astimezone(BEIJING).date()))
    warn(loaded.unused)
    if loaded.problems.height:
        sys.stderr.write(_("注意：记录里有 {n} 处没有读入。\n").format(n=loaded.problems.height))
        sys.stderr.writelines(f"  {line}\n" for line in examples(loaded.problems))
    return loaded.messages


def _drafts(text: str, groups: list[str], moment: datetime, sender: str, history: pl.DataFrame, platform: str | None) -> Iterator[Message]:
    """Give the draft as each of its groups would show it; a group that the history knows keeps its platform and id."""
    for group in groups:
        known = history.filter(pl.col("group_name") == group).select("platform", "group_id").unique(maintain_order=True)
        if known.height > 1 and platform is None:
            raise Refused(_("记录里有几个群都叫“{group}”：请加 --platform").format(group=group))
        where, number = known.row(0) if known.height else (platform or "wechat", None)
        if not known.height and not history.is_empty():
            sys.stderr.write(_("注意：记录里没有“{group}”，只按草稿自身判断\n").format(group=group))
        own = history.filter(pl.col("platform") == where, pl.col("sender_name") == sender)["sender_id"].drop_nulls().unique()
        account = own[0] if len(own) == 1 else None
        yield Message(
            where, Chat.GROUP, number, group, None, int(moment.timestamp() * 1000), "s", account, sender, None, Kind.TEXT, text, [],
            mention_all=False, reply_to=None, attachments=[], recalled=False, file="", line=0, source="",
        )  # fmt: skip


def _print(said: Said, granted: Iterable[Waiver]) -> None:
    for one in said.remarks:
        _print_one(one)
    known = {one.id: one for one in granted}
    for passed in said.spared:
        say(_let_pass(known[passed.waiver], passed.rows))
    for failure in {failure for verdict in said.verdicts for failure in verdict.failed}:
        say(_("规则“{rule}”未能判断：{reason}。未判断不等于没有问题。").format(rule=failure.rule, reason=failure.reason))
    counted = sum(one.counts for one in said.remarks)
    say(_("可以发送。") if said.passes else _("共 {n} 处问题。").format(n=counted))


def _let_pass(one: Waiver, groups: int) -> str:
    text = _("例外 {id} 放过 {n} 处“{rule}”：{reason}（责任人 {owner}，批准人 {approver}，至 {until}）")
    rule = find(one.rule).title
    return text.format(id=one.id, n=groups, rule=rule, reason=one.reason, owner=one.owner, approver=one.approver, until=one.until)


def _print_one(one: Remark) -> None:
    say(_("{level}  {title}（{group}）").format(level=words.level(one.judgement.level), title=one.title, group=one.group))
    if one.foreseen:
        say(_("  还没有违反：照它的要求回复，就会违反。"))
    if one.words:
        say(_("  原文：{text}").format(text=one.words))
    for cited in one.judgement.clauses:
        say(_("  依据：{clause}（{id}）").format(clause=words.clause(cited), id=cited["id"]))
    say(_("  怎样做：{reason}").format(reason=one.reason))
    if one.opens:
        say(_("  可在：{at} 发送").format(at=stamp(one.opens.astimezone(BEIJING))))
    if one.instead:
        say(_("  可写：{text}").format(text=one.instead))
    say()


def _json(said: Said) -> dict[str, object]:
    return {
        "passes": said.passes,
        "remarks": [
            {
                "group": one.group, "rule": one.rule, "title": one.title, "level": str(one.judgement.level), "words": one.words,
                "clauses": [clause["id"] for clause in one.judgement.clauses], "reason": one.reason, "instead": one.instead,
                "foreseen": one.foreseen,
                "send_at": one.opens.isoformat(timespec="seconds") if one.opens else None,
            }
            for one in said.remarks
        ],
        "spared": [{"waiver": one.waiver, "groups": one.rows} for one in said.spared],
        "verdicts": [{"rules": list(one.rules), "failed": [failure.rule for failure in one.failed]} for one in said.verdicts],
    }  # fmt: skip
