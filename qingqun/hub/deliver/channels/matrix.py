"""Matrix (client-server API v3): a message in the room of two that the hub's account has with a person, or in a room named by its id.

That room is found by an alias made of both names, and made when it is missing. A transaction id keeps a message from coming twice while the
server remembers it (some 30 minutes), so a lost answer is asked for again at once, and KEYED is not promised.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import quote

from qingqun.hub.deliver import cut, passes, speak, wire
from qingqun.hub.deliver.ringing import Credentials, Field, Limits, Message, Outcome, Rate, Ringing, Sent
from qingqun.hub.models import Ring
from qingqun.i18n import _

TITLE = "Matrix"
# Synapse's default is ten at once, then one in five seconds. Six at once leave room for what comes late; see bucket.gentle.
LIMITS = Limits(credential=Rate(12, 20), longest=64 * 1024)
KEYED = False
FIELDS = (
    Field("base", _("服务器地址"), hint="https://matrix.example.gov.cn"),
    Field("private", _("在内网"), kind="yes", needed=False),
    Field("user", _("发送账号"), hint="@qingqun:example.gov.cn"),
    Field("password", _("密码"), secret=True),
)
_V3 = "/_matrix/client/v3"
_TITLE, _SUMMARY = 1_000, 8_000  # bytes
_DEVICE = "QINGQUN"
_YEAR = 365 * 24 * 3_600  # seconds; a token without an end is good until the server says no
_LIMITED, _WORN = "M_LIMIT_EXCEEDED", "M_UNKNOWN_TOKEN"


def render(ringing: Ringing, _credentials: Credentials) -> Message:
    title, summary = cut.cut(ringing.title, _TITLE), cut.cut(ringing.summary, _SUMMARY)
    link = f'<a href="{escape(ringing.link)}">{escape(_("查看与确认"))}</a>'
    body = {
        "msgtype": "m.text",
        "body": f"{title}\n{summary}\n{_('查看与确认：')}{ringing.link}\n{ringing.unit}",
        "format": "org.matrix.custom.html",
        "formatted_body": f"<b>{escape(title)}</b><br>{escape(summary)}<br>{link}<br>{escape(ringing.unit)}",
    }
    return Message(ringing.attempt, ringing.mark, ringing.address, speak.packed(body).encode())


def send(messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
    def say(message: Message) -> Outcome:
        room = _room(message.address, credentials)
        if isinstance(room, Outcome):
            return room
        path = f"/rooms/{quote(room, safe='')}/send/m.room.message/{quote(message.mark, safe='')}"
        return classify(_asked("PUT", path, message.body, credentials))

    return speak.each(messages, say)


def classify(response: wire.Answer) -> Outcome:
    said = speak.said(response)
    found = _judged(response, said)
    return found or Outcome(Ring.SENT, "0", platform_id=speak.name(said, "event_id"))


def _room(address: str, credentials: Credentials) -> str | Outcome:
    """Return the room of an address; what could not be found or made means the same for the ring, but nothing was rung."""
    if not address.startswith("@"):
        return address
    server = str(credentials["user"]).partition(":")[2]
    local = f"qingqun-{sha256(' '.join((str(credentials['user']), address)).encode()).hexdigest()[:24]}"
    try:
        return _found(local, server, credentials) or _made(local, address, credentials)
    except speak.Unheard as error:
        return Outcome(Ring.REFUSED, f"room {error}", again=True)


def _found(local: str, server: str, credentials: Credentials) -> str:
    said = speak.said(_asked("GET", f"/directory/room/{quote(f'#{local}:{server}', safe='')}", b"", credentials))
    return str(said.get("room_id") or "")


def _made(local: str, address: str, credentials: Credentials) -> str | Outcome:
    body = {"preset": "trusted_private_chat", "is_direct": True, "invite": [address], "room_alias_name": local}
    answer = _asked("POST", "/createRoom", speak.packed(body).encode(), credentials)
    said = speak.said(answer)
    return _judged(answer, said) or str(said.get("room_id", ""))


def _judged(answer: wire.Answer, said: Mapping[str, Any]) -> Outcome | None:
    number = speak.code(said, "errcode") or ("0" if "event_id" in said or "room_id" in said else "")
    found = speak.judge(answer, number, {_LIMITED})
    wait = said.get("retry_after_ms")
    if found and found.again and not found.after and isinstance(wait, int):
        return Outcome(found.state, found.word, again=True, after=min(wait // 1_000 + 1, 3_600))
    return found


def _asked(way: str, path: str, body: bytes, credentials: Credentials) -> wire.Answer:
    def say(token: str) -> wire.Answer:
        request = speak.Request(way, _V3 + path, body, {"authorization": f"Bearer {token}"})
        return speak.twice(lambda: speak.ask(request, credentials)) if way == "PUT" else speak.ask(request, credentials)

    return passes.carrying(credentials, lambda: _issue(credentials), say, lambda answer: speak.code(speak.said(answer), "errcode") == _WORN)


def _issue(credentials: Credentials) -> passes.Issued | Outcome:
    """Sign in on the one device the hub has: a transaction id is remembered for a device."""
    who = {"type": "m.id.user", "user": str(credentials["user"])}
    body = {"type": "m.login.password", "identifier": who, "password": str(credentials["password"]), "device_id": _DEVICE}
    answer = speak.ask(speak.Request("POST", f"{_V3}/login", speak.packed(body).encode()), credentials)
    said = speak.said(answer)
    if not said.get("access_token"):
        return passes.denial(speak.judge(answer, speak.code(said, "errcode"), {_LIMITED}))
    life = said.get("expires_in_ms")
    return passes.Issued(str(said["access_token"]), life // 1_000 if isinstance(life, int) else _YEAR)
