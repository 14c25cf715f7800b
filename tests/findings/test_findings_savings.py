"""Costs, fates and the forecast stand in every format, the promise in the next report; nothing tells of a few people."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from docx import Document

from qingqun.findings.before import Comparison, Hand, compare, keep
from qingqun.findings.cost import repair
from qingqun.findings.report import Report, docx, html, judging, lists, savings, since, summarise, words, xlsx
from qingqun.findings.table import FORECAST


@pytest.fixture(scope="module")
def compared(report: Report, street: Any) -> Report:
    summary = summarise(report)
    hand = Hand("张主任", report.roster, summary.costs, report.plan.forecast)
    kept = keep(street.facts, report.burden, report.gathered.findings, "r1", b"k" * 32, hand=hand)
    return replace(report, comparison=compare(kept, kept, report.roster, b"k" * 32))


def texts(report: Report, folder: Path) -> dict[str, str]:
    xlsx.write(report, folder / "a.xlsx")
    docx.write(report, folder / "a.docx")
    book, paper = openpyxl.load_workbook(folder / "a.xlsx"), Document(str(folder / "a.docx"))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    told = [p.text for p in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return {"xlsx": "\n".join([*book.sheetnames, *cells]), "docx": "\n".join(told), "html": html.page(report)}


def test_every_format_tells_costs_fates_and_what_the_plan_brings(compared: Report, tmp_path: Path) -> None:
    summary = summarise(compared)
    for text in texts(compared, tmp_path).values():
        assert "照发，不要求回复" in text
        assert "每条消息只算一次" in text
        assert "现有工作群 = 保留 + 合并 + 转为话题 + 解散" in text
        assert "每人每天消息（条）" in text
        assert "上次预测" in text
        assert "其中估计可省" in text
        assert "两次由同一人导出。" in text
    assert savings.spent(summary) in html.page(compared)
    assert savings.brought(compared).startswith("按方案处理后，一名工作人员的中位数不变，仍是 1 个工作群")


def test_every_group_stands_once_with_its_fate_and_the_reason(report: Report) -> None:
    rows = savings.each_fate(report).rows
    assert len(rows) == report.plan.before
    assert all(bool(row[-1]) == (row[6] != "保留") for row in rows)
    assert {row[7] for row in rows if row[6] == "合并"} == {"清湖街道党建群"}


def test_a_finding_says_what_it_cost_and_what_mending_it_saves(report: Report) -> None:
    table = lists.findings(report)
    minutes = [row[table.header.index("约耗人分钟")] for row in table.rows]
    known = report.gathered.findings["minutes"].drop_nulls()
    assert sum(value for value in minutes if isinstance(value, float)) == pytest.approx(known.sum(), abs=0.06 * len(known))


def test_nothing_is_told_where_there_is_nobody_to_tell_of(report: Report) -> None:
    nobody = replace(report, plan=replace(report.plan, forecast=FORECAST.to_frame(), rolled=FORECAST.to_frame()))
    assert savings.brought(nobody) == ""
    few = report.gathered.findings.with_columns(people=pl.lit(None, pl.Int64), minutes=pl.lit(None, pl.Float64))
    none = summarise(replace(report, gathered=replace(report.gathered, findings=few)))
    assert (savings.spent(none), savings.costs(none).rows, savings.costs(none).total) == ("", [], None)


def test_a_first_audit_and_an_older_file_have_no_promise_to_hold(report: Report, compared: Report) -> None:
    assert since.mended(report) is since.foretold(report) is None
    assert isinstance(compared.comparison, Comparison)
    old = replace(compared.comparison, mended=compared.comparison.mended.clear(), foretold=compared.comparison.foretold.clear())
    assert since.mended(replace(compared, comparison=old)) is since.foretold(replace(compared, comparison=old)) is None


def test_many_missing_groups_are_counted_and_some_are_named(compared: Report) -> None:
    assert compared.comparison is not None
    many = replace(compared, comparison=replace(compared.comparison, missing=tuple(f"群{n}" for n in range(30))))
    line = next(line for line in since.gaps(many) if "本次未导出的群" in line)
    assert "30 个：群0、" in line
    assert "群12" not in line


def test_every_rule_on_messages_has_a_repair_with_a_name() -> None:
    assert all(words.repair(repair(rule)) for rule in judging().values())
