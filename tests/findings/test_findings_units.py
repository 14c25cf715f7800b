"""Units as a tree with sums that add up, and the groups that only the register or only the exports know."""

import polars as pl
import pytest

from qingqun.findings.annex import gaps, units
from qingqun.findings.table import FINDINGS, ROSTER, Gathered
from qingqun.findings.tree import Tree, above, titled, tree
from qingqun.intake.registers.units import UNITS

STREET, EAST, WEST = "青松街道办事处", "青松街道东社区", "青松街道西社区"
WHOLE = Tree(above((STREET, EAST, WEST)))


def roster(*rows: dict[str, object]) -> pl.DataFrame:
    plain = {"platform": "wechat", "registered": True, "seen": True, "messages": 0}
    return pl.DataFrame([plain | row for row in rows], schema=ROSTER)


def gathered(*found: tuple[str, str]) -> Gathered:
    return Gathered(pl.DataFrame([{"unit": unit, "level": level} for unit, level in found], schema=FINDINGS), FINDINGS.to_frame())


@pytest.mark.parametrize(
    ("names", "over"),
    [
        ((STREET, EAST, WEST), {EAST: STREET, WEST: STREET}),
        (
            ("江城区人民政府", "江城区青松街道办事处", "江城区青松街道东社区"),
            {"江城区青松街道办事处": "江城区人民政府", "江城区青松街道东社区": "江城区青松街道办事处"},
        ),
        (("民政局", "东社区"), {}),
        (("青松街道", "青松街道办事处"), {}),
    ],
)
def test_who_is_below_whom(names: tuple[str, ...], over: dict[str, str]) -> None:
    assert above(names) == over


def register(*rows: tuple[str, str | None, list[str]]) -> pl.DataFrame:
    return pl.DataFrame([{"name": name, "parent": up, "short": short} for name, up, short in rows], schema=UNITS)


def test_what_the_register_says_goes_before_names() -> None:
    made = tree(register(("青松街道东社区", "东湖新区", []), ("东湖新区", None, [])), [STREET, EAST, WEST])
    assert made.over == {EAST: "东湖新区", WEST: STREET}
    assert made.line(EAST) == [EAST, "东湖新区"]


def test_other_names_mean_the_unit_where_they_mean_one_only() -> None:
    made = tree(register((STREET, None, ["青松办"]), (EAST, STREET, ["东社"]), (WEST, STREET, ["东社"])), ["青松办"])
    assert made.named == {"青松办": STREET, "东社区": EAST, "西社区": WEST}
    assert made.settled(pl.DataFrame({"unit": ["青松办", "东社", "西社区", None]}))["unit"].to_list() == [STREET, "东社", WEST, None]


def test_a_unit_above_without_a_row_is_a_top_and_said() -> None:
    made = tree(register((EAST, "青松街办", [])))
    assert (made.strangers, made.line(EAST)) == (["青松街办"], [EAST, "青松街办"])
    assert "青松街办" in units.told(made)[0]


def test_a_guess_never_closes_a_circle() -> None:
    made = tree(register((STREET, EAST, [])), [EAST])
    assert len(made.line(EAST)) + len(made.line(STREET)) == 3


def test_several_units_are_called_by_the_one_above_them() -> None:
    made = tree(register((EAST, "东湖区", []), ("西山镇", "东湖区", []), ("东湖区", None, [])))
    assert titled([EAST, "西山镇"], made) == ("东湖区", 2)
    assert titled(["东社区", "西社区"], made) == ("东社区", 2)
    assert titled([EAST, WEST], Tree()) == ("青松街道", 2)
    assert titled([EAST], made) is None


def test_figures_roll_up() -> None:
    there = roster({"name": "一", "unit": STREET}, {"name": "二", "unit": EAST}, {"name": "三", "unit": EAST}, {"name": "四", "unit": WEST})
    made = units.table(there, gathered((EAST, "violation"), (WEST, "warning"), (STREET, "violation")), WHOLE)
    rows = {str(row[0]).strip(): list(row[1:]) for row in made.rows}
    assert [row[0] for row in made.rows] == [STREET, "\u3000" + EAST, "\u3000" + WEST]
    assert rows[STREET] == [None, 1, 1, 0, 4, 2, 1]
    assert rows[EAST] == [STREET, 2, 1, 0, 2, 1, 0]


def test_units_that_are_no_tree_make_no_sheet() -> None:
    assert not units.table(roster({"name": "一", "unit": "民政局"}, {"name": "二", "unit": "东社区"}), gathered(), Tree()).rows


def test_groups_that_one_side_alone_knows() -> None:
    there = roster({"name": "都有"}, {"name": "漏登", "registered": False}, {"name": "没导出", "seen": False})
    assert [(row[0], row[1]) for row in gaps.table(there).rows] == [("导出有、台账未登记", "漏登"), ("台账有、没有导出", "没导出")]


@pytest.mark.parametrize("side", ["registered", "seen"])
def test_without_a_register_or_an_export_nothing_is_missing(side: str) -> None:
    assert not gaps.table(roster({"name": "一", side: False})).rows
