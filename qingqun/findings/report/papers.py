"""The forms as one workbook, each sheet a form to print, fill in, sign and send: title, unit, filler, reviewer, date above the table."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qingqun.findings.report import forms, mending, words
from qingqun.findings.report.model import Report
from qingqun.findings.report.table import Table
from qingqun.findings.report.xlsx import sheet
from qingqun.i18n import _
from qingqun.office import Sheet, write_book


def write(report: Report, path: Path) -> None:
    """Write the workbook of forms, whole or not at all. Raises OSError if the folder cannot be written."""
    write_book(path, _sheets(report))


def tables(report: Report) -> dict[str, Table]:
    """Return the forms by the short names of their sheets."""
    return {
        _("台账汇总表"): forms.summed(report),
        _("清理统计表"): forms.cleared(report),
        _("备案表"): forms.filed(report),
        _("问题清单"): mending.wrong(report),
        _("整改台账"): mending.mended(report),
    }


def _sheets(report: Report) -> Iterator[Sheet]:
    for name, table in tables(report).items():
        yield sheet(replace(table, notes=[_signed(report), *table.notes]), name)


def _signed(report: Report) -> str:
    """The line above every form: who answers for it. Names are written by hand: the program knows none."""
    line = _("填报单位（盖章）：{unit}　　填表人：＿＿＿＿＿＿　　审核人：＿＿＿＿＿＿　　填报日期：{day}")
    return line.format(unit=report.unit, day=words.day(report.made_on))
