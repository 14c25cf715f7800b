"""A sealer is killed at every step, again and again: what it leaves is whole, and a tail that somebody cuts afterwards still shows."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from hub_help import beijing

from qingqun.hub import ledger, sql
from qingqun.hub import seal as sealer
from qingqun.hub.models import Entry, Seal
from qingqun.hub.seal import seal, verify

NOW = beijing("2026-03-11 10:00")
AGAIN = 2  # kills at the same step, one after the other, with no run between them that ends


class Steps:
    """Counts the lines of the sealer and the statements of its database, and ends this process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def lines(self, frame: FrameType, event: str, _argument: object) -> Any:
        code = frame.f_code
        if code.co_filename != sealer.__file__ or code.co_name.startswith("<"):
            return None
        if event == "line":
            self.step()
        return self.lines

    def statements(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.step()
        done = execute(*asked)
        self.step()
        return done


def _killed(step: int, head: Path) -> bool:
    """Seal in a process that is killed at a step; tell whether there was such a step."""
    connection.close()  # it is not shared with the process
    child = os.fork()
    if not child:
        try:
            steps = Steps(step)
            with connection.execute_wrapper(steps.statements):
                sys.settrace(steps.lines)
                seal(NOW, head)
        finally:
            sys.settrace(None)
            connection.close()
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _written() -> None:
    for number in range(3):
        ledger.write("release", NOW, notice=1, count=number)


def _lines(head: Path) -> int:
    return head.read_text(encoding="utf-8").count("\n") if head.exists() else 0


def _cut_is_found(head: Path) -> bool:
    """Cut the newest seal that the head file knows, with its entries and all that came after, and ask; then put it back."""
    known = _lines(head)
    if not known:
        return True
    first = sql.value("SELECT first FROM hub_seal ORDER BY first LIMIT 1 OFFSET %s", [known - 1])
    connection.set_autocommit(False)
    try:
        sql.run("DELETE FROM hub_entry WHERE place >= %s", [first])
        sql.run("DELETE FROM hub_seal WHERE first >= %s", [first])
        return verify(head) != []
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def _begin(head: Path, seals: int) -> None:
    """Let the ledger have been sealed so often before."""
    for table in ("entry", "seal"):
        sql.run(f"DELETE FROM hub_{table}")
    head.unlink(missing_ok=True)
    for _number in range(seals):
        _written()
        seal(NOW, head)


@pytest.mark.parametrize("before", [0, 2], ids=["first seal", "third seal"])
def test_a_sealer_killed_at_every_step_again_and_again_leaves_a_whole_ledger(hub: Any, tmp_path: Path, before: int) -> None:
    head, step, killed = tmp_path / "ledger.head", 0, True
    while killed:
        step += 1
        _begin(head, before)
        for time in range(AGAIN):
            _written()
            killed = _killed(step, head)
            where = f"killed {time + 1} times at step {step}"
            assert verify(head) == [], where
            assert Seal.objects.count() - _lines(head) in {0, 1}, where
            assert _cut_is_found(head), where
        seal(NOW, head)
        assert verify(head) == []
        assert _lines(head) == Seal.objects.count()
        assert _cut_is_found(head)
        assert not Entry.objects.filter(place__isnull=True).exists()
    assert step > 40
