import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from docx import Document

from qingqun.findings.before import compare, keep
from qingqun.findings.report import Note, Report, charts, docx, html, savings, summarise, template, told, xlsx
from qingqun.findings.table import Gathered


class Page(HTMLParser):
    """Notes what a page would load or run, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("report") / "自查报告.xlsx"
    xlsx.write(report, path)
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def paper(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("report") / "自查报告.docx"
    docx.write(report, path)
    return Document(str(path))


def words_of(paper: Any) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


def test_totals_are_the_same_in_all_three(report: Report, book: Any, paper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = summarise(report)
    last = [cell.value for cell in list(book["汇总"].rows)[-1]]
    assert last == ["合计", summary.groups, 2, 1, 0, 11, summary.violations, summary.warnings, summary.findings]
    assert [c.value for c in list(book["按问题汇总"].rows)[-1]][1:4] == [summary.violations, summary.warnings, summary.findings]
    assert len([1 for row in book["问题清单"].iter_rows(min_row=4) if row[0].value]) == summary.findings
    assert len([1 for row in book["台账"].iter_rows(min_row=4) if row[0].value]) == summary.groups
    sentence = f"发现问题 {summary.findings} 件：违反 {summary.violations} 件，提醒 {summary.warnings} 件。"
    assert sentence in words_of(paper)
    assert sentence in html.page(report)
    monkeypatch.setattr(html, "SHOWN", 1000)
    assert html.page(report).count('class="case"') == summary.findings
    totals = [[cell.text for cell in table.rows[-1].cells] for table in paper.tables if table.rows[-1].cells[0].text == "合计"]
    assert totals[0][1:4] == totals[1][6:9] == [str(n) for n in (summary.violations, summary.warnings, summary.findings)]


def test_a_long_list_on_the_page_says_where_the_rest_is(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "SHOWN", 2)
    assert "此处列出前 2 件，其余见问题清单工作簿。" in html.page(report)


def test_a_table_on_the_page_has_a_limit_and_keeps_its_total(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ROWS", 2)
    monkeypatch.setattr(html, "UNITS", 2)
    monkeypatch.setattr(docx, "ROWS", 2)
    page = html.page(report)
    assert "共 14 行，此处列出前 2 行，其余见同名工作簿。" in page
    assert "单位较多，其余见工作簿。" in page
    assert docx.context(report)["by_unit"].total[-1] == summarise(report).findings
    assert docx.context(report)["unit_notes"]


def test_a_page_of_very_many_findings_only_counts_them(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ALL", 3)
    assert "<q>" not in html.page(report)
    assert f"发现问题 {summarise(report).findings} 件" in html.page(report)


def test_a_hint_is_shown_with_its_message_and_its_clause(report: Report) -> None:
    page = html.page(report)
    first = report.gathered.hints.filter(pl.col("quote").is_not_null()).sort("rule", "at").row(0, named=True)
    assert page.count('class="hinted case"') <= html.HINTS * summarise(report).hinted.height
    assert first["title"] in page.partition("待核提示（不计入问题）")[2]
    assert page.count('class="hinted case"') >= summarise(report).hinted.height


def test_a_message_that_is_not_quoted_says_why_and_where_to_look(report: Report) -> None:
    silent = report.gathered.findings.filter(pl.col("subject") == "messages").head(1).with_columns(quote=pl.lit(None, pl.String()))
    page = html.page(replace(report, gathered=replace(report.gathered, findings=silent)))
    assert "点名和涉密的原文不引用" in page


def test_a_heading_stands_over_its_numbers(report: Report) -> None:
    heads, rows = html.page(report).partition("工作群去向汇总")[2].partition("</thead>")[::2]
    assert heads.count('scope="col" class="n"') == rows.partition("</tr>")[0].count('<td class="n"') == 5


def test_the_longest_bar_stands_first(report: Report) -> None:
    figures = [int(line.figure) for line in charts.rules(summarise(report))]
    assert figures == sorted(figures, reverse=True)


def test_the_hours_are_told_beside_their_chart(report: Report) -> None:
    every = int(report.activity.select(pl.sum_horizontal("work", "off", "emergency").sum()).item())
    busiest, off = told.hours(report)
    assert "时最多" in busiest
    assert f"{int(report.activity['off'].sum()):,} 条" in off
    assert every
    assert told.hours(replace(report, activity=report.activity.with_columns(pl.exclude("hour") * 0))) == []


def test_groups_that_are_gone_are_told_where_the_plan_counts_fewer(report: Report) -> None:
    summary = summarise(report)
    assert report.plan.before == summary.groups
    fewer = replace(report, plan=replace(report.plan, before=summary.groups - 2))
    assert f"除已解散的 2 个外，现有 {summary.groups - 2} 个工作群" in told.headline(fewer, summary)


def test_what_is_too_little_to_tell_is_not_told_as_nothing(report: Report) -> None:
    summary = summarise(report)
    little = replace(summary, once=replace(summary.once, findings=1, minutes=2.0))
    said = savings.spent(little)
    assert "约耗 0 人时" not in said
    assert "不到" in said
    assert f"另有 {summary.findings - 1} 件" in said


def test_rules_and_units_add_up_to_the_findings(report: Report) -> None:
    summary = summarise(report)
    for by in (summary.by_rule, summary.by_unit):
        assert int(by["total"].sum()) == summary.findings == summary.violations + summary.warnings
    assert int(summary.by_unit["groups"].sum()) == report.plan.before
    assert int(summary.by_unit["keep"].sum()) == report.plan.after
    for step in ("dissolve", "merge", "topic"):
        acted = report.plan.proposals.filter(pl.col("action") == step)
        assert int(summary.by_unit[step].sum()) == acted["groups"].list.len().sum(), step
    assert summary.by_unit["unit"].to_list() == sorted(summary.by_unit["unit"])


def test_the_page_needs_nothing_from_outside_and_runs_nothing(report: Report) -> None:
    page = Page(html.page(report))
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert all(value and value.startswith("#") for name, value in page.attributes if name in {"href", "src"})
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    policy = next(value for name, value in page.attributes if name == "content" and value and "default-src" in value)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    style = html.page(report).split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_words_stay_words(report: Report, tmp_path: Path) -> None:
    bad = '<script>alert(1)</script>{{ 7*7 }}=HYPERLINK("x")\x01'
    findings = report.gathered.findings.with_columns(group=pl.lit(bad), quote=pl.lit(bad), title=pl.lit("=1+1"))
    hostile = replace(report, title=bad, gathered=Gathered(findings, report.gathered.hints))
    assert "<script>" not in html.page(hostile)
    assert "49" not in Page(html.page(hostile)).words[0:9]
    xlsx.write(hostile, tmp_path / "x.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(tmp_path / "x.xlsx") for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    docx.write(hostile, tmp_path / "x.docx")
    assert "{{ 7*7 }}" in Document(str(tmp_path / "x.docx")).paragraphs[0].text


def test_no_member_is_named_anywhere(report: Report, street: Any, book: Any, paper: Any) -> None:
    names = {name for name in street.memberships["person_name"] if len(name) > 1}
    cells = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    everything = html.page(report) + cells + words_of(paper)
    assert not [name for name in names if name in everything]


def test_a_secret_is_told_without_its_words(report: Report, book: Any, paper: Any) -> None:
    cells = "\n".join(str(cell.value) for row in book["问题清单"].iter_rows() for cell in row)
    for text in (html.page(report), cells, words_of(paper)):
        assert "带密级标志" in text
        assert "关于某项工作的请示" not in text


def test_an_unconfirmed_number_is_printed_nowhere(report: Report, paper: Any) -> None:
    for text in (html.page(report), words_of(paper)):
        assert "第五条" not in text
        assert "第三十一条" in text


def test_what_is_the_products_own_is_said(report: Report) -> None:
    page = html.page(report)
    assert "（产品默认，单位未提供作息时间）" in page
    assert "回执条数 3 条（产品默认）" in page
    assert "（产品默认" not in html.page(replace(report, hours=Note("8:00—18:00", default=False))).split("作息时间")[1].split("</dd>")[0]


def test_hints_failures_problems_and_calendar_are_stated(report: Report, book: Any, paper: Any) -> None:
    for text in (html.page(report), words_of(paper)):
        assert "overtime" in text
        assert "暂定日历" in text
    assert "待核提示" in book.sheetnames
    assert "另有待核提示 61 条" in words_of(paper)
    assert "缺少日期" in html.page(report)


def test_before_and_after_stand_side_by_side_with_the_gaps(report: Report, street: Any, tmp_path: Path) -> None:
    key = b"k" * 32
    now = keep(street.facts, report.burden, report.gathered.findings, "r", key)
    later = keep(street.facts.filter(pl.col("group_id") != "g3"), report.burden, report.gathered.findings, "s", key)
    compared = replace(report, comparison=compare(now, later, street.roster, key))
    assert "这些群的变化不能视为改善" in html.page(compared)
    assert "规则包版本不同" in html.page(compared)
    docx.write(compared, tmp_path / "x.docx")
    assert "五、与上次相比" in words_of(Document(str(tmp_path / "x.docx")))
    xlsx.write(compared, tmp_path / "x.xlsx")
    assert "前后对比" in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames


def test_an_audit_without_findings_can_be_printed_too(report: Report, tmp_path: Path) -> None:
    clean = replace(report, gathered=Gathered.nothing(), since=None, until=None)
    assert "未发现问题" in html.page(clean)
    docx.write(clean, tmp_path / "x.docx")
    assert "（一）按问题" not in words_of(Document(str(tmp_path / "x.docx")))
    xlsx.write(clean, tmp_path / "x.xlsx")


def test_the_shipped_template_is_the_built_one(tmp_path: Path) -> None:
    template.build(tmp_path / "built.docx")
    with zipfile.ZipFile(tmp_path / "built.docx") as built, zipfile.ZipFile(template.PATH) as shipped:
        for part in ("word/document.xml", "word/styles.xml", "word/fontTable.xml", "word/footer1.xml"):
            assert built.read(part) == shipped.read(part)


def test_the_paper_is_set_like_an_official_one(paper: Any) -> None:
    section = paper.sections[0]
    assert [round(m.mm) for m in (section.top_margin, section.left_margin, section.right_margin)] == [37, 28, 26]
    body = re.findall(r'w:eastAsia="([^"]+)"', paper.element.xml)
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"} <= set(body)
