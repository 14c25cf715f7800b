"""Whatever happens in whatever order: states go forward, sums hold, nobody sees another's, and the ledger knows ids alone."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hub_help import beijing, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub import accept, hold, inbox, ledger, reconcile, sql, story
from qingqun.hub.desk import amend
from qingqun.hub.governance import roster
from qingqun.hub.inbox import absence, colleague, door
from qingqun.hub.models import Confirm, Delivery, Entry, Leave, Means, Notice, Person, Receipt, State
from qingqun.hub.tally import standing
from qingqun.words import Refused

BEGIN = beijing("2026-03-11 08:00")
ENDS = {State.DELIVERED, State.FOLDED, State.WITHDRAWN, State.EXPIRED, State.REFUSED}
FORWARD = {State.HELD: set(State) - {State.HELD}, State.QUEUED: {State.SENT, State.DELIVERED, State.REFUSED, State.UNKNOWN}}
WORDS = ("报送", "统计", "小李", "小王", "张主任", "外人", "三人")


class _Office:
    """An office in which one thing happens after the other; the clock may stand, go on, or jump back."""

    def __init__(self, office: SimpleNamespace) -> None:
        self.office, self.now = office, BEGIN
        self.people = [office.zhang, office.li, office.wang, office.stranger]
        self.seen: dict[int, str] = {}

    def write(self, number: int) -> None:
        titles = ("报送统计表", "周五开会", "防汛检查")
        audience = ({"unit": self.office.street.pk, "below": True}, {"unit": self.office.east.pk}, {"persons": [self.office.li.pk]})
        confirm = ("confirm", "read", "answer", "none")
        ends = None if number % 2 else self.now + timedelta(hours=number)
        values: dict[str, Any] = {
            "title": titles[number % 3],
            "audience": audience[number % 3],
            "confirm": confirm[number % 4],
            "valid_until": ends,
        }
        first = Notice.objects.order_by("pk").values_list("pk", flat=True).first() if number == 5 else None
        notice = written(self.office, same_as_id=first, root_id=first, **values)
        accept.accept(notice, lambda groups, importance, at: hold.plan(list(groups), hold.hours_of(groups), importance, at), self.now)

    def wait(self, number: int) -> None:
        self.now += timedelta(hours=(1, 5, 13, -6)[number % 4])

    def go(self, _number: int) -> None:
        story.let_go(self.now)

    def confirm(self, number: int) -> None:
        kind = (Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER)[number % 3]
        for row in Delivery.objects.order_by("pk")[number : number + 1]:
            inbox.receive(row.pk, self.people[number % 4].pk, kind, self.now, answer="三人")
            inbox.receive(row.pk, row.person_id, kind, self.now)

    def record(self, number: int) -> None:
        for notice in Notice.objects.order_by("pk")[number % 3 : number % 3 + 1]:
            for other in colleague.colleagues(notice.pk, self.office.street.pk, self.office.zhang.pk, self.now):
                colleague.record(other, Confirm.CONFIRM, Means.PAPER, self.office.zhang.pk, "", self.now)

    def aside(self, number: int) -> None:
        for row in Delivery.objects.order_by("-pk")[number : number + 1]:
            inbox.snooze(row.pk, row.person_id, self.now + timedelta(hours=number), self.now)

    def withdraw(self, number: int) -> None:
        for notice in Notice.objects.order_by("pk")[number : number + 1]:
            amend.withdraw(notice, self.office.zhang.pk, self.now)

    def correct(self, number: int) -> None:
        for notice in Notice.objects.order_by("-pk")[number % 2 : number % 2 + 1]:
            amend.correct(notice, notice.title, f"请报送第{number}版统计表。", self.now, material=bool(number % 2))

    def away(self, number: int) -> None:
        absence.choose_deputy(self.office.li.pk, self.office.zhang.pk, self.now)
        absence.add(Leave, self.office.li.pk, self.now, self.now + timedelta(hours=number + 1), self.now)
        story.stand_in(self.now)

    def leave(self, number: int) -> None:
        with sql.act():
            roster.leave([self.people[1 + number % 2].pk], self.now)

    def forget(self, _number: int) -> None:
        story.forget(self.now + timedelta(days=31))


ACTS: tuple[Callable[[_Office, int], None], ...] = (
    _Office.write, _Office.write, _Office.write, _Office.wait, _Office.wait, _Office.go, _Office.confirm, _Office.confirm, _Office.record,
    _Office.aside, _Office.withdraw, _Office.correct, _Office.away, _Office.leave, _Office.forget,
)  # fmt: skip
HAPPENINGS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), min_size=4, max_size=16)


def _happened(office: SimpleNamespace, acts: list[tuple[Callable[[_Office, int], None], int]], after: Callable[[_Office], None]) -> None:
    """Let it all happen in a hub of its own, look after each act, and undo it."""
    here = _Office(office)
    for act, number in [(_Office.write, 0), *acts]:
        try:
            act(here, number)
        except Refused:
            continue
        after(here)
    for table in ("receipt", "hold", "delivery", "revision", "sought", "tally", "standin", "entry", "leave", "post"):
        sql.run(f"DELETE FROM hub_{table}")
    sql.run("DELETE FROM hub_notice")
    Person.objects.update(left_at=None, deputy=None)


def _forward(here: _Office) -> None:
    now = dict(Delivery.objects.values_list("pk", "state"))
    for number, before in here.seen.items():
        assert now[number] == before or now[number] in FORWARD.get(State(before), set()), (before, now[number])
    here.seen = now


def _sums(here: _Office) -> None:
    found = reconcile.reconcile(here.now)
    assert found.explained
    assert found.accepted == sum(found.states.values()) == Delivery.objects.count()
    assert not Delivery.objects.filter(state__in=[State.DELIVERED, State.FOLDED], delivered_at=None).exists()
    assert not Delivery.objects.filter(done_at__isnull=False, read_at=None).exists()
    assert not Delivery.objects.filter(person__left_at__isnull=False, ring_after__isnull=False).exists()


def _own(here: _Office) -> None:
    for person in here.people:
        rows = [*inbox.listed(person.pk, here.now), *inbox.every(person.pk, here.now, 10**9, 50)]
        own = set(Delivery.objects.filter(person=person).values_list("pk", flat=True))
        assert {row.delivery for row in rows} <= own
        assert all(row.state not in {State.HELD, State.EXPIRED} for row in rows)
        for row in rows:
            assert door.whose(row.delivery) in {None, (person.pk, person.name)}
            assert all(inbox.one(row.delivery, other.pk, here.now) is None for other in here.people if other.pk != person.pk)
    assert not Delivery.objects.filter(person=here.office.stranger).exists()


def _ids(_here: _Office) -> None:
    for text, digest, act in Entry.objects.values_list("data", "digest", "act"):
        assert not any(word in f"{text}{digest}{act}" for word in WORDS)
        assert all(isinstance(one, int) for value in json.loads(text).values() for one in (value if isinstance(value, list) else [value]))
        assert digest == "" or len(digest) == 64


def _counted(here: _Office) -> None:
    for notice in Notice.objects.all():
        shown = standing(notice.pk, here.now)
        people = Delivery.objects.filter(notice=notice).count()
        assert shown is None or shown.people <= people
        assert shown is None or shown.delivered.low <= Delivery.objects.filter(notice=notice, delivered_at__isnull=False).count()
        kinds = list(Receipt.objects.filter(delivery__notice=notice).values_list("delivery", "kind", "revision"))
        assert len(kinds) == len(set(kinds))


def _checked(here: _Office) -> None:
    for look in (_forward, _sums, _own, _ids, _counted):
        look(here)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=HAPPENINGS)
def test_whatever_happens_nothing_goes_back_nothing_is_lost_and_nobody_sees_anothers(
    office_lite: SimpleNamespace, acts: list[tuple[Callable[[_Office, int], None], int]]
) -> None:
    _happened(office_lite, acts, _checked)


@given(pairs=st.lists(st.tuples(st.integers(1, 99), st.sampled_from([str(state) for state in State])), max_size=8))
def test_a_digest_is_of_what_stands_there_in_whatever_order_it_is_said(pairs: list[tuple[int, str]]) -> None:
    assert ledger.digest(pairs) == ledger.digest(reversed(pairs))
    changed = [(number + 100, state) for number, state in pairs]
    assert not pairs or ledger.digest(pairs) != ledger.digest(changed)


def test_the_digest_of_a_notice_is_that_of_its_rows(office: SimpleNamespace) -> None:
    notice = story.write(written(office), datetime.fromisoformat("2026-03-11T02:00:00+00:00")).notice
    assert ledger.digest_of(notice) == ledger.digest(Delivery.objects.filter(notice=notice).values_list("pk", "state"))
    assert ledger.digest_of(999_999) == ledger.digest([])
