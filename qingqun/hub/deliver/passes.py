"""Access tokens: fetched, kept for all workers with their age, locked as credentials are, and renewed when the platform itself says so."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from qingqun.hub import sql, vault
from qingqun.hub.deliver.ringing import Credentials, Outcome
from qingqun.hub.deliver.speak import Denied, Unheard, Unsent
from qingqun.hub.deliver.spend import once_more
from qingqun.hub.deliver.wire import Answer
from qingqun.hub.models import Ring
from qingqun.words import Refused

EARLY = 300_000  # ms before its end in which a token is used no more
_QUIET = 30.0  # seconds in which a platform that denied a token is not asked again
_KEEP = """
INSERT INTO hub_pass (key, locked, made_at, until) VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE SET locked = excluded.locked, made_at = excluded.made_at, until = excluded.until
"""
_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_denied: dict[str, tuple[float, Outcome]] = {}


@dataclass(frozen=True, slots=True)
class Issued:
    """A token and for how many seconds it is good."""

    token: str
    seconds: int


def carrying(
    credentials: Credentials, issue: Callable[[], Issued | Outcome], say: Callable[[str], Answer], worn: Callable[[Answer], bool]
) -> Answer:
    """Say something with the token kept for these credentials; once more with a new one where the platform calls the old one worn.

    Raises:
        Denied: the platform gives no token.
        Unsent: from `say`; Unheard as well.
    """
    key = sha256(json.dumps(dict(credentials), sort_keys=True, default=str).encode()).hexdigest()
    token = _kept(key) or _issued(key, "", issue)
    answer = say(token)
    if not worn(answer):
        return answer
    token = _issued(key, token, issue)
    if not once_more():
        raise Unsent("limit")
    return say(token)


def _kept(key: str) -> str:
    found = sql.rows("SELECT locked FROM hub_pass WHERE key = %s AND until > %s", [key, _now() + EARLY])
    try:
        return vault.unlock(bytes(found[0][0])) if found else ""
    except Refused:
        return ""  # locked with a key that is no more: a new one is fetched


def _issued(key: str, worn: str, issue: Callable[[], Issued | Outcome]) -> str:
    """Fetch a token, unless another worker has meanwhile kept one that is not the worn one."""
    with _locks[key]:
        other = _kept(key)
        if other and other != worn:
            return other
        until, outcome = _denied.get(key, (0.0, None))
        if outcome is None or time.monotonic() >= until:
            found = _asked(issue)
            if isinstance(found, Issued):
                _keep(key, found)
                return found.token
            outcome = found
            _denied[key] = (time.monotonic() + _QUIET, outcome)
        raise Denied(outcome)


def _keep(key: str, found: Issued) -> None:
    _denied.pop(key, None)
    with sql.act():
        sql.run(_KEEP, [key, vault.lock(found.token), _now(), _now() + found.seconds * 1_000])


def _asked(issue: Callable[[], Issued | Outcome]) -> Issued | Outcome:
    """Whatever went wrong here, the message itself has not left."""
    try:
        return issue()
    except (Unsent, Unheard) as error:
        return Outcome(Ring.REFUSED, f"token {error}", again=True)


def denial(found: Outcome | None) -> Outcome:
    """Return what it means for a ring that no token was issued: for good only where the platform refused the credential itself."""
    if found is None or found.state == Ring.UNKNOWN:
        return Outcome(Ring.REFUSED, "token unreadable", again=True)
    return Outcome(Ring.REFUSED, f"token {found.word}", again=found.again, after=found.after)


def _now() -> int:
    return int(time.time() * 1_000)  # a token ages by the platform's clock, not by the office's
