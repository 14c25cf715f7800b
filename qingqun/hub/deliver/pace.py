"""Which of the deliveries that are due ring now: never more a day than the cap, never two within the window, a digest at its times.

Looked at by person, across all senders. Of what is due together the most urgent rings and tells of the others; what is too much waits for
the next start of work and is judged again there. What was told of rings by itself only where the ring that told of it did not go out, or
where nobody has read it an hour later. Emergencies never come here; who has no inbox is rung for each, because the ring is the delivery.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from qingqun.clock import BEIJING
from qingqun.hub import ledger, sql
from qingqun.hub.deliver import told
from qingqun.hub.deliver.due import BATCH, CHOSEN, TRIES
from qingqun.hub.models import Importance
from qingqun.hub.moment import MINUTE, to_ms
from qingqun.hub.pacing import Pacing
from qingqun.hub.sql import marks

ALONE = 72_005  # among sql.alone's numbers: two workers must not both find that a person was not rung lately


class Slots(Protocol):
    """When persons may be rung next: all asked at once, answered by person, in ms."""

    def mornings(self, people: Iterable[int], now: datetime) -> Mapping[int, int]:
        """Return each one's next start of work on a later day."""

    def digests(self, people: Iterable[int], now: datetime) -> Mapping[tuple[int, str], int]:
        """Return each one's next digest after now, by person and channel, and keep it."""


class Decided(NamedTuple):
    """What is decided for a delivery: ring, window, cap or digest (wait for it); `place` 1 is the one that rings."""

    delivery: int
    person: int
    channel: str
    number: int
    ring_after: int
    word: str
    place: int
    last_at: int
    digest: int  # 1 where the person wants a digest on this channel


# A digest is due where something was gathered for it: what came after its time waits for the next one. It is chosen, and so neither the
# cap nor the window stops it; both count it.
_DECIDE = f"""
WITH candidate AS MATERIALIZED (
  SELECT k.id, k.channel, k.number, d.person_id, d.ring_after, n.deadline,
         CASE WHEN n.importance = '{Importance.IMPORTANT}' THEN 0 ELSE 1 END AS grade, CASE WHEN g.id IS NULL THEN 0 ELSE 1 END AS digest,
         CASE WHEN g.next_at <= %s AND d.ring_after <= g.next_at THEN 1 ELSE 0 END AS gathered
  FROM ({CHOSEN}) AS k JOIN hub_delivery d ON d.id = k.id AND d.inbox JOIN hub_notice n ON n.id = d.notice_id
  LEFT JOIN hub_digest g ON g.person_id = d.person_id AND g.channel = k.channel
  WHERE k.turn = 1 AND k.again = 0
), judged AS MATERIALIZED (
  SELECT c.*, COALESCE(p.last_at, 0) AS last_at,
         CASE WHEN digest = 1 AND MAX(gathered) OVER (PARTITION BY c.person_id, channel) = 0 THEN 'digest'
              WHEN digest = 1 THEN 'ring' WHEN p.day = %s AND p.rings >= %s THEN 'cap' WHEN p.last_at > %s THEN 'window'
              ELSE 'ring' END AS word
  FROM candidate c LEFT JOIN hub_pace p ON p.person_id = c.person_id
), ordered AS (
  SELECT j.*, first_value(channel) OVER (
           PARTITION BY person_id, word ORDER BY digest DESC, grade, CASE WHEN deadline IS NULL THEN 1 ELSE 0 END, deadline, id) AS first
  FROM judged AS j
)
SELECT id, person_id, channel, number, ring_after, CASE WHEN word = 'ring' AND channel <> first THEN 'window' ELSE word END,
       row_number() OVER (
         PARTITION BY person_id, word, channel ORDER BY grade, CASE WHEN deadline IS NULL THEN 1 ELSE 0 END, deadline, id),
       CASE WHEN word = 'ring' THEN %s ELSE last_at END, digest
FROM ordered AS o
"""  # noqa: S608  words of states.py
_COUNT = """
INSERT INTO hub_pace (person_id, day, rings, last_at) VALUES {rows}
ON CONFLICT (person_id) DO UPDATE SET rings = CASE WHEN hub_pace.day = excluded.day THEN hub_pace.rings + 1 ELSE 1 END,
  day = excluded.day, last_at = excluded.last_at
"""


