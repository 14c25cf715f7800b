"""Acts are stopped at every SQL statement, before and after it, and at the commit. What was stopped left nothing; what comes again is whole."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from acts import ACTS, LATER, everything, rung, whole
from django.db import DatabaseError, connection
from fakes import FakeSmtp

from qingqun.hub.deliver import finish
from qingqun.hub.models import Attempt, Contact


class StoppedError(DatabaseError):
    """The process ends here."""


class Stop:
    """Stops at a statement, before or after it ran; counts the statements of what it watches."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.at, self.after, self.count = at, after, 0

    def __call__(self, execute: Callable[..., Any], text: str, params: Any, many: Any, context: Any) -> Any:
        self.count += 1
        if self.count != self.at:
            return execute(text, params, many, context)
        if self.after:
            execute(text, params, many, context)
        raise StoppedError(text)


@contextmanager
def _stopped_commit(*, after: bool) -> Iterator[None]:
    """Stop at the commit: after it the act has happened, and nobody was told."""
    commit = connection.commit

    def broken() -> None:
        if after:
            commit()
        raise StoppedError("commit")

    with mock.patch.object(connection, "commit", broken):
        yield


@pytest.fixture
def reached(office: SimpleNamespace) -> Iterator[SimpleNamespace]:
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    with FakeSmtp() as office.mail:
        yield office


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_stopped_at_any_statement_leaves_nothing_and_comes_again_whole(reached: SimpleNamespace, name: str) -> None:
    act = ACTS[name](reached)
    before, number, finished = everything(), 0, False
    while not finished:
        number += 1
        for after in (False, True):
            if finished := _ran_through(act, Stop(number, after=after)):
                break
            assert everything() == before, f"stopped at statement {number}"
    assert number > 3
    whole(name)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_stopped_at_its_commit_happens_once(reached: SimpleNamespace, name: str) -> None:
    act = ACTS[name](reached)
    for after in (False, True):
        with ExitStack() as stack:
            stack.enter_context(_stopped_commit(after=after))
            stack.enter_context(pytest.raises(StoppedError))
            act()
        connection.close()
    act()
    whole(name)


def _ran_through(act: Callable[[], object], stop: Stop) -> bool:
    try:
        with connection.execute_wrapper(stop):
            act()
    except StoppedError:
        connection.close()  # as a killed process leaves it
        return False
    return True


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_ringer_stopped_at_any_statement_rings_nobody_twice(reached: SimpleNamespace, after: bool) -> None:
    act, number, finished = rung(reached), 0, False
    while not finished:
        number += 1
        try:
            with connection.execute_wrapper(Stop(number, after=after)):
                act()
            finished = True
        except StoppedError:
            connection.close()
            Attempt.objects.filter(state="sending").update(lease_until=LATER - timedelta(minutes=1))
            finish.rescue(LATER, "routine", [])
    assert number > 10
    assert len(reached.mail.log.addresses) == len(set(reached.mail.log.addresses))
    ended = dict(Attempt.objects.values_list("delivery__person__name", "state"))
    assert set(ended.values()) <= {"sent", "unknown"}
    assert len(ended) == 3
