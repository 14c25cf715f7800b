"""Short messages by Tencent Cloud (sms 2021-01-11, signed with TC3-HMAC-SHA256). Not idempotent: a lost answer stays unknown.

The approved template has three variables, in this order: title, summary, link.
"""

import hmac
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from qingqun.hub.deliver import segments, speak, wire
from qingqun.hub.deliver.ringing import Asked, Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = _("短信（腾讯云）")
LIMITS = Limits(credential=Rate(3_000, 1), person=Rate(2, 60), longest=8 * 1024)  # the same number once in 30 s; one a minute stays below
KEYED = False
BASE = "https://sms.tencentcloudapi.com"
FIELDS = (
    Field("key", "SecretId"),
    Field("secret", "SecretKey", secret=True),
    Field("app", _("应用 SDKAppID")),
    Field("sign", _("短信签名")),
    Field("template", _("模板编号"), hint=_("三个变量，依次为标题、摘要、链接")),
    Field("region", _("地域"), default="ap-guangzhou", needed=False),
    *segments.FIELDS,
)
ASK = 60  # seconds
_WINDOW = 3 * 24 * 3_600  # seconds in which receipts are given out
_AGAIN = {
    "LimitExceeded.PhoneNumberThirtySecondLimit",
    "LimitExceeded.PhoneNumberOneHourLimit",
    "LimitExceeded.DeliveryFrequencyLimit",
    "RequestLimitExceeded",
    "InternalError",
    "InternalError.Timeout",
}


def render(ringing: Ringing, credentials: Credentials) -> Message:
    title, summary = segments.fitted(ringing, credentials)
    body = {
        "PhoneNumberSet": [_number(ringing.address)],
        "SmsSdkAppId": str(credentials["app"]),
        "SignName": str(credentials["sign"]),
        "TemplateId": str(credentials["template"]),
        "TemplateParamSet": [title, summary, ringing.link],
        "SessionContext": ringing.mark,
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    return speak.each(messages, lambda message: classify(_asked("SendSms", message.body, credentials)))


def classify(response: wire.Answer) -> Outcome:
    """Read an answer: the call may be refused as a whole, or the one number in it."""
    said = speak.inner(speak.said(response), "Response")
    rows = said.get("SendStatusSet") or []
    row = rows[0] if rows and isinstance(rows[0], dict) else {}
    found = speak.judge(response, speak.code(speak.inner(said, "Error"), "Code") or speak.code(row, "Code"), _AGAIN, ok="Ok")
    number = speak.name(row, "SerialNo")
    return found or Outcome(Ring.SENT, "Ok", platform_id=number, ask=ASK if number else 0)


def poll_result(asked: Asked, credentials: Credentials) -> Outcome | None:
    """Ask for the carrier's receipt."""
    begin = int(asked.tried.timestamp()) - 60
    body = {
        "SmsSdkAppId": str(credentials["app"]),
        "PhoneNumber": _number(asked.address),
        "BeginTime": begin,
        "EndTime": min(int(time.time()), begin + _WINDOW),
        "Offset": 0,
        "Limit": 100,
    }
    answer = _asked("PullSmsSendStatusByPhoneNumber", speak.packed(body).encode(), credentials)
    rows = speak.inner(speak.said(answer), "Response").get("PullSmsSendStatusSet") or []
    mine = next((row for row in rows if isinstance(row, dict) and row.get("SerialNo") == asked.platform_id), {})
    status = speak.code(mine, "ReportStatus")
    if status == "FAIL":
        return Outcome(Ring.REFUSED, f"failed {speak.code(mine, 'Description')}".strip())
    return Outcome(Ring.DELIVERED, "arrived") if status == "SUCCESS" else None


def sign(secret: str, body: bytes, host: str, at: int) -> str:
    """Return the signature of a call, as signed with the headers content-type and host."""
    day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
    canonical = f"POST\n/\n\ncontent-type:{_KIND}\nhost:{host}\n\ncontent-type;host\n{sha256(body).hexdigest()}"
    text = f"TC3-HMAC-SHA256\n{at}\n{day}/sms/tc3_request\n{sha256(canonical.encode()).hexdigest()}"
    key = f"TC3{secret}".encode()
    for part in (day, "sms", "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


_KIND = "application/json; charset=utf-8"


def _number(address: str) -> str:
    return address if address.startswith("+") else f"+86{address}"


def _asked(action: str, body: bytes, credentials: Credentials) -> wire.Answer:
    at, host = int(time.time()), urlsplit(str(credentials.get("base") or BASE)).netloc  # the platform's clock compares it
    scope = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}/sms/tc3_request"
    signature = sign(str(credentials["secret"]), body, host, at)
    headers: Mapping[str, Any] = {
        "authorization": f"TC3-HMAC-SHA256 Credential={credentials['key']}/{scope}, SignedHeaders=content-type;host, Signature={signature}",
        "content-type": _KIND,
        "x-tc-action": action,
        "x-tc-version": "2021-01-11",
        "x-tc-timestamp": str(at),
        "x-tc-region": str(credentials.get("region") or "ap-guangzhou"),
    }
    return speak.ask(speak.Request("POST", "/", body, headers), credentials, BASE)
