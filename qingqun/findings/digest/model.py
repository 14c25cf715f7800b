"""The words of a digest, frozen. Moments are aware, in Asia/Shanghai."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qingqun.findings.digest.claim import Claim

PARTS = ("must_do", "perhaps", "to_know", "others", "past", "replaced")
"""The parts of a digest; every notice stands in one."""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between an earlier notice and a later one of the same template."""

    earlier_at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]
    kinds: tuple[str, ...] = ()  # of each difference: day hour place number name link audience negation other
    replaces: bool = False  # the later notice takes the place of the earlier


@dataclass(frozen=True, slots=True)
class Item:
    """One distinct notice with all its copies folded into it."""

    text: str  # the latest copy, as written
    sender: str
    first_at: datetime
    last_at: datetime
    copies: int
    groups: tuple[str, ...]
    asks: tuple[str, ...]  # what it asks: words for people
    claim: Claim  # how surely it is for the reader
    why: str  # the reason for that
    deadline: datetime | None
    overdue: bool
    emergency: bool
    key: str  # the same for the same notice on every run
    only_answer: bool = False  # an answer is all it asks
    answered: bool = False  # the reader has answered
    elsewhere: bool = False  # it speaks of another unit of the reader's kind, and to nobody
    held: datetime | None = None  # where nothing is due: when what it calls to begins; a day's last second where no hour is named
    changes: tuple[Change, ...] = ()
    replaced: bool = False  # a later notice takes its place

    @property
    def asking(self) -> bool:
        """Whether it asks anything of anybody."""
        return bool(self.asks) or self.deadline is not None

    @property
    def when(self) -> datetime | None:
        """The moment it is sorted by: when it is due, else when it is held."""
        return self.deadline or self.held


@dataclass(frozen=True, slots=True)
class Burden:
    """The person's own figures; nobody else is shown them."""

    groups: int
    days: int
    messages: int
    notices: int  # distinct
    repeats: int
    off_hours: int
    reply_demands: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest. Every notice stands in exactly one part; `total` = the copies in all parts + the folded."""

    me: str
    units: tuple[str, ...]  # the reader's, told or read off their cards
    since: datetime | None
    until: datetime
    total: int
    must_do: tuple[Item, ...]  # for the reader by name, or for everybody, or for the reader's unit or post
    perhaps: tuple[Item, ...]  # asks something, and whom is not said
    to_know: tuple[Item, ...]  # asks nothing
    others: tuple[Item, ...]  # for somebody else
    past: tuple[Item, ...]  # for the reader, surely or perhaps, and overdue
    replaced: tuple[Item, ...]  # a later notice stands in its place
    folded: dict[str, int]  # own, receipts, talk, wordless, system: how many messages were folded, by kind
    burden: Burden
    known: bool  # the name was met in the exports

    def items(self) -> Iterator[Item]:
        """Yield every notice, each once."""
        for part in PARTS:
            yield from getattr(self, part)

    def counted(self) -> int:
        """Return the sum that must equal `total`."""
        return sum(item.copies for item in self.items()) + sum(self.folded.values())
