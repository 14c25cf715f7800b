"""The forms an office sends up about its groups: the register summed up, what was cleared, what is filed. They add up with each other.

Every group of the roster is in the first form once; of those, each is disbanded already, to be dissolved, to be merged, or filed.
The names of the forms and of the kinds of trouble (空壳、僵尸、强制使用、滥用排名、过度留痕) are those of the notices that ask for them.
"""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _

PLATFORMS = ("wechat", "qq", "wecom", "dingtalk", "feishu")
KINDS = ("main", "department", "topic", "special-task", "parents", "public", "personal")
TROUBLES: Mapping[str, Collection[str]] = {
    "idle": ("dormant", "unused"),
    "over": ("outlived",),
    "double": ("overlap", "secondmain"),
    "forced": ("forcedpromotion", "forcedjoin"),
    "ranked": ("assessedpromotion", "assessedtraces"),
    "traced": ("photoproof", "photorace", "schoolcheckin"),
}


def disposed(report: Report) -> pl.DataFrame:
    """Return the roster with `unit` always named and `fate`: gone (disbanded already), dissolve, merge or keep."""
    todo = report.plan.proposals.filter(pl.col("action") != "refused").select(key="keys", fate="action")
    acted = todo.explode("key", empty_as_null=False).unique("key").with_columns(pl.col("fate").replace("topic", "merge"))
    gone = pl.col("disbanded").is_not_null() & (pl.col("disbanded") <= report.plan.on)
    fate = pl.when(gone).then(pl.lit("gone")).otherwise(pl.col("fate").fill_null("keep"))
    return report.roster.join(acted, on="key", how="left", maintain_order="left").with_columns(_unit(), fate=fate)


def _unit() -> pl.Expr:
    return pl.col("unit").fill_null(_("未登记单位"))


def summed(report: Report) -> Table:
    """台账汇总表: the groups of each unit by platform and by kind, and its public accounts."""
    groups, accounts = disposed(report), report.accounts.with_columns(_unit())
    platform, kind = pl.col("platform"), pl.col("kind")
    counted = groups.group_by("unit").agg(
        pl.len().alias("all"),
        *((platform == name).sum().alias(f"p-{name}") for name in PLATFORMS),
        (~platform.is_in(PLATFORMS)).fill_null(value=True).sum().alias("p-other"),
        *((kind == name).sum().alias(f"k-{name}") for name in KINDS),
        (~kind.is_in(KINDS)).fill_null(value=True).sum().alias("k-other"),
        (~pl.col("registered")).sum().alias("new"),
        (pl.col("fate") == "gone").sum().alias("gone"),
    )
    both = counted.join(accounts.group_by("unit").agg(accounts=pl.len()), on="unit", how="full", coalesce=True).fill_null(0)
    header = [
        _("序号"), _("单位"), _("工作群合计"), *(words.platform(name) for name in PLATFORMS), _("其他平台"),
        *(words.kind(name) for name in KINDS),
        _("类型未登记"), _("其中：台账未登记"), _("其中：已解散"), _("公众账号"),
    ]  # fmt: skip
    notes = [_("工作群合计 = 各平台之和 = 各类型之和；“其中”两列已含在合计内。")]
    return _counted(_("工作群组和公众账号台账汇总表"), header, both, notes)


def cleared(report: Report) -> Table:
    """清理统计表: what was found in each unit by kind of trouble, and what becomes of its groups."""
    fates = disposed(report).group_by("unit").agg(
        pl.len().alias("all"), *((pl.col("fate") == fate).sum().alias(fate) for fate in ("gone", "dissolve", "merge", "keep"))
    )  # fmt: skip
    rule = pl.col("rule")
    known = [name for names in TROUBLES.values() for name in names]
    found = report.gathered.findings.with_columns(_unit()).group_by("unit").agg(
        *(rule.is_in(names).sum().alias(trouble) for trouble, names in TROUBLES.items()),
        (~rule.is_in(known)).sum().alias("else"), pl.len().alias("found"),
    )  # fmt: skip
    both = fates.join(found, on="unit", how="full", coalesce=True).fill_null(0)
    header = [
        _("序号"), _("单位"), _("工作群合计"), _("已解散"), _("拟解散"), _("拟合并"), _("拟保留"), _("空壳僵尸"), _("任务结束未解散"),
        _("重复设置"),
        _("强制使用"), _("滥用排名"), _("过度留痕"), _("其他问题"), _("问题合计"),
    ]  # fmt: skip
    notes = [
        _("工作群合计 = 已解散 + 拟解散 + 拟合并 + 拟保留；问题合计 = 前七列之和，单位为件，与问题清单一致。"),
        _("“滥用排名”指以安装、关注、转发、积分等作考核排名；拟解散、拟合并的须经群主单位确认。"),
    ]
    return _counted(_("工作群组清理统计表"), header, both, notes)


def filed(report: Report) -> Table:
    """备案表: the groups that stay, one a line."""
    header = [
        _("序号"), _("单位"), _("群名称"), _("平台"), _("群号"), _("群主单位及职务"), _("类型"), _("用途"), _("成员数"), _("建群日期"),
        _("计划解散"),
        _("登记情况"), _("备案意见"),
    ]  # fmt: skip
    stay = disposed(report).filter(pl.col("fate") == "keep").sort("unit", "place", "key", nulls_last=True)
    rows: list[Row] = [
        [
            i, g["unit"], g["name"], words.platform(g["platform"]), g["group_id"], g["owner_office"], words.kind(g["kind"]), g["purpose"],
            g["members"], g["created"], g["task_ends"], _("已登记") if g["registered"] else _("台账未登记"), "",
        ]
        for i, g in enumerate(stay.iter_rows(named=True), 1)
    ]  # fmt: skip
    total: Row = ["", _("合计"), _("{n} 个群").format(n=len(rows)), *[""] * (len(header) - 3)]
    notes = [_("本表列拟保留的工作群，与清理统计表“拟保留”一列的合计一致；“备案意见”由备案机关填写。")]
    return Table(_("工作群组备案表"), header, rows, [5, 16, 20, 8, 14, 13, 11, 14, 7, 11, 11, 9, 10], notes, total=total)


def _counted(title: str, header: Sequence[str], table: pl.DataFrame, notes: Sequence[str]) -> Table:
    """Number the units, in the order of their names, and sum each column."""
    ordered = table.sort("unit").cast({pl.UInt32: pl.Int64})
    rows: list[Row] = [[i, *row] for i, row in enumerate(ordered.iter_rows(), 1)]
    total: Row = ["", _("合计"), *(int(ordered[name].sum()) for name in ordered.columns[1:])]
    return Table(title, header, rows, [5, 22, *[8.0] * (len(header) - 2)], notes, total=total)
