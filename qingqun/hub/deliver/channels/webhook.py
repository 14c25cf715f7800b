"""A webhook signed as Standard Webhooks 1.0.0 has it: HMAC-SHA256 over `id.timestamp.body`; two secrets while one is being replaced.

Credentials: secrets (one or two, `whsec_` and base64), hosts (the allowed ones), private (true where the receiver is inside the house).
"""

import base64
import binascii
import hmac
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson

from qingqun.hub.deliver import speak, wire
from qingqun.hub.deliver.abreast import Parcel, Told, abreast
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _
from qingqun.words import Refused

TITLE = _("网络回调")
LIMITS = Limits(credential=Rate(1_200, 60), longest=20 * 1024)
AT_ONCE = 1_000
KEYED = True  # the receiver drops a webhook-id it has had, as the standard asks
FIELDS = (
    Field("secrets", _("签名密钥"), secret=True, kind="list", hint=_("whsec_ 开头；更换时可同时填新旧两个，用空格分开")),
    Field("hosts", _("允许的主机"), kind="list", hint="hook.example.gov.cn"),
    Field("private", _("在内网"), kind="yes", needed=False),
)
TOLERANCE = 300  # seconds a signature is good for
_AGAIN = {408, 425, 429}


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    data = {"title": ringing.title, "summary": ringing.summary, "unit": ringing.unit, "link": ringing.link, "urgent": ringing.urgent}
    return Message(ringing.attempt, ringing.mark, ringing.address, orjson.dumps({"type": "notice.ring", "data": data}), ringing.urgent)


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    """Post them side by side; outcomes come as answers do."""
    secrets = tuple(credentials["secrets"])
    parcels = (_parcel(message, secrets) for message in messages)
    for attempt, told in abreast(parcels, credentials["hosts"], private=bool(credentials.get("private"))):
        yield attempt, _outcome(told)


def classify(response: wire.Answer) -> Outcome:
    """Read an answer; a refusal inside a 200 (errcode, code, success) is a refusal."""
    word, after = str(response.status), _seconds(response.headers.get("retry-after", ""))
    if response.status in _AGAIN or response.status >= 500:
        return Outcome(Ring.REFUSED, word, again=True, after=after)
    if not 200 <= response.status < 300:
        return Outcome(Ring.REFUSED, word)
    inside = _refusal(response.body)
    return Outcome(Ring.REFUSED, f"{word} {inside}") if inside else Outcome(Ring.SENT, word)


def sign(secrets: Iterable[str], mark: str, at: int, body: bytes) -> str:
    """Return the signature header: one `v1,` part a secret."""
    return " ".join(f"v1,{base64.b64encode(_digest(secret, mark, at, body)).decode()}" for secret in secrets)


def verify(secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: int) -> bool:
    """Tell whether a message is genuine and not older or newer than five minutes; compared in constant time."""
    stamp, mark = headers.get("webhook-timestamp", ""), headers.get("webhook-id", "")
    if not (stamp.isascii() and stamp.isdigit() and mark) or abs(now - int(stamp)) > TOLERANCE:
        return False
    wanted = [f"v1,{base64.b64encode(_digest(one, mark, int(stamp), body)).decode()}" for one in secrets]
    given = headers.get("webhook-signature", "").split(" ")
    return any([hmac.compare_digest(one.encode(), other.encode()) for one in wanted for other in given])  # noqa: C419  every pair, for constant time


def _digest(secret: str, mark: str, at: int, body: bytes) -> bytes:
    return hmac.digest(_key(secret), f"{mark}.{at}.".encode() + body, "sha256")


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise Refused(_("回调密钥应为 whsec_ 加 base64")) from error


def _parcel(message: Message, secrets: tuple[str, ...]) -> Parcel:
    at = int(time.time())  # the receiver compares it with its own clock, not with the office's
    signed = sign(secrets, message.mark, at, message.body)
    headers = {"content-type": "application/json", "webhook-id": message.mark, "webhook-timestamp": str(at), "webhook-signature": signed}
    return Parcel(message.attempt, message.address, headers, message.body, message.urgent)


def _outcome(told: Told) -> Outcome:
    if isinstance(told, speak.Unsent):
        return Outcome(Ring.REFUSED, str(told), again=str(told) != "address")
    if isinstance(told, speak.Unheard):
        return Outcome(Ring.UNKNOWN, str(told))
    return classify(told)


def _refusal(body: bytes) -> str:
    """Return the platform's number where the body of a success says no."""
    try:
        said: Any = orjson.loads(body)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    for key in ("errcode", "code", "errorCode", "retcode"):
        if key in said and str(said[key]) not in {"0", "200", "ok", "OK"}:
            return f"{key} {speak.code(said, key)}"  # a number or a short word, never a sentence
    return "success false" if said.get("success") is False or said.get("ok") is False else ""


def _seconds(text: str) -> int:
    return min(int(text), 24 * 3_600) if text.isascii() and text.isdigit() else 0
