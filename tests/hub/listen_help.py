"""Platforms that call: each signs as its documents say."""

import base64
import hmac
import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1, sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from qingqun.hub import vault
from qingqun.hub.listen import CHANNEL
from qingqun.hub.listen.call import Call
from qingqun.hub.models import Credential
from qingqun.hub.moment import to_ms

SECRETS: Mapping[str, Mapping[str, str]] = {
    "wecom": {"corpid": "ww-corp", "token": "wecom-token", "key": "A" * 42 + "E"},
    "feishu": {"token": "verify-token", "key": "encrypt-key", "tenant": "tenant-1"},
    "dingtalk": {"appsecret": "ding-secret", "corpid": "ding-corp"},
    "onebot": {"secret": "onebot-secret"},
    "chatlab": {"token": "clb_secret"},
}


def switch_on(source: str, *, active: bool = True) -> None:
    locked = vault.lock(json.dumps(SECRETS[source]))
    Credential.objects.update_or_create(channel=CHANNEL + source, name="default", defaults={"locked": locked, "active": active})


def call(source: str, text: str, at: datetime, **more: Any) -> Call:
    """Return a signed call that brings one group message."""
    return _CALLS[source](text, at, {"number": os.urandom(6).hex(), "sender": "li-id", "chat": "group-1", "private": False} | more)


def seal_wecom(plain: str, corp: str = "ww-corp", key: str = SECRETS["wecom"]["key"]) -> str:
    secret = base64.b64decode(key + "=")
    body = plain.encode()
    whole = b"0123456789abcdef" + len(body).to_bytes(4, "big") + body + corp.encode()
    return base64.b64encode(_sealed(secret, secret[:16], whole, 32)).decode()


def sign_wecom(sealed: str, at: datetime) -> dict[str, str]:
    stamp, nonce = str(to_ms(at) // 1000), "nonce-1"
    signed = sha1("".join(sorted([SECRETS["wecom"]["token"], stamp, nonce, sealed])).encode()).hexdigest()
    return {"msg_signature": signed, "timestamp": stamp, "nonce": nonce}


def seal_feishu(told: Any, key: str = SECRETS["feishu"]["key"]) -> bytes:
    start = b"0123456789abcdef"
    sealed = _sealed(sha256(key.encode()).digest(), start, json.dumps(told).encode(), 16)
    return json.dumps({"encrypt": base64.b64encode(start + sealed).decode()}).encode()


def sign_feishu(body: bytes, at: datetime) -> dict[str, str]:
    stamp = str(to_ms(at) // 1000)
    signed = sha256(f"{stamp}nonce{SECRETS['feishu']['key']}".encode() + body).hexdigest()
    return {"x-lark-request-timestamp": stamp, "x-lark-request-nonce": "nonce", "x-lark-signature": signed}


def feishu_event(text: str, at: datetime, told: Mapping[str, Any]) -> dict[str, Any]:
    head = {
        "event_id": told["number"],
        "event_type": "im.message.receive_v1",
        "token": "verify-token",
        "tenant_key": told.get("tenant", "tenant-1"),
    }
    message = {
        "message_id": "om_1",
        "chat_id": told["chat"],
        "chat_type": "p2p" if told["private"] else "group",
        "create_time": str(to_ms(at)),
        "message_type": "text",
        "content": json.dumps({"text": text}),
    }
    return {"schema": "2.0", "header": head, "event": {"sender": {"sender_id": {"open_id": told["sender"]}}, "message": message}}


def _sealed(key: bytes, start: bytes, plain: bytes, block: int) -> bytes:
    pad = block - len(plain) % block
    closer = Cipher(AES(key), CBC(start)).encryptor()
    return closer.update(plain + bytes([pad]) * pad) + closer.finalize()


def _wecom(text: str, at: datetime, told: Mapping[str, Any]) -> Call:
    kind = "single" if told["private"] else "group"
    inside = {"msgid": told["number"], "chatid": told["chat"], "chattype": kind, "from": {"userid": told["sender"]}, "msgtype": "text"}
    sealed = seal_wecom(json.dumps(inside | {"text": {"content": text}}))
    return Call("POST", sign_wecom(sealed, at), {}, json.dumps({"encrypt": sealed}).encode())


def _feishu(text: str, at: datetime, told: Mapping[str, Any]) -> Call:
    body = seal_feishu(feishu_event(text, at, told))
    return Call("POST", {}, sign_feishu(body, at), body)


def _dingtalk(text: str, at: datetime, told: Mapping[str, Any]) -> Call:
    stamp, secret = str(to_ms(at)), SECRETS["dingtalk"]["appsecret"]
    sign = base64.b64encode(hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")).decode()
    inside = {
        "msgId": told["number"],
        "createAt": to_ms(at),
        "conversationId": told["chat"],
        "conversationTitle": "防汛群",
        "msgtype": "text",
    }
    inside |= {"conversationType": "1" if told["private"] else "2", "senderStaffId": told["sender"], "text": {"content": text}}
    return Call("POST", {}, {"timestamp": stamp, "sign": sign}, json.dumps(inside).encode())


def _onebot(text: str, at: datetime, told: Mapping[str, Any]) -> Call:
    inside = {"post_type": "message", "message_type": "private" if told["private"] else "group", "time": to_ms(at) // 1000, "self_id": 1}
    inside |= {"message_id": told["number"], "group_id": told["chat"], "user_id": told["sender"]}
    body = json.dumps(inside | {"message": [{"type": "text", "data": {"text": text}}]}).encode()
    return Call("POST", {}, {"x-signature": "sha1=" + hmac.digest(b"onebot-secret", body, "sha1").hex()}, body)


def _chatlab(text: str, at: datetime, told: Mapping[str, Any]) -> Call:
    meta = {"name": "防汛群", "platform": "wechat", "type": "private" if told["private"] else "group", "groupId": told["chat"]}
    message = {"sender": told["sender"], "timestamp": to_ms(at) // 1000, "type": 0, "content": text, "platformMessageId": told["number"]}
    body = json.dumps({"chatlab": {"version": "0.0.2"}, "meta": meta, "members": [], "messages": [message]}).encode()
    return Call("POST", {}, {"authorization": "Bearer clb_secret"}, body)


_CALLS = {"wecom": _wecom, "feishu": _feishu, "dingtalk": _dingtalk, "onebot": _onebot, "chatlab": _chatlab}
