"""A ringer's database fails at any statement while the ringer lives on and beats: what it had in hand is rung by the next round, once."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from acts import LATER
from django.db import OperationalError, connection
from fakes import FakeSmtp
from hub_help import Clock, written

from qingqun.hub import accept, hold, story
from qingqun.hub.deliver import CHANNELS, Opened, finish, look
from qingqun.hub.deliver.channels import smtp
from qingqun.hub.deliver.lane import Ringer
from qingqun.hub.deliver.ringing import Limits
from qingqun.hub.models import Attempt, Contact, Ring

WORKER = "甲"


@pytest.fixture
def reached(office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    monkeypatch.setattr(smtp, "LIMITS", Limits())
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    with FakeSmtp() as office.mail:
        yield office


def _fails_at(number: int) -> Callable[..., Any]:
    """Return what lets the database fail from its number-th statement on."""
    seen = [0]

    def execute(run: Callable[..., Any], *asked: Any) -> Any:
        seen[0] += 1
        if seen[0] >= number:
            raise OperationalError
        return run(*asked)

    return execute


def test_what_a_ringer_had_in_hand_when_the_database_failed_is_rung_once(reached: SimpleNamespace) -> None:
    clock, number, broke = Clock(LATER), 0, True
    channels = {"smtp": Opened("smtp", CHANNELS["smtp"], reached.mail.credentials)}
    ringer = Ringer("smtp", "routine", WORKER, lambda: channels, clock, threading.Event())
    while broke:
        number += 1
        accept.accept(written(reached), story._plan, clock())
        look(clock, "routine", channels, hold.resting)
        broke = _broke(ringer, number)
        for _beat in range(5):  # longer than a lease; the worker beats all the time
            finish.beat(WORKER, "routine", clock())
            clock.at += timedelta(seconds=10)
        while ringer() or look(clock, "routine", channels, hold.resting):
            clock.at += timedelta(seconds=1)
        assert set(Attempt.objects.values_list("state", flat=True)) <= {Ring.SENT, Ring.UNKNOWN}, f"failed at statement {number}"
    assert number > 10
    assert len(reached.mail.log.marks) == len(set(reached.mail.log.marks))
    assert Attempt.objects.count() == 3 * number
    assert Attempt.objects.filter(state=Ring.UNKNOWN).count() < number  # at most what was just on its way


def _broke(ringer: Ringer, number: int) -> bool:
    try:
        with connection.execute_wrapper(_fails_at(number)):
            ringer()
    except OperationalError:
        connection.close()
        return True
    return False
