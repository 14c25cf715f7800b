"""An emergency goes without whatever is down, and only without that."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from django.db import OperationalError
from hub_help import beijing, written

from qingqun.hub import urgent
from qingqun.hub.hold import Group
from qingqun.words import Refused


class NobodyThoughtOfItError(Exception):
    """A fault of a library that no list names."""


NIGHT = beijing("2026-03-11 21:00")
FAULTS = [
    KeyError("rule"),
    ValueError("pack"),
    OSError("table"),
    ImportError("part"),
    OperationalError("locked"),
    MemoryError(),
    RecursionError(),
]
FAULTS += [pl.exceptions.ComputeError("column"), AssertionError(), EOFError(), NobodyThoughtOfItError()]


def _raising(error: BaseException) -> Any:
    def fails(*_given: Any) -> Any:
        raise error

    return fails


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_whatever_is_down_it_goes_and_who_is_off_duty_is_held(office_lite: SimpleNamespace, error: Exception) -> None:
    notice = written(office_lite, text="山洪预警，请立即转移群众。")
    assert urgent.blocks(_raising(error), notice) == ()
    (planned,) = urgent.planner(_raising(error))([Group(0, 0, 0)], "emergency", NIGHT)
    assert (planned.not_before, planned.reason) == (NIGHT + timedelta(minutes=1), {"code": "unjudged"})


def test_a_panic_inside_polars_stops_it_neither(office_lite: SimpleNamespace) -> None:
    panic = pl.exceptions.PanicException("index out of bounds")
    assert urgent.blocks(_raising(panic), written(office_lite)) == ()
    (planned,) = urgent.planner(_raising(panic))([Group(0, 0, 0)], "emergency", NIGHT)
    assert planned.reason == {"code": "unjudged"}


def test_the_secrecy_check_stays_whatever_is_down(office_lite: SimpleNamespace) -> None:
    (why,) = urgent.blocks(_raising(OSError("table")), written(office_lite, text="机密★1年 转移方案"))
    assert "国家秘密" in why


@pytest.mark.parametrize("error", [Refused("没有这个受众"), KeyboardInterrupt()])
def test_what_is_refused_or_stopped_by_hand_stays_so(office_lite: SimpleNamespace, error: BaseException) -> None:
    with pytest.raises(type(error)):
        urgent.blocks(_raising(error), written(office_lite))
