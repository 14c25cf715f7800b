"""A canary in every secret: every channel fails in every documented way, and the canary is found in no log, no row and no page."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from canary_help import found_in_rows
from cryptography.fernet import Fernet
from fakes import FakeSmtp
from fakes_all import ASKED, EVERY, SPOKEN, TOKENED, Platform
from fakes_http import TOKEN_WORDS, WORDS
from hub_help import Clock, written
from page_help import signed_in
from post_help import Post

from qingqun.hub import accept, sql, story, vault
from qingqun.hub.deliver import CHANNELS, Opened, passes, prove, speak, wire
from qingqun.hub.deliver.robots import ROBOTS
from qingqun.hub.deliver.summary import tried
from qingqun.hub.models import Contact, Credential, Power

CANARY = "canary-7f3a"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    monkeypatch.setattr(passes, "_QUIET", 0.0)
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)


@pytest.fixture(params=sorted(SPOKEN))
def platform(request: pytest.FixtureRequest, office_lite: SimpleNamespace) -> Iterator[Platform]:
    """Give a platform whose secrets are canaries, and which issues tokens that are."""
    with SPOKEN[request.param]() as fake:
        secret = {field.name for field in CHANNELS[request.param].FIELDS if field.secret}
        fake.SECRETS = {key: f"{CANARY}-{key}" if key in secret else value for key, value in fake.SECRETS.items()}  # type: ignore[misc]  # its own
        fake.TOKEN = f"{CANARY}-token"
        yield Platform(request.param, fake)


def test_no_failure_lets_a_secret_out(
    platform: Platform, office_lite: SimpleNamespace, morning: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    credentials = platform.fake.credentials
    Credential.objects.create(channel=platform.name, name="1", locked=vault.lock(json.dumps(credentials)))
    Contact.objects.create(person=office_lite.li, channel=platform.name, address=platform.address("li"))
    post = Post(morning, **{platform.name: credentials})
    met = set[str]()
    for answer, token, worn in _failures(platform.name):
        platform.fake.answer = _noting(met, answer)
        platform.fake.token, platform.fake.worn = token, worn
        passes._denied.clear()
        for kept in ("pass", "bucket"):
            sql.run(f"DELETE FROM hub_{kept}", [])
        _ring(office_lite, morning, post)
        if platform.name in ASKED:
            prove(lambda: morning() + timedelta(hours=1), "routine", post.channels[platform.name])
    assert met == set(WORDS)
    assert any(CANARY in str(heard.query) + str(heard.headers) + str(heard.body) for heard in platform.fake.heard) or _signing(platform)
    assert CANARY not in caplog.text
    assert found_in_rows(CANARY) == []
    assert _found_on_pages(office_lite, platform.name) == []


def _failures(name: str) -> list[tuple[str, str, int]]:
    tokens = [("ok", word, 0) for word in TOKEN_WORDS] if name in TOKENED else []
    return [*((word, "ok", 0) for word in WORDS), *tokens, ("ok", "ok", 1), ("ok", "ok", 99)]


def _noting(met: set[str], word: str) -> Callable[[str], str]:
    def said(_address: str) -> str:
        met.add(word)
        return word

    return said


def _ring(office: SimpleNamespace, clock: Clock, post: Post) -> None:
    accept.accept(written(office, audience={"persons": [office.li.pk]}), story._plan, clock())
    clock.at += timedelta(seconds=200)
    post.round()
    clock.at += timedelta(seconds=40)


def _signing(platform: Platform) -> bool:
    """Tell whether the platform's secret signs and is never sent."""
    return platform.name in {"sms_aliyun", "sms_tencent", "dinggov"}


def _found_on_pages(office: SimpleNamespace, name: str) -> list[str]:
    Power.objects.create(person=office.zhang, unit=office.street, right="administrator")
    browser = signed_in(office.zhang, "zhang")
    addresses = ["/channels/", f"/channels/?name={name}", "/mine/", "/", "/record/"]
    return [address for address in addresses if CANARY in browser.get(address, follow=True).content.decode()]


@pytest.mark.usefixtures("lite")
@pytest.mark.parametrize("answer", ["ok", "refuse", "later", "cut_before", "cut_after"])
def test_neither_does_mail(answer: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeSmtp(answer) as mail:
        credentials = {**mail.credentials, "user": "qingqun", "password": CANARY}
        (told,) = list(Opened("smtp", CHANNELS["smtp"], credentials).channel.send(Platform("smtp", mail).messages("li"), credentials))
    assert CANARY not in str(told)
    assert not [record for record in caplog.records if CANARY in record.getMessage() and not record.name.startswith("mail.")]


@pytest.mark.usefixtures("lite")
def test_an_error_of_the_house_itself_shows_none_either(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a connection's own error says (an address with a token in it), what is raised and logged does not."""
    for name in EVERY:
        if name in {"smtp", "webhook"}:
            continue
        with SPOKEN[name]() as fake:
            monkeypatch.setattr(speak, "ask_over", _broken)
            outcomes = Platform(name, fake).said("li")
        assert CANARY not in f"{outcomes}{caplog.text}"
        monkeypatch.undo()
        monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)


def _broken(*_given: Any, **_named: Any) -> Any:
    raise httpx2.ReadTimeout(f"https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token={CANARY}")


@pytest.mark.parametrize("name", sorted(ROBOTS))
def test_a_groups_robot_lets_none_out(name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.DEBUG)
    held = {field.name: CANARY for field in ROBOTS[name].FIELDS}
    told = [tried(name, {**held, "base": "http://127.0.0.1:9", "private": True}), tried(name, {**held, "base": "https://169.254.1.1"})]
    monkeypatch.setattr(speak, "ask_over", _broken)
    told.append(tried(name, held))
    monkeypatch.setattr(
        speak, "ask_over", lambda *_given, **_named: wire.Answer(200, {}, b'{"errcode": "%s", "code": "no"}' % CANARY.encode())
    )
    told.append(tried(name, held))
    assert [one.state for one in told] == ["refused", "refused", "unknown", "refused"]
    assert CANARY not in f"{told}{caplog.text}"
