"""The register of government apps, as it was judged."""

from collections import Counter

import polars as pl

from qingqun.findings.report.table import Table
from qingqun.findings.table import Gathered
from qingqun.i18n import _

FIELDS = ("name", "unit", "user_unit", "audience", "form", "functions", "filing", "online", "closed")


def table(apps: pl.DataFrame, gathered: Gathered) -> Table:
    """Return the APPS with the number of findings on each; an app is known by its unit and name."""
    header = [
        _("序号"), _("应用名称"), _("主办单位"), _("使用单位"), _("面向对象"), _("形式"), _("功能"), _("备案号"),
        _("上线时间"), _("停用时间"), _("问题数"),
    ]  # fmt: skip
    found = gathered.findings.filter(pl.col("subject") == "apps")
    counts = Counter(found.select("unit", "group").iter_rows())
    audience = {"staff": _("干部职工"), "public": _("群众企业")}
    rows = [
        [i, *(audience.get(cell, cell) if cell else cell for cell in row), counts[row[1], row[0]]]
        for i, row in enumerate(apps.select(FIELDS).iter_rows(), 1)
    ]
    return Table(_("政务应用台账"), header, rows, [6, 22, 20, 18, 10, 10, 30, 16, 12, 12, 8])
