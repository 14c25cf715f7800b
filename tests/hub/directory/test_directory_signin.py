"""Sign-in by a platform: only whom an administrator joined, only from this browser, only from this office, and only until they are parted."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hub_help import beijing, furnish
from office_fakes import OFFICES, FakeOffice
from page_help import signed_in

from qingqun.hub import directory
from qingqun.hub.doors import joined
from qingqun.hub.models import Entry, Identity, Person, Power, User
from qingqun.hub.platforms import PLATFORMS
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")


@pytest.fixture
def door(lite: object, platform: FakeOffice) -> SimpleNamespace:
    """Give an office on a platform whose directory knows 小李, and a browser."""
    office = furnish()
    platform.switch_on()
    office.fake, office.browser = platform, _browser()
    office.identity = Identity.objects.create(
        platform=platform.PLATFORM, uid="li", union="li-union", person=office.li, joined_at=NOW, joined_by=office.zhang
    )
    platform.codes = {"good": "li", "unknown": "nobody-joined", "foreign": ""}
    return office


def _browser(agent: str = "") -> Client:
    return Client(headers={"host": "localhost", "user-agent": agent})


def _leave(office: SimpleNamespace, browser: Client | None = None) -> str:
    """Press the button; return the state that went to the platform."""
    gone = (browser or office.browser).post(f"/accounts/platform/{office.fake.PLATFORM}/login/")
    assert gone.status_code == 302
    return parse_qs(urlsplit(gone.headers["Location"]).query)["state"][0]


def _return(office: SimpleNamespace, code: str, state: str, browser: Client | None = None) -> int:
    asks = {"code": code, "state": state}
    return (browser or office.browser).get(f"/accounts/platform/{office.fake.PLATFORM}/login/callback/", asks).status_code


def _inside(browser: Client) -> bool:
    return browser.get("/topics/").status_code == 200


def test_who_is_joined_comes_in_and_gets_an_account_without_a_password(door: SimpleNamespace) -> None:
    assert _return(door, "good", _leave(door)) == 302
    assert _inside(door.browser)
    user = User.objects.get()
    assert (user.person, user.has_usable_password()) == (door.li, False)
    assert Entry.objects.get(act="account").person == door.li.pk
    again = _browser()
    door.fake.codes["second"] = "li"
    _return(door, "second", _leave(door, again), again)
    assert _inside(again)
    assert User.objects.count() == 1


def test_who_has_an_account_keeps_it(door: SimpleNamespace) -> None:
    signed_in(door.li, "li-account")
    _return(door, "good", _leave(door))
    assert _inside(door.browser)
    assert User.objects.count() == 1


@pytest.mark.parametrize("code", ["unknown", "foreign", "never-issued", "", "x" * 600])
def test_nobody_else_comes_in_or_signs_up(door: SimpleNamespace, code: str) -> None:
    assert _return(door, code, _leave(door)) == 403
    assert not _inside(door.browser)
    assert not User.objects.exists()
    assert Entry.objects.filter(act="sign in refused").count() == 1


def test_the_page_of_a_refusal_says_what_to_do(door: SimpleNamespace) -> None:
    state = _leave(door)
    page = door.browser.get(
        f"/accounts/platform/{door.fake.PLATFORM}/login/callback/", {"code": "foreign", "state": state}
    ).content.decode()
    assert "不是本单位的" in page
    assert "管理员" in page
    assert "secret" not in page


def test_another_browsers_state_an_old_one_and_none_are_refused(door: SimpleNamespace) -> None:
    other = _browser()
    state = _leave(door, other)
    assert _return(door, "good", state) == 403
    assert _return(door, "good", "made-up") == 403
    assert _return(door, "good", "") == 403
    assert _return(door, "unknown", state, other) == 403
    assert _return(door, "good", state, other) == 403  # a state is good once
    assert not _inside(other)


def test_who_cancels_there_is_not_in(door: SimpleNamespace) -> None:
    state = _leave(door)
    address = f"/accounts/platform/{door.fake.PLATFORM}/login/callback/"
    assert door.browser.get(address, {"error": "access_denied", "state": state}).status_code == 403


@pytest.mark.parametrize("word", ["500", "html", "cut_before", "deep"])
def test_a_platform_that_fails_lets_nobody_in(door: SimpleNamespace, word: str) -> None:
    state = _leave(door)
    door.fake.token = word
    assert _return(door, "good", state) == 403
    assert not _inside(door.browser)


def test_a_code_is_good_once(door: SimpleNamespace) -> None:
    _return(door, "good", _leave(door))
    other = _browser()
    assert _return(door, "good", _leave(door, other), other) == 403


def test_parted_is_out_and_stays_out_until_joined_again(door: SimpleNamespace) -> None:
    _return(door, "good", _leave(door))
    assert _inside(door.browser)
    directory.part(door.identity.pk, NOW, door.zhang.pk)
    assert not _inside(door.browser)
    door.fake.codes["later"] = "li"
    assert _return(door, "later", _leave(door)) == 403
    directory.join(door.fake.PLATFORM, "li", door.li.pk, NOW, door.zhang.pk)
    door.fake.codes["again"] = "li"
    assert _return(door, "again", _leave(door)) == 302
    assert [one.act for one in Entry.objects.filter(act__in=["join", "part"]).order_by("pk")] == ["part", "join"]


def test_who_has_left_does_not_come_in(door: SimpleNamespace) -> None:
    Person.objects.filter(pk=door.li.pk).update(left_at=NOW)
    assert _return(door, "good", _leave(door)) == 403


def test_a_switched_off_account_does_not_come_in(door: SimpleNamespace) -> None:
    signed_in(door.li, "li-account")
    User.objects.update(is_active=False)
    assert _return(door, "good", _leave(door)) == 403


def test_nobody_joins_an_account_with_a_platform_by_themselves(door: SimpleNamespace) -> None:
    browser = signed_in(door.wang, "wang")
    gone = browser.post(f"/accounts/platform/{door.fake.PLATFORM}/login/?process=connect")
    state = parse_qs(urlsplit(gone.headers["Location"]).query)["state"][0]
    assert _return(door, "unknown", state, browser) == 403
    assert Identity.objects.count() == 1


def test_what_is_off_is_not_offered_and_not_there(door: SimpleNamespace) -> None:
    assert f"/accounts/platform/{door.fake.PLATFORM}/login/" in door.browser.get("/accounts/login/").content.decode()
    door.fake.switch_on(signin=False)
    assert "/accounts/platform/" not in door.browser.get("/accounts/login/").content.decode()
    assert door.browser.post(f"/accounts/platform/{door.fake.PLATFORM}/login/").status_code == 404
    assert door.browser.get("/accounts/platform/nowhere/login/").status_code == 404


def test_the_page_lets_its_forms_lead_on_to_the_platform(door: SimpleNamespace) -> None:
    policy = door.browser.get("/accounts/login/").headers["Content-Security-Policy"]
    target = urlsplit(door.browser.post(f"/accounts/platform/{door.fake.PLATFORM}/login/").headers["Location"])
    assert f"{target.scheme}://{target.netloc}" in next(part for part in policy.split(";") if "form-action" in part)
    assert "unsafe" not in policy


def test_a_key_that_does_not_open_the_vault_closes_this_door_and_no_other(door: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAULT_KEY", "A" * 43 + "=")
    page = door.browser.get("/accounts/login/")
    assert (page.status_code, "/accounts/platform/" in page.content.decode()) == (200, False)


def test_inside_wecom_nothing_has_to_be_scanned(lite: object, wecom: FakeOffice) -> None:
    wecom.switch_on()
    inside = _browser("Mozilla/5.0 wxwork/4.1").post("/accounts/platform/wecom/login/").headers["Location"]
    outside = _browser("Mozilla/5.0").post("/accounts/platform/wecom/login/").headers["Location"]
    assert inside.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    assert inside.endswith("#wechat_redirect")
    assert outside.startswith("https://login.work.weixin.qq.com/wwlogin/sso/login?")


def test_an_account_of_an_identity_provider_is_joined_the_same_way(lite: object, monkeypatch: pytest.MonkeyPatch) -> None:
    office = furnish()
    monkeypatch.setitem(settings.GIVEN, "oidc", [{"provider_id": "county", "name": "县统一身份"}])
    assert directory.providers() == [("county", "县统一身份")]
    directory.join("county", "sub-1", office.li.pk, NOW, office.zhang.pk)
    assert joined.user_of("county", "sub-1") == User.objects.get(person=office.li)
    assert joined.user_of("county", "sub-2") is None
    assert joined.user_of("other", "sub-1") is None


def test_a_name_is_one_persons_and_an_administrators_is_joined_by_themselves(lite: object) -> None:
    office = furnish()
    directory.join("wecom", "li", office.li.pk, NOW, office.zhang.pk)
    with pytest.raises(Refused, match="别人的"):
        directory.join("wecom", "li", office.wang.pk, NOW, office.zhang.pk)
    Power.objects.create(person=office.wang, unit=office.street, right="administrator")
    with pytest.raises(Refused, match="本人"):
        directory.join("wecom", "wang", office.wang.pk, NOW, office.zhang.pk)
    directory.join("wecom", "wang", office.wang.pk, NOW, office.wang.pk)


def test_every_platform_is_tried_here() -> None:
    assert sorted(PLATFORMS) == sorted(OFFICES)
