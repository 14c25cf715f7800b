"""WeCom callbacks: signed and sealed, XML for applications, JSON for 智能机器人 (path 90968 and 101463). Only what a group said is read.

The signature covers token, timestamp, nonce and the sealed text. A message to an application is between two people and is refused.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Any

from qingqun.hub.deliver.ringing import Field
from qingqun.hub.listen.call import KINDS, Call, Heard, Said, forged, fresh, inner, malformed, moment, objects, parsed, same, word
from qingqun.hub.listen.envelope import wecom
from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.words import Kind

TITLE = _("企业微信")
FIELDS = (
    Field("corpid", _("企业 ID")),
    Field("token", _("Token"), secret=True),
    Field("key", _("EncodingAESKey"), secret=True),
)
LARGEST = 64 * 1024
WINDOW = timedelta(minutes=10)
_LEAF = re.compile(r"<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))</\1>", re.DOTALL)


def greet(call: Call, secrets: Mapping[str, Any], now: datetime) -> bytes | None:
    if call.way != "GET":
        return None
    sealed = call.query.get("echostr", "")
    _verify(call, sealed, secrets, now)
    return wecom(str(secrets["key"]), str(secrets["corpid"]), sealed).encode()


def hear(call: Call, secrets: Mapping[str, Any], now: datetime) -> Heard:
    text = call.body.decode(errors="replace").strip()
    in_json = text.startswith("{")
    sealed = word(parsed(text).get("encrypt")) if in_json else _leaves(text).get("Encrypt", "")
    _verify(call, sealed, secrets, now)
    plain = wecom(str(secrets["key"]), str(secrets["corpid"]), sealed)
    return _robot(parsed(plain), now) if plain.lstrip().startswith("{") else _application(_leaves(plain))


def _verify(call: Call, sealed: str, secrets: Mapping[str, Any], now: datetime) -> None:
    stamp, nonce = call.query.get("timestamp", ""), call.query.get("nonce", "")
    parts = "".join(sorted([str(secrets["token"]), stamp, nonce, sealed]))
    expected = sha1(parts.encode()).hexdigest()  # noqa: S324  the platform's own signature
    if not sealed or not same(call.query.get("msg_signature", ""), expected):
        raise forged()
    fresh(stamp, WINDOW, now)


def _robot(told: Mapping[str, Any], now: datetime) -> Heard:
    if told.get("chattype") != "group":
        return Heard(private=1)
    kind, number, chat = word(told.get("msgtype")), word(told.get("msgid")), word(told.get("chatid"))
    if not number or not chat:
        raise malformed()
    text = word(inner(told, "text").get("content"))
    if kind == "mixed":
        items = objects(inner(told, "mixed").get("msg_item"))
        text = "\n".join(word(inner(one, "text").get("content")) for one in items if one.get("msgtype") == "text")
    sender = word(inner(told, "from").get("userid"))
    return Heard([Said(number, chat, "", sender, to_ms(now), str(KINDS.get(kind, Kind.TEXT if text else Kind.OTHER)), text)])


def _application(told: Mapping[str, str]) -> Heard:
    if told.get("Event") or told.get("MsgType") == "event":
        return Heard()
    if told.get("ChatType") != "group" or not told.get("ChatId"):
        return Heard(private=1)
    kind = KINDS.get(told.get("MsgType", ""), Kind.OTHER)
    at = moment(told.get("CreateTime", ""))
    return Heard([Said(told.get("MsgId", ""), told["ChatId"], "", told.get("UserId", ""), at, str(kind), told.get("Content", ""))])


def _leaves(text: str) -> dict[str, str]:
    """Return the innermost elements; no parser, so nothing to expand."""
    return {name: cdata or plain for name, cdata, plain in _LEAF.findall(text)}
