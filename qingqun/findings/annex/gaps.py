"""What the register and the exports do not share: groups in use that nobody registered, and registered ones without an export."""

import polars as pl

from qingqun.findings.report import words
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _


def table(roster: pl.DataFrame) -> Table:
    """Return the groups that only one side knows; empty where there is no register, or no export. A disbanded one needs no export."""
    if roster.is_empty() or not roster["registered"].any() or not roster["seen"].any():
        return Table(_("台账与导出不一致的群"), [], [], [])
    alone = roster.filter(~pl.col("registered") | (~pl.col("seen") & pl.col("disbanded").is_null())).sort(
        "registered", "unit", "name", nulls_last=True
    )
    rows: list[Row] = [
        [
            _("台账有、没有导出") if one["registered"] else _("导出有、台账未登记"), one["name"], words.platform(one["platform"]),
            one["unit"], one["owner_office"], one["members"], one["messages"], one["last_active"],
        ]
        for one in alone.iter_rows(named=True)
    ]  # fmt: skip
    header = [_("情况"), _("群名称"), _("平台"), _("单位"), _("群主单位及职务"), _("成员数"), _("消息数"), _("最近发言")]
    return Table(_("台账与导出不一致的群"), header, rows, [20, 26, 10, 20, 20, 10, 10, 12])
