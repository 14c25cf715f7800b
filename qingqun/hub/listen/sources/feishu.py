"""Feishu events, version 2.0: sealed with the Encrypt Key, signed over timestamp, nonce, key and the whole body; `event_id` comes once.

The check of the address carries the verification token and is answered with its challenge. An Encrypt Key is demanded: without one the
platform signs nothing.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from qingqun.hub.deliver.ringing import Field
from qingqun.hub.listen.call import Call, Heard, Said, forged, fresh, inner, malformed, moment, objects, parsed, same, word
from qingqun.hub.listen.envelope import feishu
from qingqun.i18n import _
from qingqun.words import Kind

TITLE = _("飞书")
FIELDS = (
    Field("token", _("Verification Token"), secret=True),
    Field("key", _("Encrypt Key"), secret=True),
    Field("tenant", _("企业 tenant_key")),
)
LARGEST = 256 * 1024
WINDOW = timedelta(minutes=10)
_MESSAGE = "im.message.receive_v1"
_KINDS = {"text": Kind.TEXT, "post": Kind.TEXT, "image": Kind.IMAGE, "audio": Kind.VOICE, "media": Kind.VIDEO, "file": Kind.FILE}


def greet(call: Call, secrets: Mapping[str, Any], now: datetime) -> bytes | None:  # noqa: ARG001  every source's signature
    told = _opened(call, secrets)
    if told.get("type") != "url_verification":
        return None
    if not same(word(told.get("token")), str(secrets["token"])):
        raise forged()
    return json.dumps({"challenge": word(told.get("challenge"))}).encode()


def hear(call: Call, secrets: Mapping[str, Any], now: datetime) -> Heard:
    stamp = call.headers.get("x-lark-request-timestamp", "")
    signed = f"{stamp}{call.headers.get('x-lark-request-nonce', '')}{secrets['key']}".encode() + call.body
    if not same(call.headers.get("x-lark-signature", ""), sha256(signed).hexdigest()):
        raise forged()
    fresh(stamp, WINDOW, now)
    told = _opened(call, secrets)
    head = inner(told, "header")
    if not same(word(head.get("token")), str(secrets["token"])) or head.get("tenant_key") != secrets["tenant"]:
        raise forged()
    return _event(head, inner(told, "event")) if head.get("event_type") == _MESSAGE else Heard()


def _opened(call: Call, secrets: Mapping[str, Any]) -> dict[str, Any]:
    sealed = word(parsed(call.body).get("encrypt"))
    if not sealed:
        raise forged()
    return parsed(feishu(str(secrets["key"]), sealed))


def _event(head: Mapping[str, Any], event: Mapping[str, Any]) -> Heard:
    message = inner(event, "message")
    if message.get("chat_type") not in {"group", "topic_group"}:
        return Heard(private=1)
    number, chat = word(head.get("event_id")), word(message.get("chat_id"))
    if not number or not chat:
        raise malformed()
    content = parsed(word(message.get("content")) or "{}")
    kind = _KINDS.get(word(message.get("message_type")), Kind.OTHER)
    sender = word(inner(event, "sender", "sender_id").get("open_id"))
    mentions = objects(message.get("mentions"))
    every = "@_all" in word(content.get("text")) or any(one.get("key") == "@_all" for one in mentions)
    files = [word(content.get("file_name"))] if content.get("file_name") else []
    text = _named(_written(content), mentions)
    return Heard([Said(number, chat, "", sender, moment(message.get("create_time"), 1000), str(kind), text, every, files)])


def _written(content: Mapping[str, Any]) -> str:
    """Return a text's words, or those of a post: its title and its lines."""
    if "text" in content:
        return word(content["text"])
    lines = content["content"] if isinstance(content.get("content"), list) else []
    texts = ["".join(word(one.get("text")) for one in objects(line)) for line in lines if isinstance(line, list)]
    return "\n".join([word(content.get("title")), *texts]).strip()


def _named(text: str, mentions: list[dict[str, Any]]) -> str:
    for one in mentions:
        text = text.replace(word(one.get("key")) or "\0", f"@{word(one.get('name'))}")
    return text.replace("@_all", "@所有人")
