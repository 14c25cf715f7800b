"""ChatLab push: JSON or JSONL of the ChatLab format 0.0.2 with a bearer token and an idempotency key.

A message without an id of its own is told from others by time, sender, text and its place among equal ones. What is older than a day is
passed over: this is a way for what is said now; files of the past are for the audit.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub.deliver.ringing import Field
from qingqun.hub.listen.call import Call, Heard, Said, digest, forged, inner, malformed, moment, objects, parsed, same, word
from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.intake.chatlab import KINDS
from qingqun.words import Kind

TITLE = _("ChatLab 推送")
FIELDS = (Field("token", _("令牌"), secret=True, hint=_("推送方放在 Authorization: Bearer 里")),)
LARGEST = 1024 * 1024
WINDOW = timedelta(days=1)
MOST = 5_000


def greet(call: Call, secrets: Mapping[str, Any], now: datetime) -> bytes | None:  # noqa: ARG001  every source's signature
    return None


def hear(call: Call, secrets: Mapping[str, Any], now: datetime) -> Heard:
    if not same(call.headers.get("authorization", ""), f"Bearer {secrets['token']}"):
        raise forged()
    meta, messages = _read(call.body.decode(errors="replace"))
    if len(messages) > MOST:
        raise malformed()
    if meta.get("type") != "group":
        return Heard(private=len(messages) or 1)
    chat = word(meta.get("groupId")) or word(meta.get("name"))
    if not chat:
        raise malformed()
    named = f"{word(meta.get('platform'))}/{chat}"
    near = [one for one in messages if abs(to_ms(now) - moment(one.get("timestamp"))) <= WINDOW // timedelta(milliseconds=1)]
    return Heard(list(_said(named, word(meta.get("name")), near)))


def _said(chat: str, name: str, messages: list[dict[str, Any]]) -> Iterator[Said]:
    seen: Counter[str] = Counter()
    for one in messages:
        text, sender, at = word(one.get("content")), word(one.get("sender")), moment(one.get("timestamp"))
        number = word(one.get("platformMessageId"))
        if not number:
            number = digest(str(at), sender, text)
            seen[number] += 1
            number = f"{number}/{seen[number]}"
        kind = KINDS.get(one.get("type"), Kind.OTHER.value) if type(one.get("type")) is int else Kind.OTHER.value
        yield Said(f"{chat}/{number}", chat, name, sender, at, kind, text)


def _read(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the chat and its messages, from one object or from a line each."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    if not lines or '"_type"' not in lines[0]:
        whole = parsed(text)
        return inner(whole, "meta"), objects(whole.get("messages"))
    records = [parsed(line) for line in lines]
    head = next((one for one in records if one.get("_type") == "header"), {})
    return inner(head, "meta"), [one for one in records if one.get("_type") == "message"]
