"""The self-inspection report as an official paper that the office goes on editing in WPS or Word. The long lists are in the workbook."""

import re
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import polars as pl
from docxtpl import DocxTemplate

from qingqun.findings.metrics import metrics
from qingqun.findings.report import lists, savings, since, tables, told, words
from qingqun.findings.report.acts import acts
from qingqun.findings.report.cases import CASES, cases
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary, summarise
from qingqun.findings.report.table import Table
from qingqun.i18n import _, joined
from qingqun.office.atomic import replacing
from qingqun.office.plainly import bare

ROWS = 60  # of a table
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(report: Report, path: Path) -> None:
    """Write the report as a Word document, whole or not at all. Raises OSError if the folder cannot be written."""
    with as_file(files(__package__) / "self_check.docx") as shape, replacing(path) as part:
        document = DocxTemplate(str(shape))
        document.render(_clean(context(report)), autoescape=True)
        document.save(str(part))


def context(report: Report) -> dict[str, Any]:
    """Return what the template's names stand for: sentences, and Tables of strings."""
    summary = summarise(report)
    return {
        "title": report.title,
        "unit": report.unit,
        "made_on": words.day(report.made_on),
        "to": _("＿＿＿＿＿＿＿＿："),  # whom it goes to, the office writes in
        "opening": _opening(report),
        "h": _headings(report),
        "headline": told.headline(report, summary),
        "coverage": [*told.points(report, summary), *told.coverage(report, summary)],
        "basis": Table("", [_("项目"), _("内容")], told.basis(report), []),
        "by_rule": tables.by_rule(summary),
        "by_unit": tables.by_unit(summary).first(ROWS),
        "unit_notes": tables.by_unit(summary).first(ROWS).notes,
        "cases": cases(report, summary),
        "cases_note": _("每类问题至多举 {n} 例，取其中最明显的，分单位清单见附件 4。").format(n=CASES),
        "hinted": _hinted(summary),
        "burden": _burden(report),
        "burden_notes": lists.burden(report).notes,
        "units": _units(report),
        "units_notes": _units(report).notes,
        "costs": savings.briefly(summary),
        "costs_notes": [line for line in (savings.spent(summary), *savings.costs(summary).notes) if line],
        "fates": savings.fates(report).first(ROWS),
        "fates_notes": savings.fates(report).first(ROWS).notes,
        "forecast": savings.forecast(_above(report)).first(ROWS),
        "forecast_notes": [line for line in (savings.brought(report), *savings.forecast(report).notes, _elsewhere(report)) if line],
        "acts": acts(report),
        "compared": _compared(report),
        "mended": since.mended(report),
        "foretold": since.foretold(report, units=False),
        "gaps": since.gaps(report),
        "clauses": _clauses(summary),
        "definitions": Table("", [_("指标"), _("口径")], [(m.title, m.definition) for m in metrics()], []),
        "notes": told.caution(),
        "closing": _("特此报告。"),
        "attached": _attached(),
    }


def _opening(report: Report) -> str:
    text = _("按照{basis}，我单位对{period}的工作群组、公众账号及其使用情况进行了自查。现将有关情况报告如下。")
    return text.format(basis=report.grant.basis, period=told.period(report))


def _attached() -> list[str]:
    """What goes with the paper, one a line, numbers under numbers."""
    names = [
        _("工作群组和公众账号台账汇总表"),
        _("工作群组清理统计表"),
        _("工作群组备案表"),
        _("工作群组问题清单"),
        _("工作群组整改台账"),
        _("减负方案、逐件问题和条款来源（工作簿）"),
    ]
    return [(_("附件：") if i == 1 else 3 * "\u2003") + f"{i}. {name}" for i, name in enumerate(names, 1)]


def _headings(report: Report) -> dict[str, str]:
    chapters = {"overall": _("总体情况"), "found": _("发现的问题"), "costs": _("人员负担情况"), "acts": _("减负方案")}
    chapters |= {"compared": _("与上次相比")} if report.comparison else {}
    chapters |= {"clauses": _("依据的条款"), "notes": _("需要说明的事项和指标口径")}
    numbered = {key: _("{n}、{title}").format(n=_("一二三四五六七")[i], title=title) for i, (key, title) in enumerate(chapters.items())}
    return numbered | {
        "by_rule": _("（一）按问题"),
        "by_unit": _("（二）按单位"),
        "cases": _("（三）典型情况"),
        "costs_of": _("（四）代价与可省"),
    }


def _hinted(summary: Summary) -> list[str]:
    if not summary.hints:
        return []
    each = joined(_("{title} {n} 条").format(title=row["title"], n=row["total"]) for row in summary.hinted.iter_rows(named=True))
    return [_("另有待核提示 {n} 条，所据条款未见原文或没有条款，不计入问题：{each}。").format(n=summary.hints, each=each)]


def _burden(report: Report) -> Table:
    everybody = replace(report.burden, table=report.burden.table.filter(pl.col("unit").is_null()), rolled=report.burden.rolled.clear())
    shown = lists.burden(replace(report, burden=everybody))
    rows = [[_("{title}（{unit}）").format(title=row[1], unit=row[2]), *row[3:]] for row in shown.rows]
    return Table("", [_("指标"), _("人数"), _("中位数"), _("第 90 百分位")], rows, [])


def _above(report: Report) -> Report:
    """Return the report with the forecast of everybody, and of units with all below them: the paper has no room for each unit."""
    everybody = report.plan.forecast.filter(pl.col("unit").is_null())
    return replace(report, plan=replace(report.plan, forecast=everybody))


def _elsewhere(report: Report) -> str:
    return _("各单位的预测见附件 6 工作簿。") if report.plan.forecast["unit"].drop_nulls().len() else ""


def _units(report: Report) -> Table:
    """The burden of the units; none where there are none beside everybody."""
    table = lists.burden_by_unit(report)
    return (table if len(table.rows) > 1 else replace(table, rows=[], notes=[])).first(ROWS)


def _compared(report: Report) -> Table | None:
    table = since.before_after(report, units=False)
    if table is None:
        return None
    rows = [[_("{title}（{unit}）").format(title=row[1], unit=row[2]), *row[3:]] for row in table.rows]
    return Table("", [_("指标"), *table.header[3:]], rows, [])


def _clauses(summary: Summary) -> Table:
    rows = [
        [f"{c['document']}{c['number'] or ''}", c["text"], words.strength(c["strength"]), words.confidence(c["confidence"])]
        for c in summary.clauses.sort(_standing(), maintain_order=True).iter_rows(named=True)
    ]
    return Table("", [_("文件"), _("内容"), _("强度"), _("核实情况")], rows, [])


def _standing() -> pl.Expr:
    """What binds and was read comes first, what is only known from a report last."""
    verified = pl.col("confidence") == "verified"
    return pl.when(verified & (pl.col("strength") == "hard")).then(0).when(verified & (pl.col("strength") == "soft")).then(1).otherwise(2)


def _clean(value: Any) -> Any:
    """Make strings of everything, without characters that XML cannot hold."""
    if isinstance(value, Table):
        rows = [*value.rows, value.total] if value.total else value.rows
        return replace(value, header=_clean(value.header), rows=_clean(rows), total=None)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each) for each in value]
    return "" if value is None else f"{value:,}" if isinstance(value, (int, float)) else bare(NOT_XML.sub("", str(value)))
