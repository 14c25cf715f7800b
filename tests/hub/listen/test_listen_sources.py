"""What comes in from a platform: only what is signed, near in time, from a group, and once."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import listen_help as said
import pytest
from django.test import Client
from hub_help import beijing
from hypothesis import given
from hypothesis import strategies as st

from qingqun.hub.listen import SOURCES, receive
from qingqun.hub.listen.call import Call, Turned
from qingqun.hub.listen.envelope import feishu, wecom
from qingqun.hub.models import Bucket, Chatroom, Heard
from qingqun.hub.moment import from_ms

VECTORS = json.loads(Path("tests/data/listen/wecom-vectors.json").read_text(encoding="utf-8"))
SECRET = {"corpid": VECTORS["receive_id"], "token": VECTORS["token"], "key": VECTORS["encoding_aes_key"]}
AT = beijing("2026-03-11 22:10")
EVERY = sorted(SOURCES)


def _bind(office: SimpleNamespace, source: str, at: Any = AT) -> Chatroom:
    said.switch_on(source)
    assert receive(source, said.call(source, "先认识一下这个群", at), at).status == 200
    room = Chatroom.objects.get(source=source)
    Chatroom.objects.filter(pk=room.pk).update(unit=office.street)
    return room


def test_the_published_vectors_of_wecom_hold() -> None:
    check, at = VECTORS["verify_url"], from_ms(int(VECTORS["verify_url"]["timestamp"]) * 1000)
    query = {key: check[key] for key in ("msg_signature", "timestamp", "nonce", "echostr")}
    greeting = SOURCES["wecom"].greet(Call("GET", query, {}, b""), SECRET, at)
    assert greeting.isdigit()
    bad = query | {"nonce": VECTORS["verify_url_bad"]["nonce"]}
    with pytest.raises(Turned, match="forged"):
        SOURCES["wecom"].greet(Call("GET", bad, {}, b""), SECRET, at)
    with pytest.raises(Turned, match="stale"):
        SOURCES["wecom"].greet(Call("GET", query, {}, b""), SECRET, at + timedelta(minutes=11))


def test_a_message_to_an_application_of_the_vectors_is_between_two_people_and_not_read() -> None:
    one, at = VECTORS["decrypt"], from_ms(int(VECTORS["decrypt"]["timestamp"]) * 1000)
    body = f"<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[{one['encrypt']}]]></Encrypt></xml>".encode()
    query = {key: one[key] for key in ("msg_signature", "timestamp", "nonce")}
    assert SOURCES["wecom"].hear(Call("POST", query, {}, body), SECRET, at) == ((), 1)
    assert "messense" in wecom(SECRET["key"], SECRET["corpid"], one["encrypt"])
    with pytest.raises(Turned):
        wecom(SECRET["key"], "another-corp", one["encrypt"])


def test_the_documented_vector_of_feishu_opens() -> None:
    assert feishu("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=") == "hello world"


@given(st.binary(max_size=200))
def test_no_envelope_breaks_its_opener(noise: bytes) -> None:
    for opened in (lambda text: wecom(SECRET["key"], "x", text), lambda text: feishu("key", text)):
        with pytest.raises(Turned):
            opened(base64.b64encode(noise).decode())  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("source", EVERY)
def test_a_source_is_not_there_until_it_is_switched_on(listening_lite: SimpleNamespace, source: str) -> None:
    assert receive(source, said.call(source, "请报送", AT), AT).status == 404
    said.switch_on(source, active=False)
    assert receive(source, said.call(source, "请报送", AT), AT).status == 404
    assert not Chatroom.objects.exists()


@pytest.mark.parametrize("source", EVERY)
def test_of_a_chat_without_a_unit_nothing_is_kept_but_its_count(listening_lite: SimpleNamespace, source: str) -> None:
    room = _bind(listening_lite, source)
    assert (room.passed, Heard.objects.count()) == (1, 0)
    assert receive(source, said.call(source, "请报送", AT), AT).status == 200
    assert Heard.objects.get().person == listening_lite.li


@pytest.mark.parametrize("source", EVERY)
def test_what_is_heard_twice_stands_in_the_queue_once(listening: SimpleNamespace, source: str) -> None:
    _bind(listening, source)
    one = said.call(source, "请报送", AT)
    assert [receive(source, one, AT).status for _time in range(3)] == [200, 200, 200]
    assert Heard.objects.count() == 1


@pytest.mark.parametrize("source", EVERY)
def test_one_to_one_chats_are_refused(listening_lite: SimpleNamespace, source: str) -> None:
    _bind(listening_lite, source)
    receive(source, said.call(source, "只说给你听", AT, private=True), AT)
    assert not Heard.objects.exists()
    assert Bucket.objects.get(key=f"listen:{source}:private").tokens == 1


@pytest.mark.parametrize("source", EVERY)
def test_a_forged_call_leaves_nothing_but_its_count(listening_lite: SimpleNamespace, source: str) -> None:
    _bind(listening_lite, source)
    good = said.call(source, "请报送", AT)
    unsigned = good._replace(query={}, headers={})
    wrong = good._replace(query=dict.fromkeys(good.query, "1"), headers={name: value[:-2] + "xx" for name, value in good.headers.items()})
    for forged in (unsigned, wrong):
        assert receive(source, forged, AT).status == 403
    assert not Heard.objects.exists()
    assert Bucket.objects.filter(key__startswith=f"listen:{source}:").count() >= 1


@pytest.mark.parametrize("source", ["wecom", "feishu", "onebot"])
def test_a_body_that_was_changed_on_the_way_is_forged(listening_lite: SimpleNamespace, source: str) -> None:
    _bind(listening_lite, source)
    one, other = said.call(source, "请报送", AT), said.call(source, "请不要报送", AT)
    assert receive(source, one._replace(body=other.body), AT).status == 403


@pytest.mark.parametrize("source", ["wecom", "feishu", "dingtalk", "onebot"])
def test_an_old_call_is_a_replay(listening_lite: SimpleNamespace, source: str) -> None:
    _bind(listening_lite, source)
    one = said.call(source, "请报送", AT)
    assert receive(source, one, AT + timedelta(hours=2)).status == 403
    assert receive(source, one, AT - timedelta(hours=2)).status == 403


def test_a_push_of_the_past_is_passed_over(listening_lite: SimpleNamespace) -> None:
    _bind(listening_lite, "chatlab")
    answer = receive("chatlab", said.call("chatlab", "请报送", AT - timedelta(days=2)), AT)
    assert (answer.status, json.loads(answer.body)) == (200, {"taken": 0})


def test_three_equal_receipts_in_one_push_are_three(listening_lite: SimpleNamespace) -> None:
    _bind(listening_lite, "chatlab")
    one = said.call("chatlab", "收到", AT, number="")
    told = json.loads(one.body)
    told["messages"] *= 3
    lines = [{"_type": "header", "meta": told["meta"]}, *({"_type": "message", **message} for message in told["messages"])]
    in_lines = "\n".join(json.dumps(line) for line in lines).encode()
    assert json.loads(receive("chatlab", one._replace(body=json.dumps(told).encode()), AT).body) == {"taken": 3}
    assert json.loads(receive("chatlab", one._replace(body=in_lines), AT).body) == {"taken": 0}


@pytest.mark.parametrize("source", EVERY)
def test_a_large_call_is_not_read(listening_lite: SimpleNamespace, source: str) -> None:
    said.switch_on(source)
    large = said.call(source, "请报送", AT)._replace(body=b"{" * (SOURCES[source].LARGEST + 1))
    assert receive(source, large, AT).status == 413


def test_feishus_check_of_the_address_is_answered_with_its_challenge(listening_lite: SimpleNamespace) -> None:
    said.switch_on("feishu")
    check = {"type": "url_verification", "token": "verify-token", "challenge": "c-1"}
    answer = receive("feishu", Call("POST", {}, {}, said.seal_feishu(check)), AT)
    assert json.loads(answer.body) == {"challenge": "c-1"}
    assert receive("feishu", Call("POST", {}, {}, said.seal_feishu(check | {"token": "x"})), AT).status == 403
    assert receive("feishu", Call("POST", {}, {}, json.dumps(check).encode()), AT).status == 403  # not sealed


def test_another_tenants_event_is_forged(listening_lite: SimpleNamespace) -> None:
    _bind(listening_lite, "feishu")
    assert receive("feishu", said.call("feishu", "请报送", AT, tenant="tenant-2"), AT).status == 403


def test_a_callback_of_another_corporation_is_forged(listening_lite: SimpleNamespace) -> None:
    said.switch_on("wecom")
    sealed = said.seal_wecom("{}", corp="ww-other")
    body = json.dumps({"encrypt": sealed}).encode()
    assert receive("wecom", Call("POST", said.sign_wecom(sealed, AT), {}, body), AT).status == 403


@pytest.mark.parametrize("inside", ["[]", "{", '{"chattype": "group"}', '{"chattype": "group", "msgid": [], "chatid": {}}'])
def test_what_is_signed_and_makes_no_sense_is_said_to_be_so(listening_lite: SimpleNamespace, inside: str) -> None:
    said.switch_on("wecom")
    sealed = said.seal_wecom(inside)
    body = json.dumps({"encrypt": sealed}).encode()
    assert receive("wecom", Call("POST", said.sign_wecom(sealed, AT), {}, body), AT).status in {200, 400}
    assert not Heard.objects.exists()


def test_codes_of_qq_are_read_as_words(listening_lite: SimpleNamespace) -> None:
    from_codes = SOURCES["onebot"]._parts("[CQ:at,qq=all] 请&#91;尽快&#93;报送[CQ:image,file=a.jpg]")
    assert from_codes == [("at", "all"), ("image", ""), ("text", " 请[尽快]报送")]


def test_the_address_takes_calls_without_a_form_mark_and_no_other_way(listening_lite: SimpleNamespace) -> None:
    said.switch_on("onebot")
    browser = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    one = said.call("onebot", "请报送", AT)
    sent = browser.post("/listen/onebot/", one.body, content_type="application/json", headers={"X-Signature": one.headers["x-signature"]})
    assert sent.status_code == 200
    assert browser.post("/listen/onebot/", one.body, content_type="application/json").status_code == 403
    assert browser.post("/listen/nowhere/", b"{}", content_type="application/json").status_code == 404
    assert browser.put("/listen/onebot/", b"{}", content_type="application/json").status_code == 405
    assert browser.post("/listen/onebot/", b"x" * 300_000, content_type="application/json").status_code == 413
