"""The pages of platforms, directories, joins and live sources: who may, what is kept, what is never shown again."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hub_help import Clock, beijing, furnish
from office_fakes import FakeOffice
from page_help import signed_in

from qingqun.hub import directory, listen
from qingqun.hub.models import Chatroom, Credential, Entry, Identity, Person, Power, Reading, Unit
from qingqun.hub.platforms import kept

NOW = beijing("2026-03-11 10:00")
WHOLE, ONES = ("/platforms/", "/listening/", "/directory/"), ("/identities/",)


@pytest.fixture
def house(lite: Any, clock: Any) -> SimpleNamespace:
    """Give an administrator at the top, one of a station, and 小李."""
    clock.at = NOW
    office = furnish()
    office.zhao = Person.objects.create(name="小赵", unit=office.street)
    Power.objects.create(person=office.zhao, unit=office.street, right="administrator")
    Power.objects.create(person=office.wang, unit=office.east, right="administrator")
    office.top, office.station, office.reader = signed_in(office.zhao, "zhao"), signed_in(office.wang, "wang"), signed_in(office.li, "li")
    return office


def _text(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


@pytest.mark.parametrize("address", WHOLE)
def test_what_counts_for_all_units_is_the_top_administrators(house: SimpleNamespace, address: str) -> None:
    assert house.top.get(address).status_code == 200
    for browser in (house.station, house.reader):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"platform": "wecom", "source": "onebot", "secret": "x", "active": "1"}).status_code == 403
    assert not Credential.objects.exists()


def test_a_secret_is_kept_locked_and_never_shown_again(house: SimpleNamespace) -> None:
    form = {"platform": "wecom", "corpid": "ww1", "agentid": "7", "corpsecret": "very-secret", "active": "1", "signin": "1"}
    house.top.post("/platforms/", form)
    row = Credential.objects.get()
    assert b"very-secret" not in bytes(row.locked)
    assert "very-secret" not in _text(house.top, "/platforms/")
    assert "ww1" in _text(house.top, "/platforms/")
    house.top.post("/platforms/", form | {"corpsecret": "", "corpid": "ww2"})
    there = kept("wecom")
    assert there is not None
    assert (there["corpid"], there["corpsecret"]) == ("ww2", "very-secret")
    assert [one.count for one in Entry.objects.filter(act="credential")] == [1, 1]


@pytest.mark.parametrize(
    "form", [{"platform": "nowhere"}, {"platform": "wecom"}, {"platform": "wecom", "corpid": "a", "agentid": "seven", "corpsecret": "b"}]
)
def test_a_form_that_lacks_something_keeps_nothing(house: SimpleNamespace, form: dict[str, str]) -> None:
    assert house.top.post("/platforms/", form).status_code == 303
    assert not Credential.objects.exists()


def test_a_source_is_switched_on_and_off(house: SimpleNamespace) -> None:
    assert "http://localhost/listen/onebot/" in _text(house.top, "/listening/")
    house.top.post("/listening/", {"source": "onebot", "secret": "quiet-secret", "active": "1"})
    there = listen.kept("onebot")
    assert there == {"secret": "quiet-secret", "active": True}
    assert "quiet-secret" not in _text(house.top, "/listening/")
    house.top.post("/listening/", {"source": "onebot", "secret": ""})
    assert listen.kept("onebot") == {"secret": "quiet-secret", "active": False}


def test_a_chat_is_given_to_a_unit_and_taken_away(house: SimpleNamespace) -> None:
    room = Chatroom.objects.create(source="onebot", chat="g1", name="防汛群", seen_at=NOW, passed=12)
    assert "没有收的消息 12 条" in _text(house.top, "/listening/")
    house.top.post("/listening/", {"act": "bind", "room": room.pk, "unit": house.east.pk})
    room.refresh_from_db()
    assert room.unit == house.east
    house.top.post("/listening/", {"act": "bind", "room": room.pk, "unit": ""})
    room.refresh_from_db()
    assert room.unit is None
    for bad in ({"room": "x", "unit": ""}, {"room": str(room.pk), "unit": "999999"}):
        assert house.top.post("/listening/", {"act": "bind", **bad}).status_code == 303
    assert Entry.objects.filter(act="listen to").count() == 2


def _looked(house: SimpleNamespace, platform: str, **form: Any) -> str:
    """Ask for the directory, let the worker read it, and return what the page shows then."""
    answer = house.top.post("/directory/", {"platform": platform, "unit": house.street.pk, "act": "look", **form})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/directory/?platform={platform}"
    directory.read_one(lambda: NOW)
    return _text(house.top, f"/directory/?platform={platform}")


def test_a_directory_is_seen_and_then_taken(house: SimpleNamespace, platform: FakeOffice) -> None:
    platform.switch_on()
    page = _looked(house, platform.PLATFORM)
    assert "还什么都没有改" in page
    assert "南社区" in page
    assert not Identity.objects.exists()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert "新增 3 人" in _looked(house, platform.PLATFORM, act="take", seen=seen[1])
    assert Unit.objects.filter(name="南社区").exists()
    assert "重新看" in _looked(house, platform.PLATFORM, act="take", seen=seen[1])
    assert "重新看" in _text(house.top, "/directory/")  # the last result is kept


def test_a_page_asks_no_platform_itself_and_shows_how_far_the_worker_is(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    form = {"platform": "wecom", "unit": house.street.pk, "act": "look"}
    house.top.post("/directory/", form)
    waiting = house.top.get("/directory/?platform=wecom")
    assert "排队中" in waiting.content.decode()
    assert waiting.headers["Refresh"] == "3"
    assert wecom.heard == []
    house.top.post("/directory/", form)
    assert "正在读取" in _text(house.top, "/directory/")  # said once; a second reading of the same does not begin
    assert Reading.objects.count() == 1
    seen = list[str]()
    directory.read_one(Ticking(NOW, lambda: seen.append(_text(house.top, "/directory/?platform=wecom"))))
    assert any("平台已回答 2 次" in page for page in seen)
    assert "还什么都没有改" in _text(house.top, "/directory/?platform=wecom")


def test_what_a_dead_worker_was_reading_is_read_again_but_not_for_ever(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    reading = directory.ask("wecom", house.street.pk, house.zhao.pk, NOW)
    clock = Clock(NOW)
    for _time in range(3):
        with pytest.raises(KeyboardInterrupt):
            directory.read_one(Ticking(clock(), _die))
        assert directory.read_one(clock) == 0  # its lease still holds
        clock.at += timedelta(minutes=2)
    directory.read_one(clock)
    reading.refresh_from_db()
    assert (reading.state, reading.tries) == ("refused", 4)
    assert "几次都被中断" in _text(house.top, "/directory/?platform=wecom")


def test_one_whose_lease_is_lost_changes_nothing(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    reading = directory.ask("wecom", house.street.pk, house.zhao.pk, NOW, {"seen": "x", "really": True})
    directory.read_one(Ticking(NOW, lambda: Reading.objects.update(worker="another")))
    reading.refresh_from_db()
    assert (reading.state, reading.worker) == ("reading", "another")
    assert not Identity.objects.exists()


def test_what_was_read_is_kept_locked_for_a_day_and_dropped_when_it_was_taken(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    _looked(house, "wecom")
    raw = bytes(Reading.objects.get().listed or b"")
    assert raw
    assert "甲".encode() not in raw
    directory.read_one(lambda: NOW + timedelta(days=2))
    assert Reading.objects.get().listed is None
    assert "只留一天" in _text(house.top, "/directory/?platform=wecom")


def test_who_lost_the_right_meanwhile_takes_nothing(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    seen = re.search(r'name="seen" value="(\w+)"', _looked(house, "wecom"))
    assert seen
    directory.ask("wecom", house.street.pk, house.zhao.pk, NOW, {"seen": seen[1]})
    Power.objects.filter(person=house.zhao).delete()
    directory.read_one(lambda: NOW)
    assert Reading.objects.order_by("-pk")[0].state == "refused"
    assert not Identity.objects.exists()


def test_a_directory_goes_under_ones_own_unit_only(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    for unit in (house.other.pk, house.east.pk, "x", ""):
        house.top.post("/directory/", {"platform": "wecom", "unit": unit, "act": "look"})
        assert "没有这个单位" in _text(house.top, "/directory/")
    assert not Reading.objects.exists()


def test_a_platform_that_refuses_is_said_to(house: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.switch_on()
    wecom.broken = "department"
    page = _looked(house, "wecom")
    assert "60011" in page
    assert "secret" not in page


def _die() -> None:
    raise KeyboardInterrupt


class Ticking:
    """A clock that goes on by two seconds whenever it is looked at; while a directory is read, something is done meanwhile."""

    BEGUN = 4  # looks at it before the first answers

    def __init__(self, at: datetime, meanwhile: Callable[[], object]) -> None:
        self.at, self.meanwhile, self.looks = at, meanwhile, 0

    def __call__(self) -> datetime:
        self.looks += 1
        if self.looks > self.BEGUN:
            self.meanwhile()
        self.at += timedelta(seconds=2)
        return self.at


def test_joins_are_made_and_undone_within_ones_own_units(house: SimpleNamespace) -> None:
    Person.objects.filter(pk=house.li.pk).update(number="1001")
    form = {"platform": "wecom", "uid": "li", "number": "1001"}
    house.station.post("/identities/", form)  # 小李 works at the street, not at the station
    assert not Identity.objects.exists()
    house.top.post("/identities/", form)
    found = Identity.objects.get()
    assert (found.person, found.joined_by) == (house.li, house.zhao)
    assert "小李" in _text(house.top, "/identities/")
    assert "小李" not in _text(house.station, "/identities/")
    assert house.station.post("/identities/", {"act": "part", "identity": found.pk}).status_code == 404
    assert house.reader.post("/identities/", {"act": "part", "identity": found.pk}).status_code == 403
    house.top.post("/identities/", {"act": "part", "identity": found.pk})
    found.refresh_from_db()
    assert (found.parted_at, found.parted_by) == (NOW, house.zhao)
    assert "解除" in _text(house.top, "/identities/")


@pytest.mark.parametrize(
    "form", [{}, {"platform": "nowhere"}, {"platform": "wecom", "name": "没有这个人"}, {"act": "part", "identity": "x"}]
)
def test_a_join_that_makes_no_sense_is_none(house: SimpleNamespace, form: dict[str, str]) -> None:
    assert house.top.post("/identities/", form).status_code in {303, 404}
    assert not Identity.objects.exists()
