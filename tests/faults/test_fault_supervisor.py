"""However often a process is killed, it is back before an emergency has waited too long."""

import os
import sys
from collections.abc import Callable

import pytest
from oracle import SLOWEST

from qingqun.hub import supervise as supervisor
from qingqun.hub.deliver.claim import LEASE
from qingqun.hub.supervise import FIRST_WAIT, LONGEST_WAIT, STEADY

BEGINNING = 10.0  # seconds that a process takes to begin on a busy machine
Died = Callable[[float], float]


@pytest.fixture
def died(monkeypatch: pytest.MonkeyPatch) -> Died:
    """Give the word that lets a process die after so many seconds: died(3) is how long it then stays away."""
    clock = [1_000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    child = supervisor._Child("投递", [sys.executable, "-c", ""], os.environ)

    def after(seconds: float) -> float:
        child.look(lambda _said: None)
        assert child.process
        clock[0] += seconds
        child.process.wait()
        child.look(lambda _said: None)
        away, clock[0] = child.due - clock[0], child.due
        return away

    return after


def test_one_that_is_killed_all_day_is_never_away_for_long(died: Died) -> None:
    away = [died(1.0) for _time in range(50)]
    assert away[0] == FIRST_WAIT
    assert away == sorted(away)
    assert away[-1] == LONGEST_WAIT
    assert (LONGEST_WAIT + BEGINNING) * 1_000 + LEASE["emergency"] < SLOWEST


def test_one_that_stood_for_a_while_counts_as_well_again(died: Died) -> None:
    assert [died(1.0), died(1.0), died(STEADY), died(1.0)] == [FIRST_WAIT, 2 * FIRST_WAIT, FIRST_WAIT, 2 * FIRST_WAIT]
