"""The proposals as an official paper lists them: what is to be done and why once, with its clauses, then group by group."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from qingqun.findings.report import tables, words
from qingqun.findings.report.model import Report
from qingqun.i18n import _, joined, sentences

ACTS = 40  # proposals told one by one
STEPS = (("dissolve", "outlived"), ("dissolve", "dormant"), ("merge", "overlap"), ("topic", "topic"))


def acts(report: Report) -> list[str]:
    """Return the paragraphs of the plan."""
    todo = report.plan.proposals.filter(pl.col("action") != "refused")
    refused, more = len(report.plan.proposals) - len(todo), len(todo) - ACTS
    left = [_("其余 {n} 项建议见附件 3。").format(n=more)] if more > 0 else []
    rest = [_("另有 {n} 组群成员高度重合，但合并后有人消息增多超过上限，不建议合并，见附件 3。").format(n=refused)] if refused else []
    return [*tables.plan(report).notes, *_told(todo), *left, *rest]


def _told(todo: pl.DataFrame) -> Iterator[str]:
    number = 0
    for action, reason in STEPS:
        mine = todo.filter(pl.col("action") == action, pl.col("reason") == reason)
        if mine.is_empty() or number >= ACTS:
            continue
        yield _head(mine, action, reason)
        for act in mine.head(ACTS - number).iter_rows(named=True):
            number += 1
            yield _act(number, act)


def _head(mine: pl.DataFrame, action: str, reason: str) -> str:
    titles = {
        "outlived": _("专项任务已经结束的群 {n} 个，建议解散。"),
        "dormant": _("长期无人使用的群 {n} 个，建议解散。"),
        "overlap": _("成员高度重合的同类群 {n} 组，建议合并。"),
        "topic": _("成员都在综合工作群里的群，涉及 {n} 个综合群，建议转为其中的话题。"),
    }
    cited = {words.clause(c): None for clauses in mine["clauses"] for c in clauses}
    basis = _("依据：{clauses}。").format(clauses=joined(text.rstrip("。") for text in cited)) if cited else ""
    return sentences([titles.get(reason, words.action(action)).format(n=mine.height), basis])


def _act(number: int, p: dict[str, Any]) -> str:
    target = _("，并入{target}").format(target=words.placed(p["target"], p["platform"])) if p["target"] else ""
    said = _("{unit}：{where}。").format(unit=p["unit"] or _("未登记单位"), where=words.going(p) + target)
    return f"{number}. {sentences([said, p['explained']])}"
