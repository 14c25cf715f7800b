"""The further sheets and small helpers of an audit: apps, waivers, gaps, whose hours and whose group a message stands under."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.findings.activity import activity
from qingqun.findings.annex import Known, annex, apps, gaps, waivers
from qingqun.findings.covered import Gaps, by_unit, counted, covered, recognised
from qingqun.findings.owned import owned
from qingqun.findings.roster import keyed, roster
from qingqun.findings.table import FINDINGS, ROSTER, Gathered
from qingqun.findings.timed import timed
from qingqun.findings.tree import Tree
from qingqun.findings.unused import unused
from qingqun.intake.registers import Registers
from qingqun.intake.registers.people import PERSONS
from qingqun.intake.registers.units import UNITS
from qingqun.judge.waived import OF_UNIT
from qingqun.packs.waivers import Idle
from qingqun.words import ACCOUNTS, APPS, GROUPS, MEMBERSHIPS, PROBLEMS, Pack, Refused, Waiver

Made = Callable[[Sequence[Mapping[str, Any]]], pl.DataFrame]
DAY = date(2026, 3, 30)
WAIVER = Waiver("W1", "offhours", "防汛群", None, "汛期值守", "张主任", "李书记", date(2026, 3, 1), date(2026, 6, 30))


def known_apps(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(APPS) | {"file": "台账.xlsx", "line": n} | one for n, one in enumerate(rows, 2)], schema=APPS)


def known_groups(*rows: dict[str, Any]) -> pl.DataFrame:
    plain = {"platform": "wechat", "registered": True, "seen": True, "messages": 0}
    return pl.DataFrame([dict.fromkeys(ROSTER) | plain | {"key": one["name"]} | one for one in rows], schema=ROSTER)


def found(*rows: tuple[str, str | None, str]) -> Gathered:
    table = pl.DataFrame([{"subject": subject, "unit": unit, "group": name} for subject, unit, name in rows], schema=FINDINGS)
    return Gathered(table, FINDINGS.to_frame())


def test_an_app_is_listed_with_the_findings_on_it_and_on_no_other_of_its_name() -> None:
    table = apps.table(
        known_apps(
            {"name": "青松通", "unit": "甲局", "audience": "staff"},
            {"name": "青松通", "unit": "乙局", "audience": "public"},
            {"name": "无名", "unit": None},
        ),
        found(("apps", "甲局", "青松通"), ("apps", "甲局", "青松通"), ("groups", "乙局", "青松通"), ("apps", None, "无名")),
    )
    assert [(row[1], row[2], row[4], row[-1]) for row in table.rows] == [
        ("青松通", "甲局", "干部职工", 2),
        ("青松通", "乙局", "群众企业", 0),
        ("无名", None, None, 1),
    ]
    assert {len(row) for row in table.rows} == {len(table.header)}
    assert apps.table(APPS.to_frame(), found()).rows == []


def test_a_waiver_is_listed_with_what_it_let_pass_and_its_standing() -> None:
    later = replace(WAIVER, id="W2", rule="no-such-rule", name=None, unit="甲局", since=date(2026, 4, 1))
    over = replace(WAIVER, id="W3", until=date(2026, 3, 20))
    table = waivers.table([WAIVER, later, over], Counter({"W1": 7}), [Idle(over, "已到期")], DAY)
    assert [(row[0], row[2], row[3], row[-2], row[-1]) for row in table.rows] == [
        ("W1", "防汛群", "不限", 7, "有效"),
        ("W2", "不限", "甲局", 0, "尚未开始"),
        ("W3", "防汛群", "不限", 0, "已到期"),
    ]
    assert table.rows[1][1] == "no-such-rule"  # a rule that is gone keeps its name
    assert table.rows[0][1] != "offhours"


def test_waivers_are_told_only_where_there_are_some() -> None:
    assert waivers.told([], {}, []) == []
    assert waivers.told([WAIVER], {"W1": 1200}, [Idle(WAIVER, "x")]) == [
        "经批准的例外 1 项，放过 1,200 处，不计入问题；其中 1 项已到期或没有对象。"
    ]


def test_an_annex_of_nothing_holds_empty_sheets_and_no_sentence(pack: Pack) -> None:
    nothing = Registers(GROUPS.to_frame(), ACCOUNTS.to_frame(), APPS.to_frame(), UNITS.to_frame(), PERSONS.to_frame(), PROBLEMS.to_frame())
    made = annex(Known(DAY, pack, nothing, ROSTER.to_frame(), [], Gathered.nothing()))
    assert [len(table.rows) for table in made.tables] == [0, 0, 0, 0]
    assert (made.notes, made.idle) == ((), ())


def test_a_waiver_without_an_object_or_after_its_end_covers_nothing() -> None:
    over, strange = replace(WAIVER, id="W3", until=DAY - timedelta(days=1)), replace(WAIVER, id="W4", name="没有的群")
    of_unit = replace(WAIVER, id="W5", name=None, unit="只在单位台账里的局")
    there = [known_groups({"name": "防汛群", "unit": "甲局"})]
    idle = unused([WAIVER, over, strange, of_unit], DAY, there, Tree())
    assert [one.waiver.id for one in idle] == ["W3", "W4", "W5"]
    assert all(one.reason for one in idle)
    assert [one.waiver.id for one in unused([of_unit], DAY, there, Tree(registered=frozenset({"只在单位台账里的局"})))] == []


def test_groups_that_one_side_alone_knows_are_listed_but_for_the_disbanded() -> None:
    both, paper = {"name": "甲群"}, {"name": "乙群", "seen": False}
    strange, gone = {"name": "丙群", "registered": False}, {"name": "丁群", "seen": False, "disbanded": date(2026, 1, 1)}
    rows = gaps.table(known_groups(both, paper, strange, gone)).rows
    assert [(row[0], row[1]) for row in rows] == [("导出有、台账未登记", "丙群"), ("台账有、没有导出", "乙群")]
    assert gaps.table(known_groups(both)).rows == []
    assert gaps.table(known_groups(paper)).rows == []  # without any export nothing is missing


def test_messages_of_a_unit_with_its_own_hours_stand_under_these(facts: Made) -> None:
    messages = facts([{"group_id": name, "group_name": name} for name in ("街道群", "社区群", "别处群")])
    units = {"街道群": "青松街道办事处", "社区群": "青松街道东社区", "别处群": None}
    known = known_groups(
        *({"name": name, "key": key, "unit": units[name]} for name, key in keyed(messages).select("group_name", "key").rows())
    )
    tree = Tree({"青松街道东社区": "青松街道办事处"}, {"青松办": "青松街道办事处"})
    own = timed(messages, known, tree, [replace(Hours.default(), name="青松办")])
    assert dict(own.select("group_name", "hours_no").iter_rows()) == {"街道群": 0, "社区群": 0, "别处群": None}
    assert timed(messages, known, tree, []).equals(messages)


def test_hours_of_a_unit_that_nobody_belongs_to_are_refused_by_name(facts: Made) -> None:
    with pytest.raises(Refused, match="火星局"):
        timed(facts([{}]), known_groups({"name": "镇工作群", "unit": "甲局"}), Tree(), [replace(Hours.default(), name="火星局")])


def test_a_message_is_of_its_groups_unit_and_no_message_is_lost(facts: Made) -> None:
    messages = facts([{"group_id": g, "group_name": g} for g in ("a", "b", "a", "c")]).with_columns(group_no=pl.Series([0, 1, 0, 2]))
    keys = roster(messages, MEMBERSHIPS.to_frame(), GROUPS.to_frame()).select("key", "name")
    known = keys.with_columns(unit=pl.col("name").replace_strict({"a": "甲局", "b": "乙局"}, default=None, return_dtype=pl.String))
    assert owned(messages, known)[OF_UNIT].to_list() == ["甲局", "乙局", "甲局", None]
    assert owned(messages, pl.concat([known, known])).height == 4  # a register that names a group twice doubles nothing


@given(
    st.lists(
        st.tuples(
            st.integers(0, 23),
            st.sampled_from(["text", "image", "recall", "system"]),
            st.booleans(),
            st.sampled_from(["work", "after", "night"]),
        ),
        max_size=30,
    )
)
@settings(max_examples=30, deadline=None)
def test_every_message_but_the_systems_is_counted_in_one_hour_once(facts: Made, rows: list[tuple[int, str, bool, str]]) -> None:
    at = datetime(2026, 3, 9, tzinfo=UTC)
    table = activity(facts([{"sent_at": at + timedelta(hours=h), "kind": k, "is_emergency": e, "grade": g} for h, k, e, g in rows]))
    said = [(h, k, e, g) for h, k, e, g in rows if k != "system"]
    assert table["hour"].to_list() == list(range(24))
    assert table.select(pl.sum_horizontal("work", "off", "emergency").sum()).item() == len(said)
    assert table["emergency"].sum() == sum(e for _h, _k, e, _g in said)
    assert {hour for hour, *counts in table.iter_rows() if any(counts)} == {(h + 8) % 24 for h, *_ in said}


NAMES = st.dictionaries(st.sampled_from(["甲局", "乙局", "丙局"]), st.integers(0, 5))


@given(NAMES, NAMES)
@settings(max_examples=50, deadline=None)
def test_a_unit_has_lost_groups_exactly_where_it_has_fewer(before: dict[str, int], after: dict[str, int]) -> None:
    lost = counted(before, after)
    assert all(n > 0 and before[unit] - n == after.get(unit, 0) for unit, n in lost.lost.items())
    assert lost.any == any(after.get(unit, 0) < n for unit, n in before.items())
    table = pl.DataFrame({"unit": [None, "甲局", "乙局"]})
    fair = table.filter(covered(lost))["unit"].to_list()
    assert fair == [unit for unit in table["unit"] if not lost.any or (unit is not None and unit not in lost.lost)]


def test_a_group_that_nobody_knows_makes_every_unit_doubtful() -> None:
    coded = pl.DataFrame(
        {"code": ["x"], "named": ["y"], "disbanded": [None], "unit": ["甲局"], "name": ["甲群"]}, schema_overrides={"disbanded": pl.Date}
    )
    lost = recognised({"x": "y", "z": None}, coded, ({}, {}))
    assert (lost.lost, lost.names, lost.any) == ({"甲局": 1, "": 1}, ("甲群",), True)
    assert pl.DataFrame({"unit": ["甲局", "乙局", None]}).filter(covered(lost)).is_empty()
    assert not Gaps({}).any


def test_only_groups_with_messages_are_counted_of_a_unit(facts: Made) -> None:
    known = known_groups({"name": "甲群", "unit": "甲局", "messages": 3}, {"name": "乙群", "unit": "甲局"}, {"name": "丙群", "messages": 1})
    assert by_unit(facts([{}]), known) == {"": 1, "甲局": 1}
    assert by_unit(facts([]), known) == {}
