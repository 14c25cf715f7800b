"""Totals that must agree whatever was found: in the summary, in every form, on every sheet; from an empty audit to a hostile one."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.findings.activity import activity
from qingqun.findings.burden import measure
from qingqun.findings.plan import Inspection, propose
from qingqun.findings.report import Grant, Report, docx, forms, html, lists, papers, summarise, tables, told, unread, xlsx
from qingqun.findings.report.table import Table
from qingqun.findings.roster import roster
from qingqun.findings.table import Gathered
from qingqun.intake.registers import accounts, apps, groups, people, rooms, row, units
from qingqun.office import read_tables
from qingqun.words import ACCOUNTS, GROUPS, MEMBERSHIPS, PROBLEMS, Pack

ROOT = Path(accounts.__file__).parent
STILL = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLATFORMS = st.sampled_from([None, "wechat", "qq", "welink", "feishu"])
KINDS = st.sampled_from([None, "main", "parents", "special-task", "else"])
UNITS = st.sampled_from([None, "清湖街道办", "柳岸社区", "=新单位"])


@pytest.fixture
def empty(report: Report, judge_with: Any, facts: Any) -> Report:
    """An audit of nothing: no message, no group, no account."""
    none = facts([])
    known = roster(none, MEMBERSHIPS.to_frame(), GROUPS.to_frame())
    return replace(
        report, since=None, until=None, gathered=Gathered.nothing(), roster=known, accounts=ACCOUNTS.to_frame(), activity=activity(none),
        burden=measure(none, MEMBERSHIPS.to_frame(), known), plan=propose(none, MEMBERSHIPS.to_frame(), known, Inspection(date(2026, 3, 30), judge_with(none))),
        problems=PROBLEMS.to_frame(), files=(), failures=(), calendar=(),
    )  # fmt: skip


def changed(report: Report, data: st.DataObject) -> Report:
    """The report with some of its findings and groups, their units, levels, platforms and kinds drawn anew."""
    found, known = report.gathered.findings, report.roster
    some = found.gather(data.draw(st.lists(st.integers(0, len(found) - 1), max_size=12, unique=True)))
    kept = known.gather(data.draw(st.lists(st.integers(0, len(known) - 1), max_size=8, unique=True)))

    def anew(table: pl.DataFrame, name: str, values: st.SearchStrategy[Any]) -> pl.Series:
        return pl.Series(name, [data.draw(values) for _ in range(len(table))], dtype=pl.String)

    some = some.with_columns(anew(some, "unit", UNITS), anew(some, "level", st.sampled_from(["violation", "warning"])))
    kept = kept.with_columns(anew(kept, "unit", UNITS), anew(kept, "platform", PLATFORMS), anew(kept, "kind", KINDS))
    return replace(report, roster=kept, gathered=Gathered(some, report.gathered.hints))


@given(data=st.data())
@STILL
def test_the_findings_add_up_by_rule_by_unit_and_by_level(report: Report, data: st.DataObject) -> None:
    made = changed(report, data)
    s = summarise(made)
    assert s.findings == s.violations + s.warnings == len(made.gathered.findings)
    assert s.findings == s.by_rule["total"].sum() == s.by_unit["total"].sum()
    assert s.by_rule.select((pl.col("violation") + pl.col("warning") == pl.col("total")).all()).item() in {True, None}
    assert [tables.by_unit(s).total or [0]][0][-1] == [tables.by_rule(s).total or [0]][0][3] == s.findings
    assert s.by_unit["unit"].to_list() == sorted(s.by_unit["unit"])


def numbers(table: Table) -> list[list[int]]:
    """The figures of each row and of the total."""
    return [[int(str(cell)) for cell in line[2:]] for line in (*table.rows, table.total or [])]


@given(data=st.data())
@STILL
def test_every_form_adds_up_across_and_down(report: Report, data: st.DataObject) -> None:
    made = changed(report, data)
    summed, cleared, filed = forms.summed(made), forms.cleared(made), forms.filed(made)
    for line in numbers(summed):
        every, *counts = line
        assert sum(counts[:6]) == every == sum(counts[6:14])
    for line in numbers(cleared):
        every, *fates_and_found = line
        assert sum(fates_and_found[:4]) == every
        assert sum(fates_and_found[4:-1]) == fates_and_found[-1]
    assert (cleared.total or [])[2] == (summed.total or [])[2] == len(made.roster)
    assert (cleared.total or [])[6] == len(filed.rows)
    assert (cleared.total or [])[-1] == len(made.gathered.findings)
    for table in (summed, cleared, filed):
        assert {len(line) for line in (*table.rows, table.total or [])} == {len(table.header)}


@given(
    st.lists(st.sampled_from(["private_chat", "group_unknown", "bad_time", "duplicate", "no_name", "zip_bomb", "own_parent"]), max_size=20)
)
@settings(max_examples=40, deadline=None)
def test_what_was_not_read_is_told_by_kinds_that_add_up(codes: list[str]) -> None:
    problems = pl.DataFrame([("a.txt", n, code, "原因") for n, code in enumerate(codes)], schema=PROBLEMS, orient="row")
    assert sum(int(re.findall(r"[0-9]+", phrase)[0]) for phrase in unread.told(problems)) == len(codes)
    table = unread.problems(problems)
    private = codes.count("private_chat")
    assert len(table.rows) == len(codes) - private + bool(private)


def test_every_fault_of_a_register_is_told_as_one_of_the_register() -> None:
    sources = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in (accounts, apps, groups, people, row, rooms, units)]
    sources.append((ROOT / "load.py").read_text(encoding="utf-8"))
    codes = {code for text in sources for code in re.findall(r"\.(?:warn|refuse)\(\s*\"([a-z_]+)\"", text)}
    assert len(codes) > 10
    assert codes <= set(unread.REGISTER)


def same(cell: object) -> str:
    """A cell as it compares: a workbook keeps whole numbers as floats and days as moments."""
    return "" if cell is None else f"{cell:g}" if isinstance(cell, int | float) else str(cell)[:10]


def test_the_workbook_read_again_gives_the_same_rows(report: Report, tmp_path: Path) -> None:
    xlsx.write(report, tmp_path / "报告.xlsx")
    sheets = {table.name: table.rows for table in read_tables(tmp_path / "报告.xlsx")}
    for name, table in (
        ("问题清单", lists.findings(report)),
        ("台账", tables.register(report)),
        ("汇总", tables.by_unit(summarise(report))),
    ):
        top = next(place for place, line in enumerate(sheets[name]) if line[: len(table.header)] == list(table.header))
        written = [*table.rows, *([table.total] if table.total else [])]
        assert [[same(cell) for cell in line] for line in sheets[name][top + 1 :]] == [[same(cell) for cell in line] for line in written]


def test_an_audit_of_nothing_is_written_in_every_format_with_noughts(empty: Report, tmp_path: Path) -> None:
    s = summarise(empty)
    assert (s.findings, s.groups, s.messages, s.hours) == (0, 0, 0, 0)
    assert told.headline(empty, s) == "共核查 0 个工作群、0 条消息，按所选条款未发现问题。"
    assert told.period(empty) == "未读入消息"
    assert told.hours(empty) == []
    for write, name in ((xlsx.write, "a.xlsx"), (papers.write, "b.xlsx"), (docx.write, "c.docx"), (html.write, "d.html")):
        write(empty, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    totals = [list(sheet.rows)[-1] for sheet in openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[:2]]
    assert all(cell.value == 0 for line in totals for cell in line[2:])


def test_a_report_of_one_group_and_one_person_tells_of_the_group_only(
    report: Report, facts: Any, judge_with: Any, pack: Pack, tmp_path: Path
) -> None:
    said = facts([{"text": "请张建国今晚报表", "sender_name": "外人甲", "sender_id": "wx9"}] * 3)
    known = roster(said, MEMBERSHIPS.to_frame(), GROUPS.to_frame())
    burden = measure(said, MEMBERSHIPS.to_frame(), known)
    one = replace(
        report,
        roster=known,
        gathered=Gathered.nothing(),
        burden=burden,
        activity=activity(said),
        plan=propose(said, MEMBERSHIPS.to_frame(), known, Inspection(date(2026, 3, 30), judge_with(said))),
    )
    assert burden.table["hidden"].all()
    assert burden.table.select(pl.col("people", "median", "p90").is_null().all()).row(0) == (True, True, True)
    page = html.page(one)
    assert "外人甲" not in page
    assert "张建国" not in page
    docx.write(one, tmp_path / "a.docx")
    assert "一名工作人员（中位数）" not in "\n".join(p.text for p in Document(str(tmp_path / "a.docx")).paragraphs)


HOSTILE = ["=1+1", "@SUM(A1)\x00\x0b\x1b[31m", "甲\n乙\r丙", "\ud800", "\u202e倒\ufffe<b>&amp;", "{{ 7*7 }}{% if %}", "长" * 40_000, ""]


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: ascii(bad)[:16])
def test_no_word_that_somebody_typed_breaks_a_format_or_becomes_a_command(report: Report, tmp_path: Path, bad: str) -> None:
    word = bad.replace("\ud800", "?")  # a table holds no lone surrogate, a word typed at the command line may
    made = replace(
        report, title=f"{bad}报告", unit=bad, grant=Grant(bad, bad, bad), notes=(bad,), calendar=(bad,), files=((bad, bad, 1),),
        roster=report.roster.head(2).with_columns(name=pl.lit(word), unit=pl.lit(word), purpose=pl.lit(word), owner_office=pl.lit(word)),
        gathered=Gathered(report.gathered.findings.head(3).with_columns(group=pl.lit(word), unit=pl.lit(word), quote=pl.lit(word)), report.gathered.hints.clear()),
        problems=pl.DataFrame([(word, 1, "bad_time", word)], schema=PROBLEMS, orient="row"),
    )  # fmt: skip
    xlsx.write(made, tmp_path / "a.xlsx")
    papers.write(made, tmp_path / "b.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        cells = [cell for sheet in openpyxl.load_workbook(tmp_path / name) for line in sheet.iter_rows() for cell in line]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    docx.write(made, tmp_path / "c.docx")
    assert "报告" in Document(str(tmp_path / "c.docx")).paragraphs[0].text
    html.write(made, tmp_path / "d.html")
    page = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "<b>&amp;" not in page
    assert "\u202e" not in page
