"""政务钉钉 (浙政钉, 专有钉钉): work notices, signed with HMAC-SHA256 over method, time, nonce, path and sorted parameters.

The answer wraps another one as a text, and either may say no. Its limits are not published.
"""

import base64
import hmac
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from qingqun.clock import BEIJING
from qingqun.hub.deliver import speak, wire
from qingqun.hub.deliver.channels import dingtalk
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("政务钉钉（浙政钉、专有钉钉）")
LIMITS = Limits(longest=4 * 1024)
KEYED = False
BASE = "https://openplatform.dg-work.cn"
FIELDS = (
    Field("base", _("接口地址"), default=BASE, hint=_("浙政钉为 https://openplatform-pro.ding.zj.gov.cn")),
    Field("private", _("在内网"), kind="yes", needed=False),
    Field("tenant", _("租户 ID（tenantId）"), kind="number"),
    Field("key", _("应用 apiKey")),
    Field("secret", _("应用 apiSecret"), secret=True),
    Field("ip", _("本机地址"), default="127.0.0.1", needed=False, hint=_("平台登记的出口地址")),
    Field("mac", _("本机网卡"), default="00:00:00:00:00:00", needed=False),
)
PATH = "/message/workNotification"
_MESSAGE = 2_048  # bytes


def render(ringing: Ringing, credentials: Credentials) -> Message:
    form = {
        "tenantId": str(credentials["tenant"]),
        "receiverIds": ringing.address,
        "bizMsgId": ringing.mark,
        "msg": speak.packed(dingtalk.card(ringing, _MESSAGE)),
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(form).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def say(message: Message) -> Outcome:
        form: dict[str, str] = json.loads(message.body)
        headers = {"content-type": "application/x-www-form-urlencoded", **_headers(credentials, form)}
        return classify(speak.ask(speak.Request("POST", PATH, urlencode(form).encode(), headers), credentials, BASE))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    outer = _refusal(said)
    inside = _inside(said)
    found = speak.judge(response, outer if outer != "0" else _refusal(inside) if inside else "0")
    last = speak.inner(inside, "content") or inside
    return found or Outcome(Ring.SENT, "0", platform_id=speak.name(last, "msgId"))


def sign(secret: str, way: str, at: str, nonce: str, path: str, form: Mapping[str, str]) -> str:  # noqa: PLR0913, PLR0917  what is signed
    """Return the signature of a call."""
    parts = [way, at, nonce, path, *(["&".join(f"{key}={form[key]}" for key in sorted(form))] if form else [])]
    return base64.b64encode(hmac.digest(secret.encode(), "\n".join(parts).encode(), "sha256")).decode()


def _headers(credentials: Credentials, form: Mapping[str, str]) -> dict[str, str]:
    at = datetime.fromtimestamp(time.time(), BEIJING).strftime("%Y-%m-%dT%H:%M:%S.000+08:00")  # the platform's clock compares it
    nonce = f"{int(time.time() * 1_000)}{int.from_bytes(os.urandom(2)) % 10_000:04}"
    return {
        "X-Hmac-Auth-Timestamp": at,
        "X-Hmac-Auth-Version": "1.0",
        "X-Hmac-Auth-Nonce": nonce,
        "X-Hmac-Auth-IP": str(credentials.get("ip") or "127.0.0.1"),
        "X-Hmac-Auth-MAC": str(credentials.get("mac") or "00:00:00:00:00:00"),
        "apiKey": str(credentials["key"]),
        "X-Hmac-Auth-Signature": sign(str(credentials["secret"]), "POST", at, nonce, PATH, form),
    }


def _inside(said: Mapping[str, Any]) -> dict[str, Any]:
    content = said.get("content")
    try:
        found: Any = json.loads(content) if isinstance(content, str) else content
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(said: Mapping[str, Any]) -> str:
    """Return 0 where it says success, else its number; empty where it says neither."""
    if not isinstance(said.get("success"), bool):
        return "0" if "msgId" in said else ""
    return "0" if said["success"] else speak.code(said, "bizErrorCode", "errorCode", "responseCode", "code") or "false"
