"""Short messages by Aliyun (dysmsapi 2017-05-25, signed with ACS3-HMAC-SHA256). Sending is not idempotent: a lost answer stays unknown.

The approved template has the variables title, summary and link. One segment holds 70 characters, of several each 67.
"""

import hmac
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from qingqun.clock import BEIJING
from qingqun.hub.deliver import segments, speak, wire
from qingqun.hub.deliver.ringing import Asked, Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("短信（阿里云）")
LIMITS = Limits(person=Rate(50, 86_400), longest=8 * 1024)  # a day, for one number, signature and template
KEYED = False
BASE = "https://dysmsapi.aliyuncs.com"
FIELDS = (
    Field("key", "AccessKey ID"),
    Field("secret", "AccessKey Secret", secret=True),
    Field("sign", _("短信签名")),
    Field("template", _("模板编号"), hint=_("变量：title、summary、link")),
    *segments.FIELDS,
)
ASK = 60  # seconds
_AGAIN = {"isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "Throttling", "Throttling.User", "ServiceUnavailable"}
_FAILED, _ARRIVED = "2", "3"  # SendStatus


def render(ringing: Ringing, credentials: Credentials) -> Message:
    title, summary = segments.fitted(ringing, credentials)
    query = {
        "PhoneNumbers": ringing.address,
        "SignName": str(credentials["sign"]),
        "TemplateCode": str(credentials["template"]),
        "TemplateParam": speak.packed({"title": title, "summary": summary, "link": ringing.link}),
        "OutId": ringing.mark,
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(query).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    return speak.each(messages, lambda message: classify(_asked("SendSms", json.loads(message.body), credentials)))


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    found = _judged(response, said)
    number = speak.name(said, "BizId")
    return found or Outcome(Ring.SENT, "OK", platform_id=number, ask=ASK if number else 0)


def poll_result(asked: Asked, credentials: Credentials) -> Outcome | None:
    """Ask for the carrier's receipt."""
    day = asked.tried.astimezone(BEIJING).strftime("%Y%m%d")
    query = {"PhoneNumber": asked.address, "BizId": asked.platform_id, "SendDate": day, "PageSize": "10", "CurrentPage": "1"}
    answer = _asked("QuerySendDetails", query, credentials)
    said = speak.said(answer)
    rows = speak.inner(said, "SmsSendDetailDTOs").get("SmsSendDetailDTO") or []
    if _judged(answer, said) or not rows or not isinstance(rows[0], dict):
        return None
    status = speak.code(rows[0], "SendStatus")
    if status == _FAILED:
        return Outcome(Ring.REFUSED, f"failed {speak.code(rows[0], 'ErrCode')}".strip())
    return Outcome(Ring.DELIVERED, "arrived") if status == _ARRIVED else None


def sign(secret: str, way: str, query: str, headers: Mapping[str, str]) -> str:
    """Return the signature over a call without a body; `headers` are the signed ones, lower case."""
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    canonical = "\n".join((way, "/", query, lines, ";".join(names), headers["x-acs-content-sha256"]))
    text = f"ACS3-HMAC-SHA256\n{sha256(canonical.encode()).hexdigest()}"
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()


def _judged(response: wire.Answer, said: Mapping[str, Any]) -> Outcome | None:
    return speak.judge(response, speak.code(said, "Code"), _AGAIN, ok="OK")


def _asked(action: str, given: Mapping[str, str], credentials: Credentials) -> wire.Answer:
    query = "&".join(f"{quote(key, safe='~')}={quote(given[key], safe='~')}" for key in sorted(given))
    headers = {
        "host": urlsplit(str(credentials.get("base") or BASE)).netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": sha256(b"").hexdigest(),
        "x-acs-date": datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),  # the platform's clock compares it
        "x-acs-signature-nonce": os.urandom(16).hex(),
        "x-acs-version": "2017-05-25",
    }
    signed = f"SignedHeaders={';'.join(sorted(headers))},Signature={sign(str(credentials['secret']), 'POST', query, headers)}"
    sent = {**headers, "authorization": f"ACS3-HMAC-SHA256 Credential={credentials['key']},{signed}"}
    return speak.ask(speak.Request("POST", f"/?{query}", b"", sent), credentials, BASE)
