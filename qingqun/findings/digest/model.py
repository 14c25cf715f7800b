"""The words of a digest, frozen. Moments are aware, in Asia/Shanghai."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between an earlier notice and a later one of the same template."""

    earlier_at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]


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
    why: str  # why this person has it
    deadline: datetime | None
    overdue: bool
    emergency: bool
    changes: tuple[Change, ...] = ()


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
    """A digest. `total` = copies in must_do + copies in to_know + the folded."""

    me: str
    since: datetime | None
    until: datetime
    total: int
    must_do: tuple[Item, ...]
    to_know: tuple[Item, ...]
    folded: dict[str, int]  # own, receipts, talk, wordless, system: how many messages were folded, by kind
    burden: Burden
    known: bool  # the name was met in the exports

    def counted(self) -> int:
        """Return the sum that must equal `total`."""
        return sum(item.copies for item in (*self.must_do, *self.to_know)) + sum(self.folded.values())
