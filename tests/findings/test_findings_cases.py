"""What stands for the rest must be plain: sure, whole, and not the same words again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from qingqun.findings import gather
from qingqun.findings.gather import Scene
from qingqun.findings.mask import Names
from qingqun.findings.report import Report, docx, html, summarise, told
from qingqun.findings.report.acts import acts
from qingqun.findings.report.cases import CASES, main_points, typical
from qingqun.findings.roster import roster
from qingqun.findings.table import FINDINGS, Gathered
from qingqun.words import GROUPS, MEMBERSHIPS

AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
Made = Callable[..., pl.DataFrame]
Changed = Callable[..., Report]
DOUBTFUL, PLAIN = "消防隐患宣传页还剩几张,够不够", "请各网格巡查时拍照上传到群"


@pytest.fixture
def with_findings(report: Report) -> Changed:
    """Return what puts findings into the made-up report."""

    def made(*rows: dict[str, Any]) -> Report:
        plain: dict[str, Any] = dict.fromkeys(FINDINGS) | {
            "subject": "messages", "rule": "photoproof", "title": "要求拍照", "level": "violation", "platform": "wechat", "group": "甲群",
            "clauses": [], "numbers": [], "few": False, "evidence": 1, "grade": "work",
        }  # fmt: skip
        full = [plain | {"id": str(i), "at": AT + timedelta(minutes=i)} | row for i, row in enumerate(rows)]
        table = pl.DataFrame(full, schema=FINDINGS, orient="row")
        return replace(report, gathered=Gathered(table, FINDINGS.to_frame()))

    return made


def quotes(report: Report) -> list[str | None]:
    return typical(report.gathered.findings, summarise(report))["quote"].to_list()


def test_the_surest_stand_for_the_rest_not_the_first(with_findings: Changed) -> None:
    rows = [{"quote": DOUBTFUL, "sure": 0.55}, {"quote": PLAIN, "sure": 0.99, "group": "乙群"}, {"quote": "拍照发群", "sure": 0.9}]
    assert quotes(with_findings(*rows)) == [PLAIN, "拍照发群"]


def test_the_same_words_stand_once_and_another_group_goes_before_the_same(with_findings: Changed) -> None:
    rows = [{"quote": PLAIN, "sure": 0.9, "group": group} for group in ("甲群", "乙群", "丙群")]
    more = [{"quote": "拍照发群", "sure": 0.8, "group": "甲群"}, {"quote": "晒图", "sure": 0.7, "group": "丁群"}]
    assert quotes(with_findings(*rows, *more)) == [PLAIN, "晒图"]


def test_a_violation_goes_before_a_surer_warning_and_a_quote_before_none(with_findings: Changed) -> None:
    rows = [
        {"quote": "提醒的", "sure": 0.99, "level": "warning"},
        {"quote": None, "sure": 0.99, "group": "乙群"},
        {"quote": "违反的", "sure": 0.6, "group": "丙群"},
    ]
    assert quotes(with_findings(*rows)) == ["违反的", None]


def test_no_rule_has_more_cases_than_said(report: Report) -> None:
    shown = typical(report.gathered.findings, summarise(report))
    assert shown.group_by("rule").len()["len"].max() == CASES
    assert set(shown["rule"]) == set(report.gathered.findings["rule"])


def test_secrets_stand_first_however_few(report: Report) -> None:
    assert summarise(report).by_rule["rule"][0] == "secretmark"


def test_what_most_findings_are_about_is_said_in_a_sentence(with_findings: Changed) -> None:
    rows = [{"rule": name, "title": name} for name, count in (("甲", 5), ("乙", 3), ("丙", 1), ("丁", 1)) for _ in range(count)]
    assert main_points(summarise(with_findings(*rows))) == "问题主要集中在甲（5 件）、乙（3 件）、丁（1 件），三类合计占 90%。"
    assert main_points(summarise(with_findings(*rows[:5]))) == ""


@pytest.mark.parametrize("each", [1, 4])
def test_a_handful_or_many_kinds_alike_is_no_concentration(with_findings: Changed, each: int) -> None:
    rows = [{"rule": name, "title": name} for name in "甲乙丙丁戊己庚" for _ in range(each)]
    assert main_points(summarise(with_findings(*rows))) == ""


def test_a_finding_is_as_sure_as_the_label_it_rests_on(facts: Made, judge_with: Any) -> None:
    judged = judge_with(facts([{"text": PLAIN, "is_photo_proof": True}]))
    known = roster(judged.frame, MEMBERSHIPS.to_frame(), GROUPS.to_frame())

    def scores(texts: pl.Series) -> pl.DataFrame:
        return pl.DataFrame({"score_photo_proof": [0.75] * len(texts), "score_work": [1.0] * len(texts)})

    scene = Scene(known, Names.of(()), lambda texts: [{}] * len(texts), scores)
    both = gather.messages(judged, scene)
    assert pl.concat([both.findings, both.hints]).filter(rule="photoproof")["sure"].to_list() == [0.75]
    unsure = gather.messages(judged, replace(scene, scores=None))
    assert pl.concat([unsure.findings, unsure.hints])["sure"].null_count() == 1


def test_the_plan_gives_each_reason_once_with_its_clause(report: Report) -> None:
    told = acts(report)
    heads = [line for line in told if "依据：" in line]
    assert len(heads) == len(set(report.plan.proposals.filter(pl.col("action") != "refused")["reason"]))
    assert all("，建议" in head and "。；" not in head and "。。" not in head for head in heads)
    assert not any("依据：" in line for line in told if line[0].isdigit())


def test_turned_around_text_is_set_straight_everywhere(with_findings: Changed) -> None:
    made = with_findings({"quote": "请\u202e各村\u202c报送", "group": "甲\u2066群"})
    assert "\u202e" not in html.page(made)
    cases = docx._clean(docx.context(made))["cases"]
    assert ["甲群" in row[3] and row[4] == "请各村报送" for row in cases.rows] == [True]


def test_a_plan_that_changes_nothing_is_not_called_fewer(report: Report) -> None:
    idle = replace(report, plan=replace(report.plan, after=report.plan.before))
    assert "没有需要解散或合并的群。" in told.headline(idle, summarise(idle))
    assert "减为" not in told.headline(idle, summarise(idle))
