"""How channels speak to platforms over HTTP: what never left and what may have left are told apart, and no error carries a secret."""

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from qingqun.hub.deliver.ringing import Credentials, Message, Outcome, Sent
from qingqun.hub.deliver.spend import once_more
from qingqun.hub.deliver.wire import Answer
from qingqun.hub.deliver.wire import ask as ask_over
from qingqun.hub.models import Ring
from qingqun.words import Refused

_BEFORE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
_COME_AGAIN = {408, 425, 429, 500, 503}
_BETWEEN = {502, 504}  # somebody before the platform lost its answer: it may have taken the message
_CODE = re.compile(r"-?[0-9]{1,12}|[A-Za-z][A-Za-z_.]{0,59}")  # no mixture of both, which an echoed token would be
_ID = re.compile(r"[\w$:.!@=+/^-]{1,120}", re.ASCII)
_EVERYBODY = re.compile(r"[|,;\s]|^@all$|^$", re.IGNORECASE)
_LONGEST_WAIT = 24 * 3_600  # seconds


class Unsent(Exception):  # noqa: N818  tells what happened
    """Nothing left the house; its text is a word without addresses or secrets."""


class Unheard(Exception):  # noqa: N818  same
    """It may have left, and the answer was not heard."""


class Denied(Exception):  # noqa: N818  same
    """The platform gave no access token; `outcome` says what that means for the ring."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.word)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a platform, below its base address."""

    way: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def ask(request: Request, credentials: Credentials, base: str = "", largest: int = 0) -> Answer:
    """Ask the platform at the credential's `base`, or at the given one where it names none; read at most `largest` bytes, 0 for the usual.

    Raises:
        Unsent: nothing left the house.
        Unheard: it may have.
    """
    place = str(credentials.get("base") or base).rstrip("/")
    host = (urlsplit(place).hostname or "").lower()
    headers = {"content-type": "application/json; charset=utf-8", **request.headers}
    try:
        return ask_over(
            request.way, place + request.path, request.body, headers, {host}, private=bool(credentials.get("private")), largest=largest
        )
    except (Refused, httpx2.InvalidURL):
        raise Unsent("address") from None
    except _BEFORE as error:
        raise Unsent(type(error).__name__) from None  # its own text may hold the address, and a token in it
    except httpx2.TransportError as error:
        raise Unheard(type(error).__name__) from None


def twice(say: Callable[[], Answer]) -> Answer:
    """Say something that carries its key; where the answer is not heard, say it once more at once: the platform still knows the key.

    Not where the platform's limit leaves no room for it.
    """
    try:
        return say()
    except Unheard:
        if not once_more():
            raise
        try:
            return say()
        except Unsent as error:
            raise Unheard(str(error)) from None


def each(messages: Iterable[Message], say: Callable[[Message], Outcome]) -> Iterator[Sent]:
    """Say message by message what became of it. An address that a platform would read as several people, or as everybody, is refused."""
    for message in messages:
        if _EVERYBODY.search(message.address):
            yield message.attempt, Outcome(Ring.REFUSED, "address")
        else:
            yield message.attempt, told(lambda message=message: say(message))  # type: ignore[misc]  # bound at once


def told(say: Callable[[], Outcome]) -> Outcome:
    """Return an outcome, also of what went wrong on the way."""
    try:
        return say()
    except Denied as error:
        return error.outcome
    except Unsent as error:
        return Outcome(Ring.REFUSED, str(error), again=True)
    except Unheard as error:
        return Outcome(Ring.UNKNOWN, str(error))


def said(answer: Answer) -> dict[str, Any]:
    """Return the object in an answer, an empty one where it holds none."""
    try:
        found: Any = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def inner(found: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an object inside an object, an empty one where there is none."""
    value = found.get(key)
    return value if isinstance(value, dict) else {}


def code(found: Mapping[str, Any], *keys: str) -> str:
    """Return a platform's number or short word, empty where there is none; never a sentence, which could name somebody."""
    for key in keys:
        if isinstance(found.get(key), str | int):
            return str(found[key]) if _CODE.fullmatch(str(found[key])) else "?"
    return ""


def name(found: Mapping[str, Any], key: str) -> str:
    """Return what the platform calls the message, empty where it is no plain name."""
    text = str(found.get(key) or "")
    return text if _ID.fullmatch(text) else ""


def judge(answer: Answer, number: str, again: Container[str] = frozenset(), ok: str = "0") -> Outcome | None:
    """Return what an answer means by its status and the platform's own number; None where both say ok: then look for what that hides."""
    word, after = f"{answer.status} {number}".strip(), seconds(answer.headers)
    if number in again or answer.status in _COME_AGAIN:
        return Outcome(Ring.REFUSED, word, again=True, after=after)
    if answer.status in _BETWEEN:
        return Outcome(Ring.UNKNOWN, word)
    if not 200 <= answer.status < 300:
        return Outcome(Ring.REFUSED, word)
    if not number:
        return Outcome(Ring.UNKNOWN, f"{word} unreadable")
    return None if number == ok else Outcome(Ring.REFUSED, word)


def seconds(headers: Mapping[str, str]) -> int:
    """Return how long a platform asked to wait."""
    for key in ("retry-after", "x-ogw-ratelimit-reset"):
        text = headers.get(key, "")
        if text.isascii() and text.isdigit():
            return min(int(text), _LONGEST_WAIT)
    return 0


def packed(value: object) -> str:
    """Return a value as JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
