"""The acts that are broken, each ready to be done: what came before it is done when it is asked for."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from hub_help import beijing, written

from qingqun.hub import accept, hold, sql, story
from qingqun.hub.deliver import CHANNELS, Opened, finish, look
from qingqun.hub.deliver import ring as ring_once
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits, Rate
from qingqun.hub.inbox import receive
from qingqun.hub.models import Attempt, Confirm, Delivery, Entry, Leave, Notice, Person, Receipt, Standin
from qingqun.hub.reconcile import reconcile

NIGHT = beijing("2026-03-11 21:00")
MORNING = beijing("2026-03-12 08:30")
LATER = MORNING + timedelta(minutes=15)
TABLES = ("notice", "hold", "delivery", "attempt", "receipt", "entry", "bucket", "revision", "standin")


def _accepted(office: SimpleNamespace) -> Callable[[], object]:
    return lambda: accept.accept(written(office, key="one"), story._plan, NIGHT)


def _away(office: SimpleNamespace) -> None:
    """小李 is on leave until next week, and 外人 stands in."""
    Person.objects.filter(pk=office.li.pk).update(deputy=office.stranger)
    Leave.objects.create(person=office.li, starts=NIGHT - timedelta(hours=1), ends=NIGHT + timedelta(days=7))


def _asked(office: SimpleNamespace) -> Callable[[], object]:
    return lambda: accept.accept(written(office, key="one", confirm="confirm", deadline=NIGHT + timedelta(days=2)), story._plan, NIGHT)


def _asked_of_who_is_away(office: SimpleNamespace) -> Callable[[], object]:
    _away(office)
    return _asked(office)


def _stood_in(office: SimpleNamespace) -> Callable[[], object]:
    _asked(office)()
    _away(office)
    return lambda: story.stand_in(NIGHT)


def _released(office: SimpleNamespace) -> Callable[[], object]:
    accept.accept(written(office, key="one"), story._plan, NIGHT)
    return lambda: story.let_go(MORNING)


def _looked(office: SimpleNamespace) -> Callable[[], object]:
    _released(office)()
    return lambda: look(lambda: LATER, "routine", {"smtp": Opened("smtp", CHANNELS["smtp"], {})}, hold.resting)


def _claimed(office: SimpleNamespace) -> Callable[[], object]:
    _looked(office)()
    return lambda: claim(LATER, "routine", "smtp", "甲", Limits(Rate(100, 60), Rate(10, 60)))


def rung(office: SimpleNamespace) -> Callable[[], object]:
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
STANDING = {"accept for who is away": _asked_of_who_is_away, "stand in": _stood_in}
ACTS |= STANDING


def everything() -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(sql.rows(f"SELECT * FROM hub_{name}"), key=str) for name in TABLES}


def whole(name: str) -> None:
    """Everything stands there once, and the books agree."""
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 3 + (name in STANDING)
    assert Standin.objects.count() == (name in STANDING)
    assert Attempt.objects.count() == (3 if name in {"look", "claim", "rescue"} else 0)
    assert Receipt.objects.count() == (name == "receipt")
    assert Entry.objects.filter(act="accept").count() == 1
    assert sum(Entry.objects.filter(act="release").values_list("count", flat=True)) == (0 if name in {"accept", *STANDING} else 3)
    assert reconcile(LATER).explained
    if name == "claim":
        assert set(Attempt.objects.values_list("state", flat=True)) <= {"sending", "queued"}
