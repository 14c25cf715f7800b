"""The calendar of deadlines, the metrics, and the page on which tokens and addresses are made."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from hub_help import beijing
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from page_help import delivery, sent

from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.hub import inbox
from qingqun.hub.api import feed, keys
from qingqun.hub.deliver import loops
from qingqun.hub.models import Confirm, Feed, Person, Token
from qingqun.hub.moment import from_ms, to_ms

DUE = beijing("2026-03-16 08:35")  # a Monday, five minutes after work begins


def fetched(house: SimpleNamespace, address: str) -> SimpleNamespace:
    answer = house.anonymous.get(address.removeprefix("https://hub.example.gov.cn"))
    return SimpleNamespace(status=answer.status_code, text=answer.content.decode(), headers=answer.headers)


def walked(text: str, kind: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk(kind))


@pytest.fixture
def house(house: SimpleNamespace) -> SimpleNamespace:
    house.anonymous = house.nobody.client
    return house


def test_what_is_still_to_do_stands_in_the_calendar_with_an_alarm_in_working_time(house: SimpleNamespace) -> None:
    notice = sent(house, house.noon, title="报送统计表", confirm="confirm", deadline=DUE)
    address = feed.made(house.li.pk, house.noon, titles=True)
    (event,) = walked(fetched(house, address).text, "VEVENT")
    assert (event["summary"], event["dtstart"].dt) == ("报送统计表", DUE)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == beijing("2026-03-13 17:35").replace(minute=5) or answer(alarm["trigger"].dt, Hours.default()).working
    (task,) = walked(fetched(house, f"{address}?as=todo").text, "VTODO")
    assert task["due"].dt == DUE
    inbox.receive(delivery(notice, house.li), house.li.pk, Confirm.CONFIRM, house.noon)
    assert not Calendar.from_ical(fetched(house, address).text).walk("VEVENT")


def test_without_its_owners_wish_no_title_leaves_the_house(house: SimpleNamespace) -> None:
    sent(house, house.noon, title="报送统计表", text="正文", confirm="confirm", deadline=DUE)
    text = fetched(house, feed.made(house.li.pk, house.noon, titles=False)).text
    assert "有一件事到期" in text
    assert "报送" not in text
    assert "正文" not in text


def test_an_address_that_was_changed_taken_back_or_left_behind_opens_nothing(house: SimpleNamespace) -> None:
    first = feed.made(house.li.pk, house.noon, titles=False)
    second = feed.made(house.li.pk, house.noon, titles=False)
    assert [fetched(house, one).status for one in (first, second)] == [404, 200]
    assert second not in str(Feed.objects.values())
    Person.objects.filter(pk=house.li.pk).update(left_at=house.noon)
    assert fetched(house, second).status == 404
    Person.objects.filter(pk=house.li.pk).update(left_at=None)
    assert feed.taken_back(house.li.pk, house.noon)
    assert fetched(house, second).status == 404
    assert not feed.taken_back(house.li.pk, house.noon)


def test_a_calendar_that_asks_too_often_is_told_to_wait(house: SimpleNamespace) -> None:
    address = feed.made(house.li.pk, house.noon, titles=False)
    found = [fetched(house, address).status for _time in range(feed.PACE.number // 2 + 1)]
    assert (set(found[:-1]), found[-1]) == ({200}, 429)


@given(st.integers(0, 365 * 48))
def test_an_alarm_is_in_working_time_and_an_hour_before(half_hours: int) -> None:
    due = beijing("2026-01-01 00:10") + half_hours * timedelta(minutes=30)
    found = feed.ring(to_ms(due), Hours.default())
    assert found is None or (answer(from_ms(found), Hours.default()).working and from_ms(found) <= due - feed.AHEAD)
    assert found is not None


def test_metrics_are_for_this_machine_or_an_administrators_token(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(house, beijing("2026-03-11 22:00"))
    loops.raised("routine.look", "OperationalError", house.noon)
    here = house.anonymous.get("/metrics")
    assert here.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = here.content.decode()
    assert 'qingqun_held_deliveries{lane="routine"} 6' in text
    assert 'qingqun_alarm_seconds{loop="routine.look"} 0' in text
    assert re.fullmatch(r'(# (HELP|TYPE) qingqun_\w+ .+\n|qingqun_\w+(\{(\w+="[^"\n]*",?)+\})? [\d.e+-]+\n)+', text)
    assert not {"张主任", "小李", "报送"} & set(re.findall(r"[\u4e00-\u9fff]+", text))
    outside = [{"headers": {"x-forwarded-for": "8.8.8.8"}}, {"headers": {"host": "hub.example.gov.cn"}}, {"REMOTE_ADDR": "10.0.0.9"}]
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    assert [house.anonymous.get("/metrics", **one).status_code for one in outside] == [401, 401, 401]  # type: ignore[arg-type]
    monkeypatch.setattr(settings, "BEHIND_PROXY", True)
    assert house.anonymous.get("/metrics").status_code == 401
    assert house.program["zhao"].client.get("/metrics").status_code == 200
    assert house.program["zhang"].client.get("/metrics").status_code == 403
    assert house.anonymous.post("/metrics").status_code == 405


def test_a_token_is_made_and_taken_back_on_the_page_and_shown_once(house: SimpleNamespace) -> None:
    browser = house.browser["li"]
    for wrong in ({"name": "", "scope": "me", "days": "30"}, {"name": "甲", "days": "30"}, {"name": "甲", "scope": "me", "days": "9999"}):
        browser.post("/mine/tokens/", {"act": "make", **wrong})
    before = Token.objects.count()
    made = browser.post("/mine/tokens/", {"act": "make", "name": "日程同步", "scope": ["deliveries", "nonsense"], "days": "30"})
    (secret,) = re.findall(rf"{keys.MARK}[\w-]+", made.content.decode())
    assert made.headers["Cache-Control"] == "private, no-store"
    assert (Token.objects.count(), Token.objects.latest("pk").scopes) == (before + 1, "deliveries")
    assert type(house.nobody)(secret)("GET", "/deliveries").status == 200
    number = Token.objects.latest("pk").pk
    assert secret not in browser.get("/mine/tokens/").content.decode()
    house.browser["wang"].post("/mine/tokens/", {"act": f"revoke:{number}"})
    assert type(house.nobody)(secret)("GET", "/deliveries").status == 200
    browser.post("/mine/tokens/", {"act": f"revoke:{number}"})
    assert type(house.nobody)(secret)("GET", "/deliveries").status == 401


def test_the_calendars_address_is_made_and_closed_on_the_page(house: SimpleNamespace) -> None:
    browser = house.browser["li"]
    page = browser.post("/mine/tokens/", {"act": "feed", "titles": "1"}).content.decode()
    (address,) = re.findall(r"https://hub\.example\.gov\.cn/calendar/[\w-]+\.ics", page)
    assert fetched(house, address).status == 200
    assert Feed.objects.get().titles
    browser.post("/mine/tokens/", {"act": "close"})
    assert fetched(house, address).status == 404
