"""Acts are stopped at every SQL statement, before and after it, and at the commit. What was stopped left nothing; what comes again is whole."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from fakes import FakeSmtp
from hub_help import beijing, written

from qingqun.hub import accept, hold, sql, story
from qingqun.hub.deliver import CHANNELS, Opened, finish, look
from qingqun.hub.deliver import ring as ring_once
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits, Rate
from qingqun.hub.inbox import receive
from qingqun.hub.models import Attempt, Confirm, Contact, Delivery, Entry, Notice, Receipt
from qingqun.hub.reconcile import reconcile

NIGHT = beijing("2026-03-11 21:00")
MORNING = beijing("2026-03-12 08:30")
LATER = MORNING + timedelta(minutes=15)
TABLES = ("notice", "hold", "delivery", "attempt", "receipt", "entry", "bucket", "revision")


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


def _accepted(office: SimpleNamespace) -> Callable[[], object]:
    return lambda: accept.accept(written(office, key="one"), story._plan, NIGHT)


def _released(office: SimpleNamespace) -> Callable[[], object]:
    accept.accept(written(office, key="one"), story._plan, NIGHT)
    return lambda: story.let_go(MORNING)


def _looked(office: SimpleNamespace) -> Callable[[], object]:
    _released(office)()
    return lambda: look(lambda: LATER, "routine", {"smtp": Opened("smtp", CHANNELS["smtp"], {})}, hold.resting)


def _claimed(office: SimpleNamespace) -> Callable[[], object]:
    _looked(office)()
    return lambda: claim(LATER, "routine", "smtp", "甲", Limits(Rate(100, 60), Rate(10, 60)))


def _rung(office: SimpleNamespace) -> Callable[[], object]:
    """Begin and end, in one act after the other, with what the platform said."""
    _looked(office)()
    return lambda: ring_once(lambda: LATER, "routine", "甲", Opened("smtp", CHANNELS["smtp"], office.mail.credentials))


def _rescued(office: SimpleNamespace) -> Callable[[], object]:
    _claimed(office)()
    Attempt.objects.filter(pk=Attempt.objects.order_by("pk")[0].pk).update(tried_at=LATER)
    return lambda: finish.rescue(LATER + timedelta(seconds=31), "routine", [])


def _confirmed(office: SimpleNamespace) -> Callable[[], object]:
    _released(office)()
    mine = Delivery.objects.get(person=office.li)
    return lambda: receive(mine.pk, office.li.pk, Confirm.CONFIRM, LATER)


ACTS = {"accept": _accepted, "release": _released, "look": _looked, "claim": _claimed, "rescue": _rescued, "receipt": _confirmed}


@pytest.fixture
def reached(office: SimpleNamespace) -> Iterator[SimpleNamespace]:
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    with FakeSmtp() as office.mail:
        yield office


def _everything() -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(sql.rows(f"SELECT * FROM hub_{name}"), key=str) for name in TABLES}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_stopped_at_any_statement_leaves_nothing_and_comes_again_whole(reached: SimpleNamespace, name: str) -> None:
    act = ACTS[name](reached)
    before, number, finished = _everything(), 0, False
    while not finished:
        number += 1
        for after in (False, True):
            if finished := _ran_through(act, Stop(number, after=after)):
                break
            assert _everything() == before, f"stopped at statement {number}"
    assert number > 3
    _whole(name)


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
    _whole(name)


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
    act, number, finished = _rung(reached), 0, False
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


def _whole(name: str) -> None:
    """Everything stands there once, and the books agree."""
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 3
    assert Attempt.objects.count() == (3 if name in {"look", "claim", "rescue"} else 0)
    assert Receipt.objects.count() == (name == "receipt")
    assert Entry.objects.filter(act="accept").count() == 1
    assert sum(Entry.objects.filter(act="release").values_list("count", flat=True)) == (0 if name == "accept" else 3)
    assert reconcile(LATER).explained
    if name == "claim":
        assert set(Attempt.objects.values_list("state", flat=True)) <= {"sending", "queued"}
