"""DingTalk robot over HTTP: `sign` is HMAC-SHA256 over the timestamp with the application's secret; conversationType 2 is a group.

The signature does not cover the body: the address must be reached over TLS, and what was heard once is not heard again.
"""

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub.deliver.ringing import Field
from qingqun.hub.listen.call import Call, Heard, Said, forged, fresh, inner, malformed, moment, objects, parsed, same, word
from qingqun.i18n import _
from qingqun.words import Kind

TITLE = _("钉钉")
FIELDS = (
    Field("appsecret", _("应用 AppSecret"), secret=True),
    Field("corpid", _("企业 CorpId")),
)
LARGEST = 64 * 1024
WINDOW = timedelta(hours=1)
_KINDS = {"text": Kind.TEXT, "richText": Kind.TEXT, "picture": Kind.IMAGE, "audio": Kind.VOICE, "video": Kind.VIDEO, "file": Kind.FILE}


def greet(call: Call, secrets: Mapping[str, Any], now: datetime) -> bytes | None:  # noqa: ARG001  every source's signature
    return None


def hear(call: Call, secrets: Mapping[str, Any], now: datetime) -> Heard:
    stamp, secret = call.headers.get("timestamp", ""), str(secrets["appsecret"])
    expected = base64.b64encode(hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")).decode()
    if not same(call.headers.get("sign", ""), expected):
        raise forged()
    fresh(stamp, WINDOW, now, 1000)
    told = parsed(call.body)
    if word(told.get("conversationType")) != "2":
        return Heard(private=1)
    if word(told.get("senderCorpId")) not in {"", str(secrets["corpid"])}:
        raise forged()
    fresh(word(told.get("createAt")), WINDOW, now, 1000)  # the signature does not cover it
    return Heard([_said(told)])


def _said(told: Mapping[str, Any]) -> Said:
    number, chat, kind = word(told.get("msgId")), word(told.get("conversationId")), word(told.get("msgtype"))
    if not number or not chat:
        raise malformed()
    rich = objects(inner(told, "content").get("richText"))
    text = word(inner(told, "text").get("content")) or "".join(word(one.get("text")) for one in rich)
    files = [word(inner(told, "content").get("fileName"))] if kind == "file" else []
    at, name = moment(told.get("createAt"), 1000), word(told.get("conversationTitle"))
    return Said(number, chat, name, word(told.get("senderStaffId")), at, str(_KINDS.get(kind, Kind.OTHER)), text.strip(), False, files)
