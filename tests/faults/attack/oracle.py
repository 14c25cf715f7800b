"""The oracle: what clients were told and what the platforms saw, against what the hub says. Anything that does not agree is a sentence."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fakes import Log

from qingqun.hub import sql
from qingqun.hub.deliver.ringing import MARK
from qingqun.hub.moment import to_ms
from qingqun.hub.reconcile import reconcile
from qingqun.hub.seal import verify

SLOWEST = 30_000  # ms an emergency may be late by a fault


@dataclass(frozen=True)
class Told:
    """A client's own log."""

    tried: dict[str, tuple[str, int]]  # key -> kind, first moment in ms
    taken: dict[str, tuple[int, int]]  # key -> notice, people
    read: set[int]
    gone: frozenset[str] = frozenset()  # drafts that had been sent when their author, who got no answer, came back


def told(folder: Path) -> Told:
    lines = [line.split() for log in sorted(folder.glob("client*.log")) for line in log.read_text(encoding="utf-8").splitlines()]
    tried: dict[str, tuple[str, int]] = {}
    for line in lines:
        if line[0] == "try":
            tried.setdefault(line[1], (line[2], int(line[3])))
    taken = {line[1]: (int(line[2]), int(line[3])) for line in lines if line[0] == "ok"}
    gone = frozenset(line[1] for line in lines if line[0] == "gone")
    return Told(tried, taken, {int(line[1]) for line in lines if line[0] == "read"}, gone)


def wrong(said: Told, platforms: list[tuple[Log, dict[str, int]]], now: datetime, head: Path) -> list[str]:
    """Return everything that does not agree. Each platform comes with the moments (ms) at which it saw a mark first."""
    return [*inboxes(said), *receipts(said), *_rings(platforms), *_emergencies(said, platforms), *books(now, head)]


def inboxes(said: Told) -> list[str]:
    """Ask that all that was accepted is in every inbox once."""
    rows = sql.rows("SELECT n.key, n.id, n.people, count(d.id), count(DISTINCT d.person_id), SUM(CASE WHEN d.state IN ('delivered', 'folded') "
                    "THEN 1 ELSE 0 END) FROM hub_notice n LEFT JOIN hub_delivery d ON d.notice_id = n.id GROUP BY n.key, n.id, n.people")  # fmt: skip
    found = {row[0]: row for row in rows}
    missing = [f"acknowledged and missing: {key}" for key in [*said.taken, *said.gone] if key not in found]
    strange = [f"nobody wrote {key}" for key in found if key not in said.tried]
    partial = [f"not in every inbox once: {row}" for row in rows if not row[2] == row[3] == row[4] == row[5]]
    other = [f"told {told}, is {found[key]}" for key, told in said.taken.items() if key in found and told != tuple(found[key][1:3])]
    return [*missing, *strange, *partial, *other]


def receipts(said: Told) -> list[str]:
    """Ask that no confirmation was lost."""
    kept = {row[0] for row in sql.rows("SELECT delivery_id FROM hub_receipt WHERE kind = 'confirm'")}
    unread = {row[0] for row in sql.rows("SELECT id FROM hub_delivery WHERE read_at IS NULL")}
    return [f"confirmation lost: {one}" for one in said.read if one not in kept or one in unread]


def _rings(platforms: list[tuple[Log, dict[str, int]]]) -> list[str]:
    rows = sql.rows(
        "SELECT a.key, a.delivery_id, a.state, a.lane, d.not_before FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id"
    )
    by_mark = {row[0][:MARK]: row for row in rows}
    seen = {mark: at for _log, moments in platforms for mark, at in moments.items()}
    rung: dict[int, int] = {}
    for log, _moments in platforms:
        for mark in log.marks:
            delivery, lane = by_mark[mark][1], by_mark[mark][3]
            rung[delivery] = rung.get(delivery, 0) + (lane == "routine")
    doubled = [f"rung {count} times: delivery {one}" for one, count in rung.items() if count > 1]
    early = [f"rung before its time: {mark}" for mark, at in seen.items() if at < by_mark[mark][4]]
    lost = [f"said to be sent, never seen: {row[0]}" for row in rows if row[2] == "sent" and row[0][:MARK] not in seen]
    open_ = [f"never ended: {row}" for row in rows if row[2] in {"queued", "sending"}]
    return [*doubled, *early, *lost, *open_]


def _emergencies(said: Told, platforms: list[tuple[Log, dict[str, int]]]) -> list[str]:
    """Ask that each is in its inbox in time, and that it rings in time wherever its reader has not had it before."""
    found = []
    for one in emergencies(platforms):
        if one.inbox > SLOWEST:
            found.append(f"emergency {one.key} in the inbox after {one.inbox} ms")
        if not one.had and (one.rung is None or one.rung > SLOWEST):
            found.append(f"emergency {one.key} rung after {one.rung} ms")
    return [line for line in found if line.split()[1] in said.tried]


@dataclass(frozen=True)
class Emergency:
    """One delivery in the emergency lane; times in ms after its author sent it."""

    key: str
    inbox: int
    rung: int | None  # the first time that a platform saw it
    had: bool  # its reader opened it within the time that a ring has
    rings: int  # how often platforms saw it


def emergencies(platforms: list[tuple[Log, dict[str, int]]]) -> list[Emergency]:
    """Return what became of every emergency."""
    seen = {mark: at for _log, moments in platforms for mark, at in moments.items()}
    often = Counter(mark for log, _moments in platforms for mark in log.marks)
    marks: dict[int, set[str]] = {}
    for delivery, key in sql.rows("SELECT delivery_id, key FROM hub_attempt WHERE lane = 'emergency'"):
        marks.setdefault(delivery, set()).add(key[:MARK])
    rows = sql.rows("SELECT d.id, n.key, n.accepted_at, d.delivered_at, d.read_at FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id "
                    "WHERE d.lane = 'emergency'")  # fmt: skip
    found = []
    for delivery, key, accepted, delivered, read in rows:
        mine = marks.get(delivery, set())
        first = min((seen[mark] - accepted for mark in mine if mark in seen), default=None)
        had = read is not None and read - accepted <= SLOWEST
        found.append(Emergency(key, delivered - accepted, first, had, sum(often[mark] for mark in mine)))
    return found


def figures(said: Told, platforms: list[tuple[Log, dict[str, int]]]) -> str:
    """Say in one line what was survived."""
    urgent = emergencies(platforms)
    rung = sorted(one.rung for one in urgent if one.rung is not None) or [0]
    doubled = sum(one.rings > 1 for one in urgent)
    rings = sum(len(log.marks) for log, _moments in platforms)
    return (
        f"{len(said.tried)} notices, {len(said.taken)} answered, {len(said.read)} confirmed, {rings} rings; {len(urgent)} emergencies, "
        f"{doubled} rung twice, rung after {rung[len(rung) // 2]} ms (half), {rung[len(rung) * 99 // 100]} ms (99 %), {rung[-1]} ms (all)"
    )


def books(now: datetime, head: Path) -> list[str]:
    """Ask that the sums agree and the ledger's chain holds."""
    found = reconcile(now)
    return [*([] if found.explained else [f"not explained: {found}"]), *verify(head)]


def moments(log: Log, start: datetime, begun: float) -> dict[str, int]:
    """Return when a platform saw each mark first, in the hub's time."""
    first: dict[str, int] = {}
    for mark, at in zip(log.marks, log.moments, strict=True):
        first.setdefault(mark, to_ms(start) + int((at - begun) * 1_000))
    return first
