"""Units as a tree with sums that add up, and the groups that only the register or only the exports know."""

import polars as pl
import pytest

from qingqun.findings.annex import gaps, units
from qingqun.findings.table import FINDINGS, ROSTER, Gathered

STREET, EAST, WEST = "青松街道办事处", "青松街道东社区", "青松街道西社区"


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
    assert units.above(names) == over


def test_figures_roll_up() -> None:
    there = roster({"name": "一", "unit": STREET}, {"name": "二", "unit": EAST}, {"name": "三", "unit": EAST}, {"name": "四", "unit": WEST})
    made = units.table(there, gathered((EAST, "violation"), (WEST, "warning"), (STREET, "violation")))
    rows = {row[0]: list(row[1:]) for row in made.rows}
    assert rows[STREET] == [None, 1, 1, 0, 4, 2, 1]
    assert rows[EAST] == [STREET, 2, 1, 0, 2, 1, 0]


def test_units_that_are_no_tree_make_no_sheet() -> None:
    assert not units.table(roster({"name": "一", "unit": "民政局"}, {"name": "二", "unit": "东社区"}), gathered()).rows


def test_groups_that_one_side_alone_knows() -> None:
    there = roster({"name": "都有"}, {"name": "漏登", "registered": False}, {"name": "没导出", "seen": False})
    assert [(row[0], row[1]) for row in gaps.table(there).rows] == [("导出有、台账未登记", "漏登"), ("台账有、没有导出", "没导出")]


@pytest.mark.parametrize("side", ["registered", "seen"])
def test_without_a_register_or_an_export_nothing_is_missing(side: str) -> None:
    assert not gaps.table(roster({"name": "一", side: False})).rows
