"""The page of channels: what an administrator enters is kept locked, tried out, and never shown again; and the person's own order."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from fakes_all import EVERY, SPOKEN, Platform
from hub_help import Clock

from qingqun.hub import deliver, vault
from qingqun.hub.deliver import entered
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.inbox import reach
from qingqun.hub.models import Contact, Credential, Entry, Person, Power, Unit

CANARY = "canary-7f3a-never-seen"


@pytest.fixture(autouse=True)
def _vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    monkeypatch.setattr("django.conf.settings.ADDRESS", "https://hub.example")


@pytest.fixture(params=sorted(SPOKEN))
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    with SPOKEN[request.param]() as fake:
        yield Platform(request.param, fake)


def _entered(platform: Platform, **changed: str) -> dict[str, str]:
    given = {key: "1" if value is True else str(value) for key, value in platform.fake.credentials.items()}
    return {"act": "keep", **given, **changed}


def _at(name: str) -> str:
    return f"/channels/?name={name}"


def test_every_channel_is_offered_and_opens(house: SimpleNamespace) -> None:
    browser = house.browser["zhao"]
    listed = browser.get("/channels/").content.decode()
    for name in EVERY:
        assert f"?name={name}" in listed
        assert browser.get(_at(name)).status_code == 200
    assert browser.get(_at("inbox")).status_code == browser.get(_at("fax")).status_code == 404


def test_what_is_entered_rings_and_is_never_shown_again(
    house: SimpleNamespace, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entered, "_check_place", lambda _given: None)  # the fakes are told their own place below
    browser, name = house.browser["zhao"], platform.name
    fields = {field.name for field in deliver.CHANNELS[name].FIELDS}
    assert browser.post(_at(name), _entered(platform)).status_code == 303
    row = Credential.objects.get(channel=name)
    held = json.loads(vault.unlock(bytes(row.locked)))
    assert set(held) <= fields
    Credential.objects.filter(pk=row.pk).update(locked=vault.lock(json.dumps({**held, "base": platform.fake.base, "private": True})))
    page = browser.get(_at(name)).content.decode()
    secrets = [str(held[field.name]) for field in deliver.CHANNELS[name].FIELDS if field.secret]
    assert not [secret for secret in secrets if secret in page]
    said = browser.post(_at(name), {"act": "try", "address": platform.address("li")}, follow=True).content.decode()
    assert "平台收下了" in said
    assert len(platform.fake.log.marks) == 1
    assert Entry.objects.filter(act="credential", person=house.zhao.pk).count() == 1
    platform.fake.answer = platform.refuse
    assert "没有发成" in browser.post(_at(name), {"act": "try", "address": platform.address("li")}, follow=True).content.decode()


def test_a_secret_left_empty_stays_and_the_rest_changes(house: SimpleNamespace) -> None:
    browser = house.browser["zhao"]
    browser.post(_at("wecom"), {"act": "keep", "corpid": "ww1", "agentid": "7", "corpsecret": CANARY, "form": "card"})
    browser.post(_at("wecom"), {"act": "keep", "corpid": "ww2", "agentid": "7", "corpsecret": "", "form": "text"})
    row = Credential.objects.get()
    assert json.loads(vault.unlock(bytes(row.locked))) == {"corpid": "ww2", "agentid": "7", "corpsecret": CANARY, "form": "text"}
    assert CANARY.encode() not in bytes(row.locked)
    assert CANARY not in browser.get(_at("wecom")).content.decode()


@pytest.mark.parametrize(
    ("name", "changed", "why"),
    [
        ("wecom", {"corpid": ""}, "企业 ID"),
        ("wecom", {"agentid": "七"}, "应为数字"),
        ("wecom", {"form": "voice"}, "给出的几项"),
        ("wecom", {"corpsecret": ""}, "应用 Secret"),
        ("ntfy", {"base": "http://ntfy.example"}, "https://"),
        ("ntfy", {"base": "https://li:pw@ntfy.example"}, "https://"),
        ("ntfy", {"base": "ftp://ntfy.example"}, "https://"),
        ("ntfy", {"base": "https://[::1"}, "https://"),
        ("ntfy", {"token": "x" * 2_001}, "太长"),
    ],
)
def test_what_is_wrong_is_said_without_repeating_it(house: SimpleNamespace, name: str, changed: dict[str, str], why: str) -> None:
    whole = {
        "wecom": {"corpid": "ww", "agentid": "7", "corpsecret": CANARY, "form": "card"},
        "ntfy": {"base": "https://n.example", "token": CANARY},
    }
    page = house.browser["zhao"].post(_at(name), {"act": "keep", **whole[name], **changed}, follow=True).content.decode()
    assert why in page
    assert CANARY not in page
    assert not Credential.objects.exists()


def test_a_channel_is_stopped_and_started(house: SimpleNamespace) -> None:
    browser = house.browser["zhao"]
    browser.post(_at("ntfy"), {"act": "keep", "base": "https://n.example"})
    assert set(deliver.opened()) == {"ntfy"}
    browser.post(_at("ntfy"), {"act": "stop"})
    assert deliver.opened() == {}
    assert "已停用" in browser.get("/channels/").content.decode()
    browser.post(_at("ntfy"), {"act": "start"})
    assert set(deliver.opened()) == {"ntfy"}


def test_a_lost_key_is_told_and_the_credential_entered_anew(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.browser["zhao"]
    browser.post(_at("ntfy"), {"act": "keep", "base": "https://n.example"})
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode())
    assert "打不开" in browser.get(_at("ntfy")).content.decode()
    browser.post(_at("ntfy"), {"act": "keep", "base": "https://m.example"})
    assert deliver.opened()["ntfy"].credentials["base"] == "https://m.example"


def test_an_administrator_of_a_part_does_not_see_the_credentials_of_the_whole(house: SimpleNamespace) -> None:
    east = Unit.objects.get(name="东社区")
    Power.objects.filter(person=house.zhao).update(unit=east)
    assert house.browser["zhao"].get("/channels/").status_code == 403
    assert house.browser["zhao"].post(_at("ntfy"), {"act": "keep", "base": "https://n.example"}).status_code == 403
    assert not Credential.objects.exists()


def test_trying_out_counts_in_the_bucket(house: SimpleNamespace) -> None:
    limit = deliver.CHANNELS["ntfy"].LIMITS.credential
    assert isinstance(limit, Rate)
    room = limit.number // 2
    with SPOKEN["ntfy"]() as fake:
        credentials = {**fake.credentials}
        Credential.objects.create(channel="ntfy", name="1", locked=vault.lock(json.dumps(credentials)))
        said = [
            house.browser["zhao"].post(_at("ntfy"), {"act": "try", "address": "li"}, follow=True).content.decode()
            for _ring in range(room + 1)
        ]
    assert "正忙" in said[-1]
    assert len(fake.log.marks) == room


# --- the person's own choice


@pytest.fixture
def ways(house: SimpleNamespace) -> SimpleNamespace:
    for rank, (channel, address) in enumerate({"smtp": "li@office.example", "wecom": "li", "matrix": "@li:office.example"}.items()):
        Contact.objects.create(person=house.li, channel=channel, address=address, rank=rank)
    return house


def _order(person: Person) -> list[tuple[str, bool]]:
    return [(one.channel, one.off) for one in reach.ways(person.pk)]


def test_a_person_chooses_what_rings_first_and_what_not_at_all(ways: SimpleNamespace) -> None:
    browser = ways.browser["li"]
    page = browser.get("/mine/reach/").content.decode()
    assert page.index("邮件") < page.index("企业微信") < page.index("Matrix")
    browser.post("/mine/reach/", {"act": "first", "channel": "matrix"})
    browser.post("/mine/reach/", {"act": "off", "channel": "smtp"})
    assert _order(ways.li) == [("matrix", False), ("wecom", False), ("smtp", True)]
    assert "只在紧急时提醒" in browser.get("/mine/reach/").content.decode()
    browser.post("/mine/reach/", {"act": "first", "channel": "smtp"})
    assert _order(ways.li) == [("smtp", False), ("matrix", False), ("wecom", False)]


def test_nobody_chooses_for_another_or_a_channel_they_do_not_have(ways: SimpleNamespace) -> None:
    before = _order(ways.li)
    ways.browser["stranger"].post("/mine/reach/", {"act": "off", "channel": "smtp"})
    ways.browser["li"].post("/mine/reach/", {"act": "off", "channel": "sms_aliyun"})
    ways.browser["li"].post("/mine/reach/", {"act": "address", "channel": "smtp", "address": "evil@example"})
    assert _order(ways.li) == before
    assert Contact.objects.get(person=ways.li, channel="smtp").address == "li@office.example"


def test_what_is_off_rings_in_an_emergency_only(ways: SimpleNamespace, noon: Clock) -> None:
    from page_help import delivery, sent  # noqa: PLC0415  only here

    from qingqun.hub.deliver.due import due  # noqa: PLC0415  same
    from qingqun.hub.models import Attempt, Delivery  # noqa: PLC0415  same

    for channel in ("smtp", "wecom", "matrix"):
        reach.off(ways.li.pk, channel, noon())
    number = delivery(sent(ways, noon(), audience={"persons": [ways.li.pk]}), ways.li)
    Delivery.objects.filter(pk=number).update(ring_after=noon())
    due(noon(), "routine", ["smtp", "wecom"], None)
    assert not Attempt.objects.exists()
    Delivery.objects.filter(pk=number).update(ring_after=noon(), lane="emergency")
    due(noon(), "emergency", ["smtp", "wecom"], None)
    assert Attempt.objects.get().channel == "smtp"


def test_every_field_of_every_channel_is_on_its_page(house: SimpleNamespace) -> None:
    for name in EVERY:
        page: Any = house.browser["zhao"].get(_at(name)).content.decode()
        assert all(f'name="{field.name}"' in page for field in deliver.CHANNELS[name].FIELDS)