@dataclass(frozen=True, slots=True)
class Pacer:
    """Keeps the pace of a lane's rings, inside the act that looks at what is due."""

    pacing: Callable[[], Pacing]
    slots: Slots

    def __call__(self, ids: Sequence[int], channels: Sequence[str], now: datetime) -> set[int]:
        """Return which of the due deliveries do not ring now; each of them is looked at again by itself."""
        if not channels:
            return set()
        sql.alone(ALONE)
        waiting = told.settle(ids, now)
        left = [one for one in ids if one not in waiting]
        if not left:
            return waiting
        found = self._decide(left, channels, now)
        torn = _torn(found) if len(ids) >= BATCH else set()
        return waiting | torn | self._write([one for one in found if one.delivery not in torn], now)

    def _decide(self, ids: Sequence[int], channels: Sequence[str], now: datetime) -> list[Decided]:
        at, what = to_ms(now), self.pacing()
        text = _DECIDE.replace("{ids}", marks(ids)).replace("{channels}", marks(channels))
        apart = at - what.window * MINUTE
        return [Decided(*row) for row in sql.rows(text, [at, TRIES, *ids, *channels, at, midnight(now), what.rings, apart, at])]

    def _write(self, found: Sequence[Decided], now: datetime) -> set[int]:
        rung = {one.person: one for one in found if one.word == "ring" and one.place == 1}
        others = [one for one in found if one.word == "ring" and one.place > 1]
        told.write([(one.delivery, rung[one.person].delivery, one.channel, rung[one.person].number) for one in others], now)
        if rung:
            values = [value for person in rung for value in (person, midnight(now), 1, to_ms(now))]
            sql.run(_COUNT.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rung))), values)
        later = [*self._later(found, rung, now), *((one.delivery, to_ms(now) + told.RECHECK) for one in others)]
        _put_off(later)
        if later:
            words = [one.word for one in found]
            counts = {word: words.count(word) for word in ("window", "cap", "digest")} | {"told": len(others), "rings": len(rung)}
            ledger.write("pace", now, count=len(later), data=counts)
        return {delivery for delivery, _at in later}

    def _later(self, found: Sequence[Decided], rung: Mapping[int, Decided], now: datetime) -> Iterable[tuple[int, int]]:
        """Return what waits, each with the moment it is looked at again."""
        by = {word: [one for one in found if one.word == word] for word in ("window", "cap", "digest")}
        span = self.pacing().window * MINUTE
        mornings = self.slots.mornings({one.person for one in by["cap"]}, now) if by["cap"] else {}
        asked = {one.person for one in (*by["digest"], *rung.values()) if one.digest}
        digests = self.slots.digests(asked, now) if asked else {}
        yield from ((one.delivery, max(one.last_at + span, to_ms(now) + MINUTE)) for one in by["window"])
        yield from ((one.delivery, mornings[one.person]) for one in by["cap"])
        yield from ((one.delivery, digests[one.person, one.channel]) for one in by["digest"])


def midnight(now: datetime) -> int:
    """Return when the day began by which rings are counted, in ms."""
    return to_ms(now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0))


def _torn(found: Sequence[Decided]) -> set[int]:
    """Return the last ones of a full batch, of a person whose other deliveries may stand in the next; it takes them all."""
    last = max((one.ring_after for one in found), default=0)
    torn = {one.delivery for one in found if one.ring_after == last}
    return torn if len(torn) < len(found) else set()


def _put_off(later: Sequence[tuple[int, int]]) -> None:
    if later:
        values = ", ".join(["(%s, %s)"] * len(later))
        text = f"""UPDATE hub_delivery SET ring_after = CASE WHEN not_before > v.column2 THEN not_before ELSE v.column2 END
                   FROM (VALUES {values}) AS v WHERE hub_delivery.id = v.column1"""  # noqa: S608  only marks
        sql.run(text, [value for pair in later for value in pair])
