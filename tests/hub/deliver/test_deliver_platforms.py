"""The platforms over HTTP: tokens, answers that are none, what fits, what is asked later. Every channel that speaks HTTP is here by itself."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from fakes_all import ASKED, RINGING, SPOKEN, TOKENED, Platform
from hub_help import beijing
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qingqun.hub.deliver import cut, passes, wire
from qingqun.hub.deliver.channels import CHANNELS, dinggov, feishu, sms_aliyun, sms_tencent
from qingqun.hub.deliver.ringing import Asked, Ringing
from qingqun.hub.models import Pass

LINK = "https://hub.example.gov.cn/go/" + "WzEyMzQ1Njc4OSwxNzczMzI0MDAwXQ:1w0abc:" + "k" * 43
LONG = {"title": "报送“三季度”\\统计表\n" * 40, "summary": "请于周五前报送👨‍👩‍👧。" * 400, "unit": "和平街道", "link": LINK}
TRIED = beijing("2026-03-12 08:30")


@pytest.fixture
def _vault(lite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    passes._denied.clear()


@pytest.fixture(params=SPOKEN)
def platform(request: pytest.FixtureRequest, _vault: None) -> Iterator[Platform]:
    with SPOKEN[request.param]() as fake:
        yield Platform(request.param, fake)
        assert not fake.wrong


@pytest.fixture(params=TOKENED)
def tokened(request: pytest.FixtureRequest, _vault: None) -> Iterator[Platform]:
    with SPOKEN[request.param]() as fake:
        yield Platform(request.param, fake)


@pytest.fixture(params=ASKED)
def asked(request: pytest.FixtureRequest, _vault: None) -> Iterator[Platform]:
    with SPOKEN[request.param]() as fake:
        yield Platform(request.param, fake)


@pytest.mark.parametrize("word", ["html", "deep", "huge"])
def test_a_200_that_says_nothing_of_the_platform_is_no_success(platform: Platform, word: str) -> None:
    platform.fake.answer = word
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again) == ("unknown", False)


def test_an_answer_lost_between_two_machines_is_unknown_and_not_said_again_later(platform: Platform) -> None:
    platform.fake.answer = "504"
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, outcome.word.split()[0]) == ("unknown", False, "504")


def test_429_is_tried_again_when_the_platform_said(platform: Platform) -> None:
    platform.fake.answer = "429"
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, outcome.after) == ("refused", True, 7)


def test_a_redirect_is_not_followed(platform: Platform) -> None:
    platform.fake.answer = "redirect"
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again) == ("refused", False)


def test_what_is_cut_after_it_left_is_seen_at_most_once(platform: Platform) -> None:
    """Where the platform knows a key, it is asked again at once, and rings once; where not, nobody asks again."""
    platform.fake.answer = "cut_after"
    platform.said("li")
    assert len(platform.fake.log.marks) == 1


@pytest.mark.usefixtures("_vault")
def test_a_platform_that_knows_a_key_is_asked_again_at_once() -> None:
    for name in ("feishu", "lanxin", "matrix"):
        with SPOKEN[name]() as fake:
            words = iter(["cut_after", "ok"])
            fake.answer = lambda _address, words=words: next(words)
            (outcome,) = Platform(name, fake).said("li")
            assert (outcome.state, len(fake.log.marks)) == ("sent", 1)


def test_a_host_inside_the_house_is_reached_only_where_the_administrator_says_so(platform: Platform) -> None:
    outcomes = platform.said("li", private=False)
    assert [(outcome.state, platform.fake.heard) for outcome in outcomes] == [("refused", [])]


def test_a_link_local_host_is_never_reached(platform: Platform) -> None:
    (outcome,) = platform.said("li", base="http://169.254.169.254")
    assert (outcome.state, "address" in outcome.word) == ("refused", True)


def test_what_is_long_is_cut_to_the_platform_and_the_link_stays_whole(platform: Platform) -> None:
    for changed in (LONG, {**LONG, "summary": ""}, {**LONG, "title": "短"}):
        (message,) = platform.messages("li", **changed)
        assert len(message.body) <= platform.channel.LIMITS.longest
        assert LINK in _unpacked(message.body)
        list(platform.channel.send([message], platform.fake.credentials))
    assert len(platform.fake.log.marks) == 3
    assert all(LINK in _unpacked(body) for body in platform.fake.log.bodies)


def _unpacked(body: bytes) -> str:
    return body.decode().replace("\\\\", "\\").replace("\\/", "/")


@pytest.mark.parametrize("address", ["li|wang", "li,wang", "@all", "@ALL", "li wang", "", "13800000000,13900000000"])
def test_an_address_that_is_more_than_one_person_is_never_sent_to(platform: Platform, address: str) -> None:
    platform.fake.address = lambda _who: address
    assert [(one.state, one.word) for one in platform.said("li")] == [("refused", "address")]
    assert platform.fake.log.marks == []


# --- access tokens


def test_a_token_is_fetched_once_and_kept_for_every_worker(tokened: Platform) -> None:
    assert [one.state for one in tokened.said("li", "wang")] == ["sent", "sent"]
    assert [one.state for one in tokened.said("zhang")] == ["sent"]
    row = Pass.objects.get()
    assert (tokened.fake.issued, row.until > row.made_at) == (1, True)
    assert b"issued-token" not in bytes(row.locked)


def test_a_worn_token_is_renewed_once_when_the_platform_says_so(tokened: Platform) -> None:
    tokened.said("li")
    tokened.fake.worn = 1
    assert [one.state for one in tokened.said("wang")] == ["sent"]
    assert (tokened.fake.issued, len(tokened.fake.log.marks)) == (2, 2)


def test_a_token_that_is_always_worn_ends_in_a_refusal(tokened: Platform) -> None:
    tokened.fake.worn = 99
    (outcome,) = tokened.said("li")
    assert (outcome.state, tokened.fake.issued) == ("refused", 2)


def test_a_token_near_its_end_is_used_no_more(tokened: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    tokened.said("li")
    Pass.objects.update(until=Pass.objects.get().made_at + timedelta(seconds=200))
    assert [one.state for one in tokened.said("wang")] == ["sent"]
    assert tokened.fake.issued == 2


def test_a_token_locked_with_a_lost_key_is_fetched_anew(tokened: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    tokened.said("li")
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode())
    assert [one.state for one in tokened.said("wang")] == ["sent"]


@pytest.mark.parametrize(("word", "again"), [("refuse", False), ("later", True), ("500", True), ("html", True), ("cut_before", True)])
def test_without_a_token_nothing_left(tokened: Platform, word: str, again: bool) -> None:
    tokened.fake.token = word
    outcomes = tokened.said("li", "wang")
    assert [(one.state, one.again, one.word.startswith("token")) for one in outcomes] == [("refused", again, True)] * 2
    assert tokened.fake.log.marks == []
    assert len(tokened.fake.heard) <= 4  # a platform that says no is not asked for each message: it would block the house


# --- asked later


def test_no_news_is_no_result(asked: Platform) -> None:
    assert _result(asked, "") is None


def test_what_arrived_or_was_read_is_proven(asked: Platform) -> None:
    outcome = _result(asked, "read" if asked.name in {"dingtalk", "feishu"} else "arrived")
    assert outcome
    assert outcome.state == "delivered"


@pytest.mark.parametrize("name", ["dingtalk", "sms_aliyun", "sms_tencent"])
@pytest.mark.usefixtures("_vault")
def test_who_did_not_get_it_after_an_ok_is_found_out(name: str) -> None:
    with SPOKEN[name]() as fake:
        outcome = _result(Platform(name, fake), "refused")
        assert outcome
        assert (outcome.state, outcome.again) == ("refused", False)


def _result(platform: Platform, news: str) -> Any:
    (sent,) = platform.said("li")
    assert sent.ask > 0
    assert sent.platform_id
    platform.fake.later[platform.address("li")] = news
    ask = Asked(sent.platform_id, platform.address("li"), TRIED)
    return platform.channel.poll_result(ask, platform.fake.credentials)  # type: ignore[attr-defined]  # those that are asked have it


# --- signatures against what the documents show


def test_signatures_are_the_documents_own() -> None:
    form = {"tenantId": "1", "receiverIds": "2"}
    one = dinggov.sign("secret", "POST", "2026-03-12T08:30:00.000+08:00", "17733", "/message/workNotification", form)
    other = dinggov.sign(
        "secret", "POST", "2026-03-12T08:30:00.000+08:00", "17733", "/message/workNotification", dict(reversed(form.items()))
    )
    assert (one, len(one)) == (other, 44)
    assert len(sms_tencent.sign("secret", b"{}", "sms.tencentcloudapi.com", 1_551_113_065)) == 64
    headers = {"host": "ecs.cn-shanghai.aliyuncs.com", "x-acs-action": "RunInstances", "x-acs-content-sha256": EMPTY, "x-acs-date": "2023-10-26T10:22:32Z",
               "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d", "x-acs-version": "2014-05-26"}  # fmt: skip
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    signed = sms_aliyun.sign("YourAccessKeySecret", "POST", query, headers)
    assert signed == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- shortening


TEXTS = st.text(alphabet=st.sampled_from('报送统计表 a"\\\n👨‍👩‍👧🇨🇳é😀'), max_size=60)


@example(text="\\\\\u200d\u200d\u200d🇨🇨🇨🇨🇨\u200d \\\u200d", room=38, size=cut.in_bytes)  # a joiner before a space
@settings(max_examples=200)
@given(text=TEXTS, room=st.integers(0, 90), size=st.sampled_from([cut.in_bytes, cut.in_json, cut.in_units, len]))
def test_a_cut_fits_is_a_beginning_and_never_splits_a_character(text: str, room: int, size: Any) -> None:
    found = cut.cut(text, room, size)
    assert size(found) <= max(room, 0) or found == text
    begin = found.removesuffix(cut.MORE) if found != text else found
    assert text.startswith(begin)
    rest = text[len(begin) :]  # a joiner behind a space belongs to the space
    assert found == text or not (rest and begin and (rest[0] in "\u200d\u0301\ufe0f" or begin[-1] == "\u200d"))
    found.encode("utf-8")


def test_a_family_and_a_flag_are_one_character_each() -> None:
    assert cut.cut("好👨‍👩‍👧好好好", 8, cut.in_units) == "好…"
    assert cut.cut("好🇨🇳🇨🇳好", 7, cut.in_units) == "好🇨🇳…"
    assert cut.cut("报送统计表", 9) == "报送…"
    assert cut.cut("报", 2) == ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, summary=st.text(max_size=200), name=st.sampled_from(sorted(SPOKEN)))
def test_whatever_is_written_can_be_said_on_every_platform(title: str, summary: str, name: str) -> None:
    ringing = Ringing(1, mark="0" * 28, address="li", **{**RINGING, "title": title, "summary": summary, "link": LINK})
    message = CHANNELS[name].render(ringing, SPOKEN[name].SECRETS)
    assert len(message.body) <= CHANNELS[name].LIMITS.longest
    assert isinstance(json.loads(message.body), dict)
    assert LINK in _unpacked(message.body)


def test_a_feishu_address_says_what_kind_it_is() -> None:
    kinds = {"ou_1": "open_id", "on_1": "union_id", "li@office.example": "email", "li": "user_id"}
    assert {address: feishu.kind(address) for address in kinds} == kinds


def test_a_slow_platform_leaves_it_unknown(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    platform.fake.answer = "slow"
    assert [one.state for one in platform.said("li")] == ["unknown"]
