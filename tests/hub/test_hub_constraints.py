"""What no table takes, whoever writes it: the last line behind every room, the same on both databases."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hub_help import beijing, written
from page_help import delivery, sent

from qingqun.hub import ledger, sql, tree
from qingqun.hub.lite.turn import ranked
from qingqun.hub.models import (
    Attempt,
    Contact,
    Credential,
    Delivery,
    DutyList,
    DutyTurn,
    Entry,
    Identity,
    Leave,
    Notice,
    Person,
    Power,
    Receipt,
    Revision,
    Shift,
    Standin,
    Topic,
    TopicMember,
    Unit,
)
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
HOUR = timedelta(hours=1)


def _twice(model: Any, **values: Any) -> None:
    for _time in range(2):
        model.objects.create(**values)


def _notice(office: SimpleNamespace, **values: Any) -> None:
    notice = written(office, accepted_at=NOW, **values)
    notice.save()


WRONG: dict[str, Callable[[SimpleNamespace], Any]] = {
    "a second delivery": lambda o: _twice(
        Delivery, notice_id=o.notice.pk, person=o.stranger, state="held", lane="routine", inbox=True, not_before=NOW
    ),
    "a ring before the inbox": lambda o: Delivery.objects.filter(person=o.li).update(ring_after=NOW - HOUR),
    "a second receipt of a text": lambda o: _twice(Receipt, delivery_id=o.number, kind="confirm", revision=1, means="inbox", at=NOW),
    "a second revision of a number": lambda o: _twice(Revision, notice=o.notice, number=7, title="题", text="文", by=o.zhang, at=NOW),
    "the same key": lambda o: _twice(Notice, key="k", author=o.zhang, unit=o.street, accepted_at=NOW),
    "ones own approval": lambda o: _notice(o, approver=o.zhang),
    "an emergency without a ground": lambda o: _notice(o, importance="emergency", approver=o.li),
    "an emergency without a second person": lambda o: _notice(o, importance="emergency", ground="GD-1"),
    "ones own deputy": lambda o: Person.objects.filter(pk=o.li.pk).update(deputy=o.li),
    "a number of two": lambda o: Person.objects.filter(pk__in=[o.li.pk, o.wang.pk]).update(number="1"),
    "a right twice": lambda o: _twice(Power, person=o.li, unit=o.street, right="author"),
    "two addresses on a channel": lambda o: _twice(Contact, person=o.li, channel="smtp", address="a@b.cn"),
    "a leave that ends first": lambda o: Leave.objects.create(person=o.li, starts=NOW, ends=NOW),
    "a shift that ends first": lambda o: Shift.objects.create(person=o.li, starts=NOW, ends=NOW - HOUR),
    "a turn that ends first": lambda o: DutyTurn.objects.create(
        duty_list=DutyList.objects.create(name="夜", unit=o.street), person=o.li, starts=NOW, ends=NOW
    ),
    "two stances on a topic": lambda o: _twice(TopicMember, topic=Topic.objects.create(name="文体"), person=o.li),
    "two topics of a name": lambda o: _twice(Topic, name="文体"),
    "a name on a platform of two": lambda o: _twice(Identity, platform="wecom", uid="li", person=o.li, joined_at=NOW),
    "a stand-in for oneself": lambda o: Standin.objects.create(notice=o.notice, person=o.li, deputy=o.li, brought=True, at=NOW),
    "a stand-in twice": lambda o: _twice(Standin, notice=o.notice, person=o.li, deputy=o.zhang, brought=True, at=NOW),
    "a ring of a number twice": lambda o: _twice(Attempt, key="k", delivery_id=o.number, channel="smtp", lane="routine", not_before=NOW),
    "a credential twice": lambda o: _twice(Credential, channel="smtp", name="default", locked=b""),
    "a place in the ledger of two": lambda o: _twice(Entry, act="x", at=NOW, place=1),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_itself_refuses(office: SimpleNamespace, wrong: str) -> None:
    office.notice = sent(office, NOW, confirm="confirm")
    office.number = delivery(office.notice, office.li)
    before = Entry.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        WRONG[wrong](office)
    assert Entry.objects.count() == before
    assert Delivery.objects.count() == 3


def test_an_act_that_fails_leaves_neither_its_rows_nor_its_entry(office: SimpleNamespace) -> None:
    def act() -> None:
        with sql.act():
            Topic.objects.create(name="文体")
            ledger.write("topic", NOW, count=1)
            raise Refused("没有")

    with pytest.raises(Refused):
        act()
    assert not Topic.objects.exists()
    assert not Entry.objects.exists()


def test_an_act_is_never_a_part_of_another_one(office_lite: SimpleNamespace) -> None:
    with pytest.raises(RuntimeError), sql.act(), sql.act():
        pass
    with ranked(first=True), sql.act(first=True):
        ledger.write("x", NOW)
    assert Entry.objects.count() == 1


def test_what_was_taken_out_stands_in_the_ledger_by_its_number_alone(office_lite: SimpleNamespace) -> None:
    ledger.exported("register", 12, NOW, office_lite.zhang.pk)
    entry = Entry.objects.get()
    assert (entry.act, entry.count, entry.person, entry.data) == ("export", 12, office_lite.zhang.pk, '{"what":"register"}')


@pytest.mark.parametrize("text", ["", "'", '"', "\\", "{}", "{a,b}", "NULL", "%s", "\n", "小李\t", "\\'; DROP"])
def test_a_table_given_along_holds_what_was_given(hub: Any, text: str) -> None:
    found = sql.table({"number": "bigint", "word": "text"}, [(1, text), (None, "二")])
    rows = sql.rows(f"SELECT number, word FROM {found.text} ORDER BY word = '二'", found.params)
    assert rows == [(1, text), (None, "二")]
    none = sql.table({"number": "bigint", "word": "text"}, [])
    assert sql.rows(f"SELECT number, word FROM {none.text}", none.params) == []


def test_among_many_numbers_only_those_are_found(office: SimpleNamespace) -> None:
    for numbers in ([], [office.li.pk], [office.li.pk, 999_999, office.li.pk]):
        found = sql.among(numbers)
        rows = sql.rows(f"SELECT id FROM hub_person WHERE id {found.text}", found.params)
        assert [row[0] for row in rows] == sorted(set(numbers) & {office.li.pk})


def test_a_unit_that_moves_takes_those_below_along(office: SimpleNamespace) -> None:
    Unit.objects.filter(pk=office.street.pk).update(parent=office.other)
    tree.settle()
    paths = dict(Unit.objects.values_list("pk", "path"))
    assert paths[office.street.pk] == f"/{office.other.pk}/{office.street.pk}/"
    assert paths[office.east.pk] == f"/{office.other.pk}/{office.street.pk}/{office.east.pk}/"
    Unit.objects.filter(pk=office.other.pk).update(parent=office.east)
    with pytest.raises(Refused, match="圈"):
        tree.settle()
