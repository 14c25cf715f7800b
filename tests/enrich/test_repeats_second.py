"""A second set of written pairs, lists inside clauses, words that only look like trimmings, and what a difference is called."""

import json
from pathlib import Path

import polars as pl
import pytest

from qingqun.enrich.repeats import cluster, compare

PAIRS = [json.loads(line) for line in (Path(__file__).parents[1] / "data/repeats/second.jsonl").read_text(encoding="utf-8").splitlines()]
CHANGED = [
    ("女教师、职工周五体检，二楼。", "女职工、教师周五体检，二楼。"),
    ("副组长、队员周五集合，到东门。", "副队员、组长周五集合，到东门。"),
    ("请带户口本、身份证复印件到窗口办理。", "请带身份证、户口本复印件到窗口办理。"),
    ("值班：一组小李、小王、二组张主任。", "值班：一组小李、二组张主任、小王。"),
    ("王庄、李庄50户明天改厕。", "李庄、王庄30户明天改厕。"),
    ("采购雨衣50件、手套80双、绳20根。", "采购雨衣80件、手套50双、绳20根。"),
    ("发言顺序：张局、李局、王局。", "发言顺序：李局、张局、王局。"),
    ("请带：1.表A；2.表B；3.表C。第一项周五前报。", "请带：1.表B；2.表A；3.表C。第一项周五前报。"),
    ("请通知家长明天来校领卡。", "请家长明天来校领卡。"),
    ("重要岗位人员周三参加。", "岗位人员周三参加。"),
    ("请家长转发到班级群，周五截止。", "请家长到班级群，周五截止。"),
    ("停车场，即将开放，请绕行。", "停车场，开放，请绕行。"),
    ("今天园区检修，上午停电。", "上午园区检修，今天停电。"),
    ("转党支部要求：明天开组织生活会。", "【更正】转党支部要求：明天开组织生活会。"),
    ("电压不得大于24V，检查两次。", "电压不得大于24A，检查两次。"),
    ("未参训人员：周五到三楼补课。", "周五到三楼补课。"),
]
SAID_AGAIN = [
    ("重点看疏散通道、灭火器、应急灯。", "重点看应急灯、疏散通道、灭火器。"),
    ("钢筋班、木工班、架子工班全员参加。", "架子工班、木工班、钢筋班全员参加。"),
    ("自7月15日零时启用新址，旧单作废。", "从7月15日0:00启用新址，旧单即作废。"),
    ("采满2ml，30分钟内送检验科。", "采满2毫升，半小时内送检验科。"),
    ("先不要送园，等通知再来。", "先别送园，等通知再来。"),
    ("无证的不准进场，场内禁止吸烟。", "无证的不得进场，场内严禁吸烟。"),
    ("今晚喷药，请关窗。", "（转）今晚喷药，请关窗。[菜刀]"),
    ("周五前把表办好。", "周五前把表办好"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']} {pair['truth']}")
def test_no_changed_fact_is_folded(pair: dict[str, str]) -> None:
    numbers = cluster(pl.Series([pair["a"], pair["b"]]))
    found = compare(pair["a"], pair["b"])
    assert (numbers[0] == numbers[1]) == (found.verdict == "same") == (not found.differs)
    assert pair["truth"] == "same" or found.verdict != "same"


def test_most_sendings_again_are_known() -> None:
    again = [pair for pair in PAIRS if pair["truth"] == "same"]
    assert sum(compare(pair["a"], pair["b"]).verdict == "same" for pair in again) >= 0.75 * len(again)


@pytest.mark.parametrize(("a", "b"), CHANGED)
def test_what_belongs_to_one_member_stays_with_it(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"


@pytest.mark.parametrize(("a", "b"), SAID_AGAIN)
def test_the_same_said_again(a: str, b: str) -> None:
    assert compare(a, b).verdict == "same"


@pytest.mark.parametrize(
    ("a", "b", "kind", "spans"),
    [
        (
            "报名 https://p.example/331，3月9日止",
            "报名 https://p.example/313，3月9日止",
            "link",
            ("https://p.example/331", "https://p.example/313"),
        ),
        ("到西门集合，听周科安排", "到西门集合，听邹科安排", "name", ("周", "邹")),
        ("11月15日网格员复查", "11月15日消防员复查", "other", ("网格", "消防")),
        ("外带窗口周五保留", "外带窗口周五取消", "negation", ("保留", "取消")),
    ],
)
def test_a_difference_is_named_where_it_stands(a: str, b: str, kind: str, spans: tuple[str, str]) -> None:
    (found,) = compare(a, b).differs
    assert (found.kind, (a[slice(*found.a)], b[slice(*found.b)])) == (kind, spans)
