"""Does another notice already say the same, another office's or one's own? Then the second can fold into it for whoever has it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingqun.enrich.repeats import Comparison, compare
from qingqun.hub import sql
from qingqun.hub.models import Draft, State
from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.preflight.words import published
from qingqun.hub.sql import Sql

SPAN = timedelta(days=30)
MOST, LOOKED_AT = 300, 5
ALIKE = 0.35  # of the pairs of characters: below, nothing is compared

_VALID = f"""
SELECT n.id, n.title, n.text, u.name, n.accepted_at, n.unit_id,
       (SELECT count(*) FROM hub_delivery d WHERE d.notice_id = n.id AND d.state IN ('{State.DELIVERED}', '{State.HELD}')
          AND d.person_id IN (SELECT id FROM ({{audience}}) AS a)) AS shared
FROM hub_notice n JOIN hub_unit u ON u.id = n.unit_id
WHERE n.accepted_at > %s AND n.withdrawn_at IS NULL AND n.same_as_id IS NULL AND (n.valid_until IS NULL OR n.valid_until > %s)
ORDER BY n.id DESC LIMIT %s
"""  # noqa: S608  words of states.py; the audience's text has its own parameters


@dataclass(frozen=True, slots=True)
class Copy:
    """A notice that many of the audience have: the same, or nearly so. `added` and `gone` are words of the draft and of that notice."""

    notice: int
    title: str
    unit: str
    at: datetime
    people: int  # of the audience, who have it or are to have it
    same: bool
    added: tuple[str, ...]
    gone: tuple[str, ...]
    own: bool = False  # sent by the draft's own office


def copies(draft: Draft, audience: Sql, now: datetime) -> list[Copy]:
    """Return the valid notices that say the same or nearly the same, shared by some of the audience, the likeliest first."""
    whole = published(draft)
    params = [*audience.params, to_ms(now - SPAN), to_ms(now), MOST]
    rows = [row for row in sql.rows(_VALID.format(audience=audience.text), params) if row[6]]
    near = sorted(((_alike(whole, f"{row[1]}\n{row[2]}"), row) for row in rows), key=lambda one: -one[0])[:LOOKED_AT]
    found = [_copy(whole, row, draft.unit_id) for alike, row in near if alike >= ALIKE]
    return sorted((one for one in found if one), key=lambda one: (not one.same, -one.people))


def _alike(a: str, b: str) -> float:
    """Return which part of the pairs of characters two texts share; cheap, to choose what is worth comparing."""
    one, two = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (a, b))
    return len(one & two) / max(min(len(one), len(two)), 1)


def _copy(whole: str, row: tuple[int, str, str, str, int, int, int], office: int) -> Copy | None:
    notice, title, text, unit, at, unit_id, people = row
    before = f"{title}\n{text}"
    said = compare(before.strip(), whole.strip())
    if said.verdict == "different":
        return None
    added, gone = _words(whole.strip(), said, "b"), _words(before.strip(), said, "a")
    return Copy(notice, title, unit, from_ms(at), people, said.verdict == "same", added, gone, unit_id == office)


def _words(text: str, said: Comparison, side: str) -> tuple[str, ...]:
    spans = (getattr(one, side) for one in said.differs)
    return tuple(words for start, end in spans if (words := text[start:end].strip()))
