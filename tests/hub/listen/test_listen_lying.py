"""A platform that is signed and lies, a caller that is not signed at all: neither stops the door, and nothing is kept that should not be."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import listen_help as said
import pytest
from hub_help import beijing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listen_forge import signed, told

from qingqun.hub.listen import SOURCES, judge_some, receive
from qingqun.hub.listen.call import Call, Turned, moment, same, word
from qingqun.hub.models import Bucket, Chatroom, Credential, Heard, Identity, Notice, Person
from qingqun.hub.moment import from_ms, to_ms

AT = beijing("2026-03-11 22:10")
EVERY = sorted(SOURCES)
STATUSES = {200, 400, 403, 404, 405, 413}


def _bound(office: SimpleNamespace, source: str) -> None:
    said.switch_on(source)
    assert receive(source, signed(source, told(source, "先认识一下", AT, "first"), AT), AT).status == 200
    Chatroom.objects.filter(source=source).update(unit=office.street)


@pytest.mark.parametrize("source", EVERY)
def test_half_an_emoji_is_heard_and_not_a_fault(listening_lite: SimpleNamespace, source: str) -> None:
    _bound(listening_lite, source)
    call = signed(source, told(source, "收到\ud83d", AT, "half", sender="li\udc00"), AT)
    assert receive(source, call, AT).status == 200
    assert Heard.objects.count() == 1
    assert judge_some(AT) == 1


@pytest.mark.parametrize("source", ["dingtalk", "chatlab"])
def test_a_chats_name_with_signs_that_no_database_takes_is_kept_without_them(listening: SimpleNamespace, source: str) -> None:
    said.switch_on(source)
    inside = told(source, "你好", AT)
    (inside.get("meta") or inside)["name" if "meta" in inside else "conversationTitle"] = "防汛\x00群\ud83d"
    assert receive(source, signed(source, inside, AT), AT).status == 200
    assert Chatroom.objects.get().name.startswith("防汛群")


def test_a_seal_that_is_no_text_is_forged_before_anything_is_opened(listening_lite: SimpleNamespace) -> None:
    said.switch_on("wecom")
    query = {"msg_signature": "x", "timestamp": "1", "nonce": "n"}
    for body in (
        b'{"encrypt": "\\ud800"}',
        b'{"encrypt": ["a"]}',
        b'{"encrypt": null}',
        b"{}",
        b"<xml></xml>",
        "<xml><Encrypt>é</Encrypt></xml>".encode(),
    ):
        assert receive("wecom", Call("POST", query, {}, body), AT).status == 403
    assert Bucket.objects.get(key="listen:wecom:forged").tokens == 6


@pytest.mark.parametrize(
    ("source", "path", "value"),
    [
        ("dingtalk", ("content",), {"richText": 5}),
        ("dingtalk", ("text",), "只是一串字"),
        ("feishu", ("event", "message", "mentions"), 7),
        ("feishu", ("event", "message", "content"), '{"title": "题", "content": 9}'),
        ("wecom", ("mixed",), {"msg_item": 3}),
        ("onebot", ("message",), {"type": "text"}),
    ],
)
def test_what_should_be_a_list_and_is_none_is_read_as_an_empty_one(
    listening_lite: SimpleNamespace, source: str, path: tuple[str, ...], value: Any
) -> None:
    _bound(listening_lite, source)
    inside = told(source, "", AT, "odd")
    if source == "wecom":
        inside["msgtype"] = "mixed"
    here = inside
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    assert receive(source, signed(source, inside, AT), AT).status == 200
    assert Heard.objects.count() == 1


@pytest.mark.parametrize("messages", [5, "x", {"a": 1}, None, [1, "2", None]])
def test_a_push_whose_messages_are_no_list_brings_nothing(listening_lite: SimpleNamespace, messages: Any) -> None:
    said.switch_on("chatlab")
    inside = told("chatlab", "", AT) | {"messages": messages}
    reply = receive("chatlab", signed("chatlab", inside, AT), AT)
    assert (reply.status, json.loads(reply.body)) == (200, {"taken": 0})


@pytest.mark.parametrize("when", [10**15 - 1, 1])
def test_a_message_of_another_age_is_turned_away_and_stops_no_batch(listening_lite: SimpleNamespace, when: int) -> None:
    _bound(listening_lite, "dingtalk")
    far = told("dingtalk", "请各社区今晚报送统计表，收到请回复。", AT, "far") | {"createAt": when}
    assert receive("dingtalk", signed("dingtalk", far, AT), AT).status == 403
    near = told("dingtalk", "请各社区今晚报送统计表，收到请回复。", AT, "near")
    assert receive("dingtalk", signed("dingtalk", near, AT), AT).status == 200
    assert judge_some(AT) == 1
    assert Heard.objects.get().judged_at == AT


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "content", "message", "meta", "messages", "richText", "type", "data"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("source", EVERY)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_signed_call_holds_it_gets_an_answer(listening_lite: SimpleNamespace, source: str, data: st.DataObject) -> None:
    if not Credential.objects.exists():
        _bound(listening_lite, source)
    whole = told(source, "你好", AT)
    here: Any = whole
    key = data.draw(st.sampled_from(sorted(here)))
    while isinstance(here[key], dict) and data.draw(st.booleans()):
        here = here[key]
        key = data.draw(st.sampled_from(sorted(here)))
    here[key] = data.draw(_JSON)
    assert receive(source, signed(source, whole, AT), AT).status in STATUSES


@given(value=st.none() | st.booleans() | st.integers() | st.text(st.characters()) | st.lists(st.integers(), max_size=2))
def test_a_word_can_always_be_written_down(value: Any) -> None:
    text = word(value)
    assert "\0" not in text
    assert text.encode().decode() == text
    assert not same("", text)


@given(stamp=st.integers(0, 10**15 - 1), unit=st.sampled_from([1, 1000]))
def test_a_stamp_is_a_moment_that_a_calendar_has_or_makes_no_sense(stamp: int, unit: int) -> None:
    try:
        at = moment(stamp, unit)
    except Turned as why:
        assert (why.status, stamp * 1000 // unit > to_ms(beijing("9998-12-31 00:00"))) == (400, True)  # noqa: PT017  it need not be raised
    else:
        assert at == moment(str(stamp), unit) == stamp * 1000 // unit == to_ms(from_ms(at))


@pytest.mark.parametrize("source", EVERY)
def test_a_credential_of_another_vault_opens_no_door(listening_lite: SimpleNamespace, source: str) -> None:
    said.switch_on(source)
    Credential.objects.update(locked=b"of another vault")
    assert receive(source, said.call(source, "你好", AT), AT).status == 404
    assert not Bucket.objects.exists()
    assert not Chatroom.objects.exists()


@pytest.mark.parametrize("source", EVERY)
def test_switched_off_it_hears_nothing_more_and_on_again_it_does(listening_lite: SimpleNamespace, source: str) -> None:
    _bound(listening_lite, source)
    said.switch_on(source, active=False)
    assert receive(source, signed(source, told(source, "一", AT, "1"), AT), AT).status == 404
    assert not Heard.objects.exists()
    said.switch_on(source)
    assert receive(source, signed(source, told(source, "二", AT, "2"), AT), AT).status == 200
    assert Heard.objects.count() == 1


@pytest.mark.parametrize("source", EVERY)
def test_a_replay_after_it_was_judged_is_still_the_same_message(listening_lite: SimpleNamespace, source: str) -> None:
    _bound(listening_lite, source)
    call = signed(source, told(source, "收到", AT, "once"), AT)
    receive(source, call, AT)
    judge_some(AT)
    assert receive(source, call, AT + timedelta(minutes=5)).status == 200
    assert Heard.objects.get().judged_at == AT
    assert judge_some(AT) == 0


def test_a_clock_that_jumps_back_hears_nothing_twice(listening: SimpleNamespace) -> None:
    _bound(listening, "onebot")
    call = signed("onebot", told("onebot", "请各社区今晚报送统计表，收到请回复。", AT, "once"), AT)
    receive("onebot", call, AT)
    assert judge_some(AT) == 1
    back = AT - timedelta(minutes=8)
    receive("onebot", call, back)
    assert judge_some(back) == 0
    assert (Heard.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize("change", ["left", "parted"])
def test_who_left_or_was_parted_is_no_known_sender(listening: SimpleNamespace, change: str) -> None:
    if change == "left":
        Person.objects.filter(pk=listening.li.pk).update(left_at=AT)
    else:
        Identity.objects.filter(person=listening.li).update(parted_at=AT)
    _bound(listening, "onebot")
    receive("onebot", signed("onebot", told("onebot", "请各社区今晚报送统计表，收到请回复。", AT), AT), AT)
    judge_some(AT)
    assert Heard.objects.get().person is None
    assert not Notice.objects.exists()


def test_one_sources_names_say_nothing_on_another(listening_lite: SimpleNamespace) -> None:
    Identity.objects.filter(platform="feishu").delete()
    for source in ("onebot", "feishu"):
        _bound(listening_lite, source)
        receive(source, signed(source, told(source, "你好", AT, "1"), AT), AT)
    assert sorted((one.source, one.person_id) for one in Heard.objects.all()) == [("feishu", None), ("onebot", listening_lite.li.pk)]
    assert Heard.objects.values("sender").distinct().count() == 2
