"""Writers go in one after the other: in the order they came, emergencies first; whoever dies or stands still stops nobody."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection

from qingqun.hub import sql
from qingqun.hub.lite import turn
from qingqun.hub.lite.turn import Turn, ranked


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Turn]]:
    """Give the word that lets somebody come: line() is one more connection to the same database."""
    monkeypatch.setattr(turn, "_passed", {turn._FIRST: 0, turn._OTHERS: 0})
    made: list[Turn] = []

    def come() -> Turn:
        made.append(Turn(tmp_path / "turn"))
        return made[-1]

    yield come
    for one in made:
        one.close()


def _waits(one: Turn, name: str, order: list[str], *, first: bool = False) -> threading.Thread:
    """Let somebody wait; return when they stand in the line."""

    def wait() -> None:
        with ranked(first=first):
            one.take()
        order.append(name)
        one.give()

    thread = threading.Thread(target=wait)
    thread.start()
    while one._file < 0:
        time.sleep(0.001)
    time.sleep(0.03)
    return thread


def test_writers_go_in_as_they_came_and_emergencies_first(line: Callable[[], Turn]) -> None:
    holder, order = line(), list[str]()
    holder.take()
    waiting = [_waits(line(), name, order) for name in "甲乙丙"]
    waiting += [_waits(line(), name, order, first=True) for name in ("急一", "急二")]
    holder.give()
    for thread in waiting:
        thread.join()
    assert order == ["急一", "急二", "甲", "乙", "丙"]


def test_only_one_has_the_turn(line: Callable[[], Turn]) -> None:
    inside, most = [0], [0]

    def write(one: Turn) -> None:
        for _number in range(40):
            one.take()
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.0002)
            inside[0] -= 1
            one.give()

    threads = [threading.Thread(target=write, args=(line(),)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def _child(act: Callable[[], None]) -> int:
    """Fork a process that does something and then stays."""
    seen, said = os.pipe()
    child = os.fork()
    if not child:
        act()
        os.write(said, b"1")
        signal.pause()
        os._exit(0)
    os.read(seen, 1)
    os.close(seen)
    os.close(said)
    return child


def _ended(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_the_turn_of_a_killed_writer_is_free(line: Callable[[], Turn]) -> None:
    child = _child(lambda: line().take())
    mine, order = line(), list[str]()
    waiting = _waits(mine, "甲", order)
    assert order == []
    _ended(child)
    waiting.join()
    assert order == ["甲"]


def test_whoever_stands_still_in_the_line_is_passed_over_once(line: Callable[[], Turn]) -> None:
    child = _child(lambda: _stand_for_good(line()))
    mine = line()
    mine.take()
    assert mine.mine
    mine.give()
    assert turn._passed[turn._OTHERS] > turn._OTHERS
    other = line()
    began = time.monotonic()
    other.take()
    assert other.mine
    assert time.monotonic() - began < turn._ABSENT
    _ended(child)


def _stand_for_good(one: Turn) -> None:
    one._file = os.open(one._path, os.O_RDWR | os.O_CREAT, 0o600)
    one._stand(turn._OTHERS)


def test_an_emergency_does_not_wait_for_a_turn_that_never_comes(line: Callable[[], Turn], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(turn._LONGEST, True, 0.1)
    line_holder, mine = line(), line()
    line_holder.take()
    with ranked(first=True):
        mine.take()
    assert not mine.mine


def test_without_the_file_there_is_no_turn_and_no_error(tmp_path: Path) -> None:
    one = Turn(tmp_path / "nowhere" / "turn")
    one.take()
    one.give()
    one.close()
    assert not one.mine


def _turn() -> Turn:
    return connection.turn  # type: ignore[attr-defined,no-any-return]  # the hub's own wrapper


def test_acts_and_single_statements_take_the_turn_and_give_it_back(lite: Any) -> None:
    write = "INSERT INTO hub_setting (key, value) VALUES (%s, '1')"
    with sql.act(first=True):
        assert _turn().mine
        sql.run(write, ["a"])
    assert not _turn().mine
    sql.run(write, ["b"])
    with pytest.raises(IntegrityError), sql.act():
        sql.rows(write.replace("VALUES (%s, '1')", "VALUES ('c', '1'), ('b', '1')"))
    assert not _turn().mine
    assert sql.rows("SELECT key FROM hub_setting ORDER BY key") == [("a",), ("b",)]


def test_a_connection_that_is_closed_inside_an_act_gives_the_turn(lite: Any) -> None:
    mine = _turn()
    with sql.act():
        assert mine.mine
        connection.close()
        assert not mine.mine
