"""What comes in from a platform, what a source makes of it, and why it may be turned away."""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings

from qingqun.hub.moment import to_ms
from qingqun.words import Kind


class Turned(Exception):  # noqa: N818  tells what happened
    """A call that is not taken: `status` for the platform, `why` a word for the count of refusals."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Call(NamedTuple):
    """An HTTP request; names of headers in lower case."""

    way: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Said(NamedTuple):
    """One message as a source tells it. `key` is the platform's own id of it."""

    key: str
    chat: str  # empty where it is no group's
    chat_name: str
    sender: str
    sent_at: int  # ms
    kind: str
    text: str
    mention_all: bool = False
    attachments: Sequence[str] = ()


class Heard(NamedTuple):
    """What a call held. `private`: so many messages were between two people and were not read further."""

    said: Sequence[Said] = ()
    private: int = 0


def forged() -> Turned:
    return Turned(403, "forged")


def stale() -> Turned:
    return Turned(403, "stale")


def malformed() -> Turned:
    return Turned(400, "malformed")


def same(a: str, b: str) -> bool:
    """Compare two signatures in a time that tells nothing; an empty one is never right."""
    return bool(a) and hmac.compare_digest(a.encode(), b.encode())


def fresh(stamp: str, window: timedelta, now: datetime, unit: int = 1) -> None:
    """Turn away what is older, or further ahead, than a window. `stamp` counts seconds, or milliseconds with unit 1000.

    Raises:
        Turned: it is, or it is no number.
    """
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16):
        raise stale()
    if abs(to_ms(now) - int(stamp) * 1000 // unit) > window // timedelta(milliseconds=1):
        raise stale()


def parsed(body: bytes | str) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        Turned: it is none.
    """
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise malformed() from None
    if not isinstance(found, dict):
        raise malformed()
    return found


def inner(found: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """Return the object at a path, an empty one where there is none."""
    here: Any = found
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here if isinstance(here, dict) else {}


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, of anything else nothing."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def word(value: object) -> str:
    """Return a number or a text as text, anything else as nothing. Half an emoji becomes a question mark, as no file takes it; NUL goes."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text.encode(errors="replace").decode().replace("\0", "")


def moment(value: object, unit: int = 1) -> int:
    """Return a stamp as ms; `unit` as in `fresh`.

    Raises:
        Turned: it is no number, or later than any calendar goes.
    """
    text = word(value)
    if not (text.isascii() and text.isdigit() and len(text) < 16) or int(text) * 1000 // unit > _LATEST:
        raise malformed()
    return int(text) * 1000 // unit


def digest(*parts: str) -> str:
    """Return what stands for an id or a text in the database: it tells equal ones, and gives nothing back without the hub's key."""
    return hmac.new(f"listen{settings.SECRET_KEY}".encode(), "\0".join(parts).encode(), sha256).hexdigest()


_LATEST = to_ms(datetime(9999, 1, 1, tzinfo=UTC))
KINDS = {"text": Kind.TEXT, "image": Kind.IMAGE, "voice": Kind.VOICE, "video": Kind.VIDEO, "file": Kind.FILE, "location": Kind.LOCATION}
