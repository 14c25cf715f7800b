"""Before and after: the same metrics twice, what the last audit promised and what came of it, and what the two exports do not share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from qingqun.findings.before import Comparison
from qingqun.findings.metrics import Metric, metrics
from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _, listed
from qingqun.intake import sources
from qingqun.judge.discovery import rules, subjects

HOUR = 60
NAMED = 12  # groups missing from this export that are named


def before_after(report: Report, *, units: bool = True) -> Table | None:
    """The same metrics, before and now, of everybody or of each of the `units`, too; None where there is nothing to compare with."""
    if report.comparison is None:
        return None
    titles = {metric.name: metric for metric in metrics()}
    table = report.comparison.table.filter(pl.col("unit").is_null() | pl.lit(value=units))
    rows = [_compared(row, titles[row["metric"]]) for row in table.iter_rows(named=True) if row["metric"] in titles]
    called = _called()
    weekly = report.comparison.rules.iter_rows(named=True)
    rows += [[_("全部"), called.get(row["rule"], row["rule"]), _("件/周"), *_figures(row)] for row in weekly]
    header = [_("单位"), _("指标"), _("计量单位"), _("上次"), _("本次"), _("变化")]
    return Table(_("前后对比"), header, rows, [24, 22, 12, 14, 14, 12], gaps(report))


def by_unit(report: Report) -> Table | None:
    """The same, the units alone and without the notes."""
    whole = before_after(report)
    return whole and replace(whole, rows=[row for row in whole.rows if row[0] != _("全部")], notes=[])


def _called() -> dict[str, str]:
    return {rule.name: rule.title for subject in subjects() for rule in rules(subject)}


def mended(report: Report) -> Table | None:
    """What each kind of finding cost a week, what mending it was said to save, and what it costs now; None where nothing was promised."""
    c = report.comparison
    if c is None or not (c.mended["before"] > 0).any():
        return None
    called = _called()
    rows: list[Row] = [
        [
            called.get(row["rule"], row["rule"]), words.repair(row["repair"]),
            *(round(row[name] / HOUR, 1) for name in ("before", "promised", "after")),
            _("不可比") if row["change"] is None else round(row["change"] / HOUR, 1),
        ]
        for row in c.mended.iter_rows(named=True)
    ]  # fmt: skip
    header = [_("问题"), _("怎样改"), _("上次（人时/周）"), _("其中估计可省"), _("本次（人时/周）"), _("变化")]
    notes = [_("同一公式，两次各自折算为每 7 天。上次没有而本次有的，上次记 0。")]
    return Table(_("上次估计可省与本次实际"), header, rows, [28, 22, 14, 14, 14, 12], notes)


def foretold(report: Report, *, units: bool = True) -> Table | None:
    """What the last plan said a person would get, and what a person gets now, with or without `units`; None where nothing was foretold."""
    c = report.comparison
    if c is None or c.foretold.is_empty():
        return None
    told = c.foretold if units else c.foretold.filter(pl.col("unit").is_null())
    rows: list[Row] = [
        [
            words.unit(row["unit"]), words.foretold(row["metric"]), *(words.rounded(row[name]) for name in ("before", "foretold", "after")),
            _("不可比") if row["change"] is None else words.rounded(row["change"]),
        ]
        for row in told.iter_rows(named=True)
    ]  # fmt: skip
    header = [_("单位"), _("指标"), _("上次"), _("上次预测"), _("本次实际"), _("变化")]
    notes = [_("每人中位数，只计有成员名单的工作群；“上次预测”是上次方案全部照办的结果。")]
    return Table(_("上次预测与本次实际"), header, rows, [28, 22, 12, 14, 14, 12], notes)


def _compared(row: Mapping[str, Any], metric: Metric) -> Row:
    return [row["unit"] or _("全部"), metric.title, metric.unit, *_figures(row)]


def _figures(row: Mapping[str, Any]) -> list[Any]:
    """Before, after, change; where the change may be what is missing from the export, that is said in its place."""
    before, after = (words.rounded(row[column]) for column in ("before", "after"))
    silent = row["change"] is None and row["before"] is not None and row["after"] is not None
    return [before, after, _("不可比") if silent else words.rounded(row["change"])]


def gaps(report: Report) -> list[str]:
    """Say what the comparison covers and what it does not."""
    c = report.comparison
    if c is None:
        return []
    spans = [_("{first} 至 {last}").format(first=words.day(a) or "—", last=words.day(b) or "—") for a, b in (c.earlier, c.later)]
    lines = [_("上次：{before}；本次：{after}。计数均折算为每 7 天，负担为每人中位数。").format(before=spans[0], after=spans[1])]
    lines += [_read(c), *_hands(c)]
    if c.same is None:
        lines.append(_("未提供同一把比对密钥，无法辨认同一个群，只按单位比较；群的增减不详。"))
    else:
        lines.append(_("两次都有的群 {same} 个，仅上次有的 {gone} 个，仅本次有的 {new} 个。").format(same=c.same, gone=c.gone, new=c.new))
    if c.gaps.disbanded:
        lines.append(_("仅上次有的群中，{n} 个台账已登记解散。").format(n=c.gaps.disbanded))
    if c.missing:
        lines.append(_missing(c.missing))
    if c.gaps.any:
        text = _("本次比上次少导出群 {n} 个。所属单位和全部的数字下降的，标“不可比”，不作为改善。")
        lines.append(text.format(n=sum(c.gaps.lost.values())))
    return lines if c.same_pack else [*lines, _("两次所用规则包版本不同，问题数不可直接比较。")]


def _missing(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return _("台账中有、本次未导出的群：{names}。这些群的变化不能视为改善。").format(names=listed(names))
    text = _("台账中有、本次未导出的群 {n} 个：{names}等（全部见工作簿“台账与导出不一致的群”）。这些群的变化不能视为改善。")
    return text.format(n=len(names), names=listed(names[:NAMED]))


def _read(c: Comparison) -> str:
    (old, before), (new, after) = c.read
    text = _("上次导出 {old} 个群、{before} 条消息，本次 {new} 个群、{after} 条消息。")
    return text.format(old=old, before=f"{before:,}", new=new, after=f"{after:,}")


def _hands(c: Comparison) -> list[str]:
    """Say where the two exports were made differently: by whom, with what, over which days."""
    lines = []
    if all(c.sources) and c.sources[0] != c.sources[1]:
        read = [listed(_source(name) for name in names) for names in c.sources]
        text = _("两次的导出方式不同（上次：{before}；本次：{after}），能读到的内容可能不同，变化仅供参考。")
        lines.append(text.format(before=read[0], after=read[1]))
    if c.same_hand is None:
        lines.append(_("不知道两次是否由同一人导出。"))
    else:
        lines.append(_("两次由同一人导出。") if c.same_hand else _("两次由不同的人导出，所在的群可能不同。"))
    if c.overlap:
        lines.append(_("两次的期间有重叠，重叠的日子两边都算。"))
    return lines


def _source(name: str) -> str:
    known = sources.every().get(name)
    return known.TITLE if known else name
