"""Group robots say one summary a day at most, on working days, only where switched on; a refusal inside a 200 is one."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from cryptography.fernet import Fernet
from fakes_http import FakePlatform, Heard, Told
from hub_help import Clock, beijing, written

from qingqun.hub import accept, story, vault
from qingqun.hub.deliver import summary
from qingqun.hub.deliver.robots import ROBOTS
from qingqun.hub.models import Credential, Notice, Unit

SECRETS = {
    "robot_wecom": {"key": "k-1"},
    "robot_dingtalk": {"token": "t-1", "secret": "SEC1"},
    "robot_feishu": {"hook": "h-1", "secret": "s-1"},
}


class FakeRobot(FakePlatform):
    """All three groups' robots in one: each checks its key or signature."""

    SECRETS: ClassVar[dict[str, str]] = {}

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        said = heard.json.get("text") or heard.json["content"]
        return "", heard.path, (said.get("content") or said.get("text")).encode()

    def says(self, word: str, heard: Heard) -> Told:
        number = {"ok": 0, "refuse": 40058, "later": 45009}.get(word, 0) if self._genuine(heard) else 93000
        return 200, {"errcode": number, "code": number, "msg": "ok"}

    def _genuine(self, heard: Heard) -> bool:
        if heard.path == "/cgi-bin/webhook/send":
            return heard.query["key"] == "k-1"
        if heard.path == "/robot/send":
            digest = hmac.new(b"SEC1", f"{heard.query['timestamp']}\nSEC1".encode(), hashlib.sha256).digest()
            return heard.query["access_token"] == "t-1" and heard.query["sign"] == base64.b64encode(digest).decode()
        digest = hmac.new(f"{heard.json['timestamp']}\ns-1".encode(), b"", hashlib.sha256).digest()
        return heard.path.endswith("/hook/h-1") and heard.json["sign"] == base64.b64encode(digest).decode()


@pytest.fixture(autouse=True)
def _vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    monkeypatch.setattr("django.conf.settings.ADDRESS", "https://hub.example")


@pytest.fixture
def group() -> Iterator[FakeRobot]:
    with FakeRobot() as fake:
        yield fake


@pytest.fixture(params=sorted(ROBOTS))
def house(request: pytest.FixtureRequest, office_lite: SimpleNamespace, group: FakeRobot) -> SimpleNamespace:
    office = office_lite
    held = {**SECRETS[request.param], "unit": "和平街道", "at": "16:40", "base": group.base, "private": True}
    office.robot = Credential.objects.create(channel=request.param, name="1", locked=vault.lock(json.dumps(held)), active=True)
    office.group, office.clock = group, Clock(beijing("2026-03-12 16:45"))
    accept.accept(written(office, title="报送统计表"), story._plan, beijing("2026-03-12 09:00"))
    accept.accept(written(office, title="找小李谈话", audience={"persons": [office.li.pk]}), story._plan, beijing("2026-03-12 09:30"))
    return office


def _said(house: SimpleNamespace) -> list[str]:
    summary.summarise(house.clock)
    return [body.decode() for body in house.group.log.bodies]


def test_the_day_is_told_once_with_what_was_for_all_and_nothing_else(house: SimpleNamespace) -> None:
    (text,) = _said(house)
    assert "1. 报送统计表" in text
    assert "谈话" not in text
    assert "https://hub.example" in text
    house.clock.at += timedelta(minutes=5)
    assert len(_said(house)) == 1
    house.clock.at = beijing("2026-03-13 16:50")
    assert len(_said(house)) == 1  # nothing was sent that day


@pytest.mark.parametrize("at", ["2026-03-12 16:30", "2026-03-12 17:45", "2026-03-14 16:45", "2026-03-12 03:00"])
def test_at_no_other_hour_and_on_no_day_of_rest(house: SimpleNamespace, at: str) -> None:
    Notice.objects.update(accepted_at=beijing(at) - timedelta(hours=1))
    house.clock.at = beijing(at)
    assert _said(house) == []


def test_off_is_off_and_a_lost_answer_is_not_said_twice(house: SimpleNamespace) -> None:
    Credential.objects.update(active=False)
    assert _said(house) == []
    Credential.objects.update(active=True)
    house.group.answer = "cut_after"
    assert len(_said(house)) == len(_said(house)) == 1


def test_what_was_taken_back_or_is_urgent_is_not_told(house: SimpleNamespace) -> None:
    Notice.objects.update(withdrawn_at=house.clock())
    assert _said(house) == []
    Unit.objects.filter(name="和平街道").update(name="别的街道")
    Notice.objects.update(withdrawn_at=None)
    assert _said(house) == []


@pytest.mark.parametrize(
    ("word", "state", "again"), [("ok", "sent", False), ("refuse", "refused", False), ("500", "refused", True), ("html", "unknown", False)]
)
def test_a_robot_is_tried_out(house: SimpleNamespace, word: str, state: str, again: bool) -> None:
    house.group.answer = word
    held: dict[str, Any] = json.loads(vault.unlock(bytes(house.robot.locked)))
    outcome = summary.tried(house.robot.channel, held)
    assert (outcome.state, outcome.again) == (state, again)
    assert not [secret for secret in SECRETS[house.robot.channel].values() if secret in outcome.word]
