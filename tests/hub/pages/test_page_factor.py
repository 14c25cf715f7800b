"""A second factor: who must set one up, that it is asked for afterwards, and that wrong codes lock."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from hub_help import Clock
from page_help import PASSWORD

from qingqun.hub import config
from qingqun.hub.models import Entry

SIGN_IN, SET_UP, ASKED = "/accounts/login/", "/accounts/2fa/totp/activate/", "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "rights")
    monkeypatch.setattr(settings, "VAULT_KEY", Fernet.generate_key().decode())


@pytest.fixture
def signing(house: SimpleNamespace) -> Callable[..., Any]:
    """Sign somebody in with their password, in a new browser."""

    def signs(name: str, wanted: str = "/") -> tuple[Client, Any]:
        browser = Client(headers={"host": "localhost"})
        return browser, browser.post(SIGN_IN, {"login": name, "password": PASSWORD, "next": wanted})

    return signs


def _code(secret: str) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())))))


def _set_up(browser: Client) -> tuple[str, Any]:
    """Set a factor up as its page says; return its secret and the page that follows."""
    secret = re.search(r"<strong>([A-Z2-7]+)</strong>", browser.get(SET_UP).content.decode())
    assert secret
    cache.clear()  # a code counts once; tests do not wait half a minute
    return secret[1], browser.post(SET_UP, {"code": _code(secret[1])})


def _codes(browser: Client) -> list[str]:
    return re.findall(r"<li>(\d{8})</li>", browser.get("/accounts/2fa/recovery-codes/").content.decode())


@pytest.mark.parametrize("name", ["zhao", "chen", "ji"])
def test_who_administers_approves_or_audits_sets_one_up_first_and_comes_to_where_they_wanted(signing: Any, name: str) -> None:
    browser, answer = signing(name, "/topics/")
    assert answer.headers["Location"] == "/topics/"
    assert browser.get("/topics/").headers["Location"] == SET_UP
    _secret, answer = _set_up(browser)
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert 'href="/topics/"' in page
    assert len(_codes(browser)) == 10
    assert browser.get("/topics/").status_code == 200


@pytest.mark.parametrize("name", ["li", "zhang"])
def test_who_reads_or_writes_is_not_held_up(signing: Any, name: str) -> None:
    browser, _answer = signing(name)
    assert browser.get("/").status_code == 200


def test_an_administrator_may_require_it_of_all_or_of_nobody(signing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "all")
    assert signing("li")[0].get("/").headers["Location"] == SET_UP
    monkeypatch.setattr(settings, "SECOND_FACTOR", "off")
    assert signing("zhao")[0].get("/").status_code == 200


def test_a_word_that_is_none_is_no_way_to_switch_it_off() -> None:
    assert config.one_of({}, "second_factor", ("rights", "all", "off")) == "rights"
    with pytest.raises(ImproperlyConfigured):
        config.one_of({"second_factor": "no"}, "second_factor", ("rights", "all", "off"))


def test_afterwards_a_code_is_asked_for_and_a_recovery_code_does_once(signing: Any) -> None:
    first, _answer = signing("zhao")
    secret, _page = _set_up(first)
    spare = _codes(first)[0]
    browser, answer = signing("zhao")
    assert answer.headers["Location"].startswith(ASKED)
    assert browser.get("/").status_code == 302
    cache.clear()
    assert browser.post(ASKED, {"code": _code(secret)}).status_code == 302
    assert browser.get("/people/").status_code == 200
    again, _answer = signing("zhao")
    again.post(ASKED, {"code": spare})
    assert again.get("/people/").status_code == 200
    twice, _answer = signing("zhao")
    twice.post(ASKED, {"code": spare})
    assert twice.get("/people/").status_code == 302


def test_five_wrong_codes_lock_the_name(signing: Any, house: SimpleNamespace, clock: Clock) -> None:
    secret, _page = _set_up(signing("zhao")[0])
    browser, _answer = signing("zhao")
    for _number in range(5):
        assert "已锁定" not in browser.post(ASKED, {"code": "000000"}).content.decode()
    cache.clear()
    assert "已锁定 15 分钟" in browser.post(ASKED, {"code": _code(secret)}).content.decode()
    assert "已锁定 15 分钟" in signing("zhao")[1].content.decode()
    assert Entry.objects.filter(act="sign in refused", person=house.zhao.pk).count() == 5
    clock.at += timedelta(minutes=15, seconds=1)
    cache.clear()
    browser, _answer = signing("zhao")
    browser.post(ASKED, {"code": _code(secret)})
    assert browser.get("/people/").status_code == 200


def test_a_session_of_the_password_alone_ends_when_a_factor_is_set_up_elsewhere(signing: Any) -> None:
    thief, _answer = signing("zhao")
    assert thief.get("/people/").headers["Location"] == SET_UP
    _set_up(signing("zhao")[0])
    assert thief.get("/people/").headers["Location"] == SIGN_IN
    assert thief.get("/people/").headers["Location"].startswith(SIGN_IN)


def test_an_identity_provider_has_asked_already(house: SimpleNamespace) -> None:
    browser = house.browser["zhao"]
    session = browser.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 1}]
    session["account_authentication_methods_user"] = str(house.zhao.user.pk)
    session.save()
    assert browser.get("/people/").status_code == 200


def test_who_needs_one_does_not_take_it_off_and_who_does_not_may(signing: Any, house: SimpleNamespace) -> None:
    for name, stays in (("zhao", True), ("li", False)):
        browser, _answer = signing(name)
        _set_up(browser)
        browser.post("/accounts/2fa/totp/deactivate/")
        assert Authenticator.objects.filter(user=getattr(house, name).user, type="totp").exists() is stays
    assert set(Entry.objects.filter(act__startswith="factor").values_list("act", "person")) >= {
        ("factor", house.zhao.pk),
        ("factor off", house.li.pk),
    }


def test_the_secret_lies_locked_and_an_old_open_one_still_counts(signing: Any, house: SimpleNamespace) -> None:
    secret, _page = _set_up(signing("zhao")[0])
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)
    row.data = {"secret": secret}
    row.save()
    browser, _answer = signing("zhao")
    cache.clear()
    browser.post(ASKED, {"code": _code(secret)})
    assert browser.get("/people/").status_code == 200
