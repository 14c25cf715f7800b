"""After a restore: which rings are still to be made, which may have been made after the copy, computed from the rows.

The inbox needs nothing: its rows are the deliveries. A ring that was due before the old hub stopped may have left after the copy was made.
On a channel that knows a ring by its key, saying it again is harmless; so is a second ring in an emergency, where silence is worse. Any
other ring that may have left is not made again: who has an inbox has the notice; who has none is shown to the author as unproven.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.deliver.ringing import WANTED
from qingqun.hub.models import Lane, Ring, State
from qingqun.hub.moment import to_ms

_LEFT = f"state IN ('{Ring.QUEUED}', '{Ring.SENDING}')"
_OPEN = WANTED.format(d="d")
_DOUBTFUL = f"d.lane = '{Lane.ROUTINE}' AND d.ring_after <= %s AND {_OPEN}"


@dataclass(frozen=True, slots=True)
class Resend:
    """Counts of deliveries, each in one of these; `unproven` names the deliveries that somebody has to look after."""

    later: int  # held or not yet due when the old hub stopped: they ring in their time, for the first time
    again: int  # may ring a second time without harm: the channel knows the ring by its key, or it is an emergency
    kept_quiet: int  # may have rung; in the inbox anyway, and not rung again
    unproven: tuple[int, ...]  # may have been brought by a channel; nobody knows, and there is no inbox


def resend(stopped: datetime, keyed: Iterable[str]) -> Resend:
    """Compute what is to be sent again, given when the old hub stopped at the latest, and the channels that know a ring by its key."""
    at, keyed = to_ms(stopped), list(keyed)
    quiet, unproven = _doubtful(at, keyed)
    later = sql.value(f"SELECT count(*) FROM hub_delivery d WHERE d.ring_after > %s AND {_OPEN}", [at])  # noqa: S608  words of states.py
    again = sql.value(
        f"SELECT count(*) FROM hub_delivery d WHERE {_OPEN} AND ((d.lane = %s AND d.ring_after <= %s) OR EXISTS ("  # noqa: S608  words of states.py
        f"SELECT 1 FROM hub_attempt a WHERE a.delivery_id = d.id AND a.{_LEFT} AND (a.lane = %s{_or_keyed(keyed)})))",
        [str(Lane.EMERGENCY), at, str(Lane.EMERGENCY), *keyed],
    )
    return Resend(int(later), int(again), len(quiet), tuple(unproven))


def settle(stopped: datetime, keyed: Iterable[str], now: datetime) -> Resend:
    """Write it into the rows, in one act with its entry in the ledger, and return what was computed."""
    at, keyed = to_ms(stopped), list(keyed)
    with sql.act():
        sql.one_view()
        found = resend(stopped, keyed)
        quiet, unproven = _doubtful(at, keyed)
        for begin in range(0, len(quiet) + len(unproven), 500):
            _silence([*quiet, *unproven][begin : begin + 500], set(unproven), keyed, to_ms(now))
        counts = {"later": found.later, "again": found.again, "quiet": found.kept_quiet, "unproven": len(found.unproven)}
        ledger.write("restore", now, count=len(quiet) + len(unproven), data=counts)
    return found


def _doubtful(at: int, keyed: list[str]) -> tuple[list[int], list[int]]:
    """Return the routine deliveries whose ring may have left already: those with an inbox, those without."""
    rows = sql.rows(
        f"SELECT d.id, d.inbox FROM hub_delivery d WHERE {_DOUBTFUL} OR d.lane = '{Lane.ROUTINE}' AND {_OPEN} AND EXISTS ("  # noqa: S608  words of states.py
        f"SELECT 1 FROM hub_attempt a WHERE a.delivery_id = d.id AND a.{_LEFT}{_and_not_keyed(keyed)}) ORDER BY d.id",
        [at, *keyed],
    )
    return [number for number, inbox in rows if inbox], [number for number, inbox in rows if not inbox]


def _silence(ids: list[int], unproven: set[int], keyed: list[str], at: int) -> None:
    marks = sql.marks(ids)
    end = "UPDATE hub_attempt SET state = %s, outcome = 'restored', ended_at = %s, lease_until = NULL"
    end += f" WHERE delivery_id IN ({marks}) AND {_LEFT}"
    which = f" AND channel NOT IN ({sql.marks(keyed)})" if keyed else ""
    sql.run(end + which, [str(Ring.UNKNOWN), at, *ids, *keyed])
    sql.run(f"UPDATE hub_delivery SET ring_after = NULL WHERE id IN ({marks})", ids)  # noqa: S608  only marks
    lost = [number for number in ids if number in unproven]
    if lost:
        text = f"UPDATE hub_delivery SET state = %s WHERE id IN ({sql.marks(lost)}) AND state IN (%s, %s, %s)"  # noqa: S608  only marks
        sql.run(text, [str(State.UNKNOWN), *lost, str(State.HELD), str(State.QUEUED), str(State.SENT)])


def _or_keyed(keyed: list[str]) -> str:
    return f" OR a.channel IN ({sql.marks(keyed)})" if keyed else ""


def _and_not_keyed(keyed: list[str]) -> str:
    return f" AND a.channel NOT IN ({sql.marks(keyed)})" if keyed else ""
