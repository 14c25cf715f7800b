"""The page of supervisors: counts of their own offices' notices, once a day and at the end, and nothing that tells of a person."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hub_help import Clock, beijing, written
from page_help import signed_in

from qingqun.hub import story, tally
from qingqun.hub.inbox import receive
from qingqun.hub.models import Confirm, Delivery, Notice, Person, Power, Tally, Unit
from qingqun.hub.tally.take import _whole

MORNING, NEXT = beijing("2026-03-11 09:00"), beijing("2026-03-12 09:00")
DEADLINE = beijing("2026-03-13 17:30")


@pytest.fixture
def house(office: SimpleNamespace, clock: Clock) -> SimpleNamespace:
    """Put 20 people into the east community, 12 into the west one; 老孙 supervises the street, 老马 the east community."""
    _whole.cache_clear()
    clock.at = MORNING
    office.easterners = Person.objects.bulk_create([Person(name=f"东{number}", unit=office.east) for number in range(19)])
    office.westerners = Person.objects.bulk_create([Person(name=f"西{number}", unit=office.west) for number in range(12)])
    office.sun, office.ma = (Person.objects.create(name=name, unit=office.other) for name in ("老孙", "老马"))
    for person, unit in ((office.sun, office.street), (office.ma, office.east)):
        Power.objects.create(person=person, unit=unit, right="supervisor")
    office.browser = {key: signed_in(getattr(office, key), key) for key in ("sun", "ma", "li")}
    office.clock = clock
    return office


def _send(house: SimpleNamespace, **changed: Any) -> Notice:
    return Notice.objects.get(
        pk=story.write(written(house, **{"confirm": "confirm", "deadline": DEADLINE, **changed}), house.clock()).notice
    )


def _confirm(notice: Notice, people: list[Person], at: Any) -> None:
    for person in people:
        receive(Delivery.objects.get(notice=notice, person=person).pk, person.pk, Confirm.CONFIRM, at)


def _text(browser: Client) -> str:
    return browser.get("/counts/").content.decode()


def test_a_supervisor_sees_steps_as_the_day_began_and_no_name(house: SimpleNamespace) -> None:
    notice = _send(house)
    assert "明天起有人数" in _text(house.browser["sun"])
    _confirm(notice, house.easterners[:7], MORNING)
    house.clock.at = NEXT
    page = _text(house.browser["sun"])
    assert "5–9 人" in page
    assert "30 人以上" in page  # delivered to all 34
    _confirm(notice, house.easterners[7:15], NEXT)
    assert "5–9 人" in _text(house.browser["sun"])
    house.clock.at = NEXT + timedelta(days=1)
    page = _text(house.browser["sun"])
    assert "15–19 人" in page
    assert not [one.name for one in Person.objects.filter(unit__in=[house.east, house.west]) if one.name in page]


def test_when_it_is_over_it_stands_by_unit_and_nothing_later_changes_it(house: SimpleNamespace) -> None:
    notice = _send(house)
    _confirm(notice, [*house.easterners[:17], *house.westerners[:3]], NEXT)
    story.forget(DEADLINE)
    rows = {row.unit_id: (row.people, row.done_low, row.done_high) for row in Tally.objects.all()}
    assert rows == {None: (34, 20, 24), house.east.pk: (20, 15, 20), house.west.pk: (12, 0, 4)}
    house.clock.at = DEADLINE
    before = _text(house.browser["sun"])
    assert "不到 5 人" in before
    Person.objects.filter(pk=house.easterners[0].pk).update(unit=house.west)
    _confirm(notice, house.westerners[3:], DEADLINE)
    house.clock.at = DEADLINE + timedelta(days=3)
    assert _text(house.browser["sun"]).count("不到 5 人") == before.count("不到 5 人")
    assert list(Tally.objects.filter(unit=house.west).values_list("done_high", flat=True)) == [4]


def test_a_supervisor_below_sees_their_own_part_and_not_the_whole_nor_the_neighbours(house: SimpleNamespace) -> None:
    notice = _send(house)
    assert notice.title not in _text(house.browser["ma"])
    _confirm(notice, house.easterners[:6], NEXT)
    story.forget(DEADLINE)
    house.clock.at = DEADLINE
    page = _text(house.browser["ma"])
    assert "东社区" in page
    assert "西社区" not in page
    assert "5–9 人" in page
    assert page.count("已确认") == 1


def test_notices_to_few_are_not_listed_and_those_withdrawn_have_no_numbers(house: SimpleNamespace) -> None:
    few = _send(house, title="请小李来一趟", audience={"persons": [house.li.pk]})
    gone = _send(house, title="收集车牌")
    Notice.objects.filter(pk=gone.pk).update(withdrawn_at=MORNING)
    house.clock.at = NEXT
    page = _text(house.browser["sun"])
    assert few.title not in page
    assert "已撤回" in page
    assert "已送到" not in page


def test_two_notices_whose_people_differ_by_few_are_not_shown_side_by_side(house: SimpleNamespace) -> None:
    _send(house, audience={"unit": house.east.pk})
    _send(house, audience={"any": [{"unit": house.east.pk}], "minus": [{"persons": [house.easterners[0].pk]}]})
    _send(house, audience={"unit": house.east.pk})
    house.clock.at = NEXT
    page = _text(house.browser["sun"])
    assert page.count("15 人以上") == 1
    assert "只差几个人" in page


def test_numbers_need_the_right_and_end_at_its_unit(house: SimpleNamespace) -> None:
    assert house.browser["li"].get("/counts/").status_code == 403
    other = Unit.objects.get(pk=house.other.pk)
    _send(house, unit=other, audience={"unit": house.east.pk}, title="外街道发的")
    house.clock.at = NEXT
    assert "外街道发的" not in _text(house.browser["sun"])


def test_older_ones_follow_on_the_next_page(house: SimpleNamespace) -> None:
    for number in range(22):
        _send(house, title=f"第{number:02}条", audience={"unit": house.east.pk})
    page = _text(house.browser["sun"])
    assert ("第21条" in page, "第01条" in page) == (True, False)
    before = page.partition("?before=")[2].partition('"')[0]
    assert "第01条" in house.browser["sun"].get(f"/counts/?before={before}").content.decode()
    assert house.browser["sun"].get("/counts/?before=x").status_code == 200


def test_who_does_not_tell_that_they_read_is_in_no_number(house: SimpleNamespace) -> None:
    Person.objects.filter(unit=house.east).update(tells_reading=False)
    notice = _send(house, confirm="read", audience={"unit": house.east.pk})
    for person in house.easterners:
        receive(Delivery.objects.get(notice=notice, person=person).pk, person.pk, Confirm.READ, MORNING)
    found = tally.whole(notice.pk, NEXT)
    assert found is not None
    assert found.done == (0, 4)
