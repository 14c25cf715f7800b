"""OneBot 11 by HTTP POST, to receive only: `X-Signature: sha1=` HMAC over the body. Nothing is ever sent to QQ.

There is no stamp beside the signature: the message's own time has to be near.
"""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub.deliver.ringing import Field
from qingqun.hub.listen.call import Call, Heard, Said, forged, fresh, inner, malformed, moment, parsed, same, word
from qingqun.i18n import _
from qingqun.words import Kind

TITLE = _("QQ（OneBot 11，只收不发）")
FIELDS = (Field("secret", _("上报密钥"), secret=True),)
LARGEST = 256 * 1024
WINDOW = timedelta(minutes=10)
_CODE = re.compile(r"\[CQ:(\w+)([^\]]*)\]")
_KINDS = {"image": Kind.IMAGE, "record": Kind.VOICE, "video": Kind.VIDEO, "file": Kind.FILE}
_ESCAPES = (("&#91;", "["), ("&#93;", "]"), ("&#44;", ","), ("&amp;", "&"))


def greet(call: Call, secrets: Mapping[str, Any], now: datetime) -> bytes | None:  # noqa: ARG001  every source's signature
    return None


def hear(call: Call, secrets: Mapping[str, Any], now: datetime) -> Heard:
    expected = "sha1=" + hmac.digest(str(secrets["secret"]).encode(), call.body, "sha1").hex()
    if not same(call.headers.get("x-signature", ""), expected):
        raise forged()
    told = parsed(call.body)
    if told.get("post_type") != "message":
        return Heard()
    if told.get("message_type") != "group":
        return Heard(private=1)
    fresh(word(told.get("time")), WINDOW, now)
    number, chat = word(told.get("message_id")), word(told.get("group_id"))
    if not number or not chat:
        raise malformed()
    parts = _parts(told.get("message"))
    text = "".join(words for kind, words in parts if kind == "text").strip()
    kind = Kind.TEXT if text else next((_KINDS[kind] for kind, _words in parts if kind in _KINDS), Kind.OTHER)
    every = any(kind == "at" and words == "all" for kind, words in parts)
    key = f"{word(told.get('self_id'))}/{chat}/{number}"
    name, sender = word(told.get("group_name")), word(told.get("user_id"))
    return Heard([Said(key, chat, name, sender, moment(told.get("time")), str(kind), text, every)])


def _parts(message: object) -> list[tuple[str, str]]:
    """Return the segments, from a list of them or from CQ codes."""
    if isinstance(message, str):
        return _from_codes(message)
    found = [one for one in message if isinstance(one, dict)] if isinstance(message, list) else []
    return [(word(one.get("type")), word(inner(one, "data").get("text")) or word(inner(one, "data").get("qq"))) for one in found]


def _from_codes(message: str) -> list[tuple[str, str]]:
    found = [(kind, more.partition("qq=")[2].partition(",")[0]) for kind, more in _CODE.findall(message)]
    text = _CODE.sub("", message)
    for escape, sign in _ESCAPES:
        text = text.replace(escape, sign)
    return [*found, ("text", text)]
