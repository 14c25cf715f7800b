"""What the outbox gives a channel, and what it gets back. A channel is one file in channels/; see `Channel`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from qingqun.hub.models import Ring

MARK = 28  # the first digits of an attempt's key: all tries of one ring share them

# Of a delivery `{d}`: when its notice was last made to ring anew, by a correction that matters or a reminder; and whether there is still
# somebody to be rung: who has not seen it, or was reminded since of what they have not done.
AFRESH = """COALESCE((SELECT MAX(at) FROM (
  SELECT v.at FROM hub_revision v WHERE v.notice_id = {d}.notice_id AND v.material AND v.number > 1
  UNION ALL SELECT e.at FROM hub_entry e WHERE e.notice = {d}.notice_id AND e.act = 'remind') AS afresh), 0)"""
WANTED = """({d}.read_at IS NULL OR ({d}.done_at IS NULL AND EXISTS (
  SELECT 1 FROM hub_entry e WHERE e.notice = {d}.notice_id AND e.act = 'remind' AND e.at >= {d}.read_at)))"""


class Rate(NamedTuple):
    """A platform's limit: so many in so many seconds, at least two."""

    number: int
    seconds: float


Rates = Rate | tuple[Rate, ...] | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows: for one credential, for one recipient of it (each one rate or several), and for one message in bytes."""

    credential: Rates = None
    person: Rates = None
    longest: int = 64 * 1024


def each_rate(given: Rates) -> tuple[Rate, ...]:
    """Return one rate or several as a tuple; none as an empty one."""
    return (given,) if isinstance(given, Rate) else given or ()


class Field(NamedTuple):
    """One thing an administrator enters for a channel. `kind` is text, number, yes or list; `choices` are the only values."""

    name: str
    label: str
    secret: bool = False
    default: str = ""
    hint: str = ""
    needed: bool = True
    kind: str = "text"
    choices: tuple[str, ...] = ()


class Ringing(NamedTuple):
    """One attempt as a channel sees it. `mark` is the idempotency key, the same for every try of this ring."""

    attempt: int
    delivery: int
    mark: str
    address: str
    title: str
    summary: str
    unit: str
    link: str
    urgent: bool = False
    person: int = 0


class Message(NamedTuple):
    """A ring as it leaves the house."""

    attempt: int
    mark: str
    address: str
    body: bytes
    urgent: bool = False


class Outcome(NamedTuple):
    """What became of one recipient's ring: `again` where it may be tried once more, `after` the seconds the platform asked for.

    `ask` is the seconds after which the platform can be asked what became of it, 0 where it cannot be asked.
    """

    state: Ring
    word: str = ""  # the platform's, shortened, without addresses
    again: bool = False
    after: int = 0
    platform_id: str = ""
    ask: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A ring that a platform took, when it is asked what became of it. `tried` is when it was handed over."""

    platform_id: str
    address: str
    tried: datetime


def at_once(channel: "Channel") -> int:
    """Return how many messages of a channel are promised together; one where a second ring of the same message would be heard."""
    return getattr(channel, "AT_ONCE", 1) if channel.KEYED else 1


Sent = tuple[int, Outcome]  # an attempt and what became of it
Credentials = Mapping[str, Any]


class Channel(Protocol):
    """A file in channels/. Messages are pulled one by one: pulling one is the promise to hand it over at once.

    KEYED tells whether the platform rings once for a mark however often and however late it comes: only then is an unknown outcome tried
    again. FIELDS are what `credentials` hold. A channel whose platform can be asked later also has `poll_result(asked, credentials)`, which
    returns an Outcome, or None while there is no news; it raises what `speak.ask` raises. A KEYED one that hands many over side by side
    says so by AT_ONCE, the most of a batch: they are promised together, by their claim.
    """

    TITLE: str
    LIMITS: Limits
    KEYED: bool
    FIELDS: tuple[Field, ...]

    def render(self, ringing: Ringing, credentials: Credentials) -> Message:
        """Write the message: title, summary and link, never the whole text."""

    def send(self, messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
        """Hand messages over and tell each one's outcome."""

    def classify(self, response: Any) -> Outcome:
        """Read a platform's answer, a refusal inside a success too."""
