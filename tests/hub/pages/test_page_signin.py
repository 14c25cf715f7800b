"""Who comes in, who is locked out, and who is shown the door again."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hub_help import Clock, beijing
from page_help import PASSWORD

from qingqun.hub.models import Entry, Power
from qingqun.hub.pages import _idle
from qingqun.hub.upkeep import first

SIGN_IN = "/accounts/login/"


def _try(browser: Client, name: str, password: str, **more: str) -> Any:
    return browser.post(SIGN_IN, {"login": name, "password": password, **more})


def test_a_person_signs_in_and_comes_to_the_page_they_wanted(house: SimpleNamespace) -> None:
    browser = house.anonymous
    assert browser.get("/topics/").headers["Location"] == "/accounts/login/?next=%2Ftopics%2F"
    assert _try(browser, "li", PASSWORD, next="/topics/").headers["Location"] == "/topics/"
    assert browser.get("/").status_code == 200
    assert Entry.objects.filter(act="sign in", person=house.li.pk).count() == 1


def test_a_foreign_address_to_go_to_afterwards_is_not_followed(house: SimpleNamespace) -> None:
    assert _try(house.anonymous, "li", PASSWORD, next="https://example.com/").headers["Location"] == "/"


def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(house: SimpleNamespace, clock: Clock) -> None:
    for _number in range(5):
        assert "不正确" in _try(Client(headers={"host": "localhost"}), "li", "wrong").content.decode()
    refused = _try(house.anonymous, "li", PASSWORD)
    assert refused.status_code == 200
    assert "已锁定 15 分钟" in refused.content.decode()
    clock.at += timedelta(minutes=15, seconds=1)
    assert _try(house.anonymous, "li", PASSWORD).status_code == 302
    refusals = Entry.objects.filter(act="sign in refused")
    assert list(refusals.values_list("person", "count")) == [(house.li.pk, number) for number in range(1, 6)]


def test_a_name_that_does_not_exist_is_locked_the_same_way(house: SimpleNamespace) -> None:
    pages = [_try(house.anonymous, "nobody", "wrong").content.decode() for _number in range(6)]
    assert "已锁定 15 分钟" in pages[-1]
    assert "已锁定" not in pages[-2]


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the wall clock stand until it is moved."""
    found = Clock(beijing("2026-03-11 10:00"))
    monkeypatch.setattr(_idle, "passed", lambda: found.at.timestamp())  # noqa: PLW0108  `at` is set anew
    return found


def test_who_holds_a_right_is_signed_out_after_half_an_hour_without_doing_anything(house: SimpleNamespace, wall: Clock) -> None:
    browsers = house.browser
    assert browsers["zhao"].get("/").status_code == browsers["li"].get("/").status_code == 200
    wall.at += timedelta(minutes=20)
    assert browsers["zhao"].get("/", headers={"if-none-match": '"old"'}).status_code == 200  # the open page asks by itself
    wall.at += timedelta(minutes=11)
    assert browsers["zhao"].get("/").status_code == 302
    assert browsers["li"].get("/").status_code == 200


def test_who_keeps_working_stays(house: SimpleNamespace, wall: Clock) -> None:
    for _number in range(4):
        assert house.browser["zhao"].get("/").status_code == 200
        wall.at += timedelta(minutes=20)


def test_a_moved_demo_clock_signs_nobody_out(house: SimpleNamespace, clock: Clock) -> None:
    assert house.browser["zhao"].get("/").status_code == 200
    clock.at += timedelta(days=2)
    assert house.browser["zhao"].get("/").status_code == 200


def test_who_has_left_is_out_at_once(house: SimpleNamespace, clock: Clock) -> None:
    browser = house.browser["li"]
    assert browser.get("/").status_code == 200
    house.li.left_at = clock.at
    house.li.save()
    assert browser.get("/").status_code == 302


def test_sign_out_is_a_form_and_ends_the_session(house: SimpleNamespace) -> None:
    browser = house.browser["li"]
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get("/").status_code == 200
    assert browser.post("/accounts/logout/").status_code == 303
    assert browser.get("/").status_code == 302


def test_a_form_without_this_sites_mark_is_refused(house: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    answer = _try(strict, "li", PASSWORD)
    assert answer.status_code == 403
    assert "表单" in answer.content.decode()


def test_nobody_is_administrator_and_auditor_at_once(house: SimpleNamespace) -> None:
    browser = house.browser["ji"]
    assert browser.get("/complaints/").status_code == 200
    Power.objects.create(person=house.ji, unit=house.street, right="administrator")
    assert browser.get("/complaints/").status_code == 403


def test_every_answer_carries_the_strict_headers(house: SimpleNamespace) -> None:
    for address in ("/", SIGN_IN, "/nowhere/"):
        headers = house.browser["li"].get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")


def test_who_forgot_the_password_is_told_whom_to_ask_and_gets_a_form_only_where_letters_are_sent(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/accounts/password/reset/" in house.anonymous.get(SIGN_IN).content.decode()
    page = house.anonymous.get("/accounts/password/reset/").content.decode()
    assert "请找本单位的管理员" in page
    assert "<form" not in page
    assert house.anonymous.post("/accounts/password/reset/", {"email": "a@example.com"}).status_code == 200
    monkeypatch.setattr(settings, "MAIL", True)
    assert 'type="email"' in house.anonymous.get("/accounts/password/reset/").content.decode()


def test_a_password_of_one_time_changed_leads_on_to_where_they_wanted(house: SimpleNamespace, clock: Clock) -> None:
    password, new = first.renewed("li", clock()), "long-enough-83"
    browser = house.anonymous
    assert _try(browser, "li", password, next="/topics/?x=1").headers["Location"] == "/topics/?x=1"
    assert browser.get("/topics/?x=1").headers["Location"] == "/accounts/password/change/"
    browser.get("/news/", headers={"hx-request": "true"})  # the open page asks by itself
    change = {"oldpassword": password, "password1": new, "password2": new}
    assert browser.post("/accounts/password/change/", change).headers["Location"] == "/topics/?x=1"
    assert browser.get("/topics/?x=1").status_code == 200
    again = {"oldpassword": new, "password1": new + "4", "password2": new + "4"}
    assert browser.post("/accounts/password/change/", again).headers["Location"] == "/mine/"
