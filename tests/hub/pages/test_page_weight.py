"""What the inbox costs: statements, bytes, and nothing where nothing is new; it needs no script."""

import gzip
import re
from datetime import timedelta
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hub_help import Clock
from page_help import delivery, sent

from qingqun.hub import inbox

DAY = timedelta(days=1)


def _text(browser: Client, address: str = "/") -> str:
    return browser.get(address).content.decode()


def _address(name: str, number: int) -> str:
    return reverse(name, kwargs={"delivery": number})


def test_an_unchanged_list_is_not_sent_again(house: SimpleNamespace, clock: Clock) -> None:
    browser = house.browser["li"]
    sent(house, clock.at)
    mark = browser.get("/").headers["ETag"]
    assert browser.get("/", headers={"if-none-match": mark}).status_code == 304
    sent(house, clock.at, title="又一条")
    assert browser.get("/", headers={"if-none-match": mark}).status_code == 200
    assert house.browser["wang"].get("/", headers={"if-none-match": mark}).status_code == 200


def test_the_open_page_hears_of_news_and_of_nothing_else(house: SimpleNamespace, clock: Clock) -> None:
    browser = house.browser["li"]
    number = delivery(sent(house, clock.at, confirm="confirm"), house.li)
    since = re.search(r"since=(\d+)", _text(browser))
    assert since
    asked = f"/news/?since={since[1]}"
    assert browser.get(asked, headers={"if-none-match": f'"{since[1]}"'}).status_code == 304
    browser.post(_address("confirm", number))
    assert browser.get(asked, headers={"if-none-match": f'"{since[1]}"'}).status_code == 304
    clock.at += timedelta(minutes=3)
    sent(house, clock.at, title="新的")
    assert "有新的通知" in _text(browser, asked)


def test_the_list_takes_two_statements_however_long_it_is(house: SimpleNamespace, clock: Clock) -> None:
    for number in range(30):
        sent(house, clock.at, title=f"第{number}条", confirm="confirm")
    with CaptureQueriesContext(connection) as room:
        rows = inbox.listed(house.li.pk, clock.at)
        inbox.facts(house.li.pk, f"/{house.street.pk}/")
    assert len(rows) == 30
    assert len(room) == 2
    _text(house.browser["li"])
    with CaptureQueriesContext(connection) as whole:
        _text(house.browser["li"])
    assert len(whole) <= 5, [query["sql"] for query in whole]  # session, account, visitor, and the two


def test_the_first_view_is_at_most_60_kb(house: SimpleNamespace, clock: Clock) -> None:
    for number in range(40):
        sent(house, clock.at, title=f"关于做好第{number}季度基层减负工作的通知", confirm="confirm", deadline=clock.at + DAY)
    browser, zipped = house.browser["li"], {"accept-encoding": "gzip"}
    page = browser.get("/", headers=zipped)
    text = gzip.decompress(page.content).decode()
    total = len(page.content)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', text):
        total += len(b"".join(browser.get(address, headers=zipped).streaming_content))
    assert total <= 60 * 1024, total
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', text)


def test_every_link_and_form_works_without_scripts(house: SimpleNamespace, clock: Clock) -> None:
    sent(house, clock.at, confirm="confirm")
    page = _text(house.browser["li"])
    assert not re.findall(r"<button(?![^>]*>)|\son\w+=|style=|javascript:", page)
    assert re.findall(r'hx-post="([^"]+)"', page) == re.findall(r'action="([^"]+/confirm/)"', page)


def test_larger_type_is_one_form_away_and_stays(house: SimpleNamespace) -> None:
    browser = house.browser["li"]
    assert 'class="large"' not in _text(browser)
    browser.post("/large/")
    assert 'class="large"' in _text(browser)
    browser.post("/large/")
    assert 'class="large"' not in _text(browser)
