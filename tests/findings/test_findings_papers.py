"""The forms an office sends add up: each with itself, with each other, and with the findings and the roster."""

from pathlib import Path
from typing import Any

import openpyxl
from reconciled import reconcile

from qingqun.findings.report import Report, docx, papers


def test_every_form_adds_up_with_the_findings_and_with_the_others(report: Report) -> None:
    reconcile(report)


def test_the_workbook_is_ready_to_print_fill_in_and_sign(report: Report, tmp_path: Path) -> None:
    papers.write(report, tmp_path / "forms.xlsx")
    book = openpyxl.load_workbook(tmp_path / "forms.xlsx")
    assert book.sheetnames == ["台账汇总表", "清理统计表", "备案表", "问题清单", "整改台账"]
    for sheet in book:
        signed = str(sheet["A2"].value)
        assert all(word in signed for word in ("填报单位", "填表人", "审核人", "填报日期")), signed
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows
        assert sheet.oddFooter.center.text


def test_what_the_paper_calls_attached_is_in_the_workbook(report: Report) -> None:
    attached = "".join(docx.context(report)["attached"])
    assert all(table.title in attached for table in papers.tables(report).values())


def test_the_paper_names_whom_it_goes_to_why_and_who_signs(report: Report) -> None:
    context = docx.context(report)
    assert context["to"].endswith("：")
    assert report.grant.basis in context["opening"]
    assert (context["closing"], context["unit"]) == ("特此报告。", report.unit)


def test_nobody_is_named_in_a_form(report: Report, street: Any) -> None:
    said = "".join(str(value) for table in papers.tables(report).values() for row in table.rows for value in row)
    assert not [name for name in street.memberships["person_name"].drop_nulls().unique() if len(name) > 1 and name in said]
