"""Waivers: who may grant them, what they cover, for how long, and that they mean the same on any engine."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pytest

from qingqun import packs
from qingqun.judge import judge
from qingqun.judge.discovery import find
from qingqun.judge.play import facts
from qingqun.judge.scene import parse
from qingqun.packs.waivers import idle, load
from qingqun.words import Refused, Waiver

DAY = date(2026, 3, 13)
GOOD = """
[[waivers]]
id = "L-1"
rule = "offhours"
name = "工作群"
reason = "汛期值班"
owner = "小李"
approver = "张主任"
since = 2026-03-01
until = 2026-03-31
"""


def granted(**changed: Any) -> Waiver:
    base = Waiver("L-1", "offhours", "工作群", None, "汛期值班", "小李", "张主任", date(2026, 3, 1), date(2026, 3, 31))
    return Waiver(**{**{name: getattr(base, name) for name in base.__slots__}, **changed})


def hits(rule: str, *waivers: Waiver, on: date = DAY, duck: bool = False) -> int:
    table = facts(find(rule), parse(find(rule).scene))
    native = duckdb.from_arrow(table.to_arrow()) if duck else table
    judged = judge(native, find(rule).subject, packs.load(["香洲"], on, waivers))
    assert rule not in {failure.rule for failure in judged.failures}
    frame = nw.from_native(judged.frame).select(rule)
    known = frame.collect(backend="polars") if isinstance(frame, nw.LazyFrame) else frame
    return int(known[rule].sum())


@pytest.mark.parametrize("duck", [False, True])
def test_a_waiver_covers_its_group_on_its_days_and_nothing_else(*, duck: bool) -> None:
    every = hits("offhours", duck=duck)
    assert every > 0
    assert hits("offhours", granted(name=None), duck=duck) == 0
    assert hits("offhours", granted(), duck=duck) < every
    assert hits("offhours", granted(name="别的群"), duck=duck) == every
    assert hits("offhours", granted(rule="flooding"), duck=duck) == every
    assert hits("offhours", granted(until=date(2026, 3, 8)), duck=duck) == every


def test_on_a_register_the_day_of_inspection_counts() -> None:
    waiver = granted(rule="secondmain", name=None, unit="城关镇")
    assert hits("secondmain") > 0
    assert hits("secondmain", waiver) == 0
    assert hits("secondmain", waiver, on=date(2026, 4, 1)) == hits("secondmain")


def test_messages_of_no_known_unit_are_not_covered_by_a_units_waiver() -> None:
    assert hits("offhours", granted(name=None, unit="城关镇")) == hits("offhours")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load(path) == (granted(),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("until = 2026-03-31", ""),
        ('reason = "汛期值班"', ""),
        ('approver = "张主任"', 'approver = "小李"'),
        ("until = 2026-03-31", "until = 2028-03-31"),
        ("until = 2026-03-31", "until = 2026-02-01"),
        ("until = 2026-03-31", 'until = "长期"'),
        ('rule = "offhours"', 'rule = "offhours"\nforever = true'),
        ("[[waivers]]", "[[waivers"),
    ],
)
def test_without_end_reason_or_second_person_it_is_refused(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused, match="waivers"):
        load(path)


def test_expired_and_orphaned_ones_are_named() -> None:
    ones = [granted(), granted(id="L-2", until=date(2026, 3, 1)), granted(id="L-3", rule="gone"), granted(id="L-4", name="没有的群")]
    assert [found.waiver.id for found in idle(ones, DAY, {"工作群"})] == ["L-2", "L-3", "L-4"]
    assert [found.waiver.id for found in idle(ones, DAY)] == ["L-2", "L-3"]
