"""The oracle: what clients were told and what the platforms saw, against what the hub says. Anything that does not agree is a sentence."""

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


def told(folder: Path) -> Told:
    lines = [line.split() for log in sorted(folder.glob("client*.log")) for line in log.read_text(encoding="utf-8").splitlines()]
    tried: dict[str, tuple[str, int]] = {}
    for line in lines:
        if line[0] == "try":
            tried.setdefault(line[1], (line[2], int(line[3])))
    taken = {line[1]: (int(line[2]), int(line[3])) for line in lines if line[0] == "ok"}
    return Told(tried, taken, {int(line[1]) for line in lines if line[0] == "read"})


def wrong(said: Told, platforms: list[tuple[Log, dict[str, int]]], now: datetime, head: Path) -> list[str]:
    """Return everything that does not agree. Each platform comes with the moments (ms) at which it saw a mark first."""
    return [*_inbox(said), *_receipts(said), *_rings(platforms), *_emergencies(said, platforms), *_books(now, head)]


def _inbox(said: Told) -> list[str]:
    rows = sql.rows("SELECT n.key, n.id, n.people, count(d.id), count(DISTINCT d.person_id), SUM(CASE WHEN d.state IN ('delivered', 'folded') "
                    "THEN 1 ELSE 0 END) FROM hub_notice n LEFT JOIN hub_delivery d ON d.notice_id = n.id GROUP BY n.key, n.id, n.people")  # fmt: skip
    found = {row[0]: row for row in rows}
    missing = [f"acknowledged and missing: {key}" for key in said.taken if key not in found]
    strange = [f"nobody wrote {key}" for key in found if key not in said.tried]
    partial = [f"not in every inbox once: {row}" for row in rows if not row[2] == row[3] == row[4] == row[5]]
    other = [f"told {told}, is {found[key]}" for key, told in said.taken.items() if key in found and told != tuple(found[key][1:3])]
    return [*missing, *strange, *partial, *other]


def _receipts(said: Told) -> list[str]:
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
    """Ask that each is in its inbox in time, and rung. How late one fault makes a ring is tested by itself: here somebody is hit every second."""
    seen = {mark for _log, moments in platforms for mark in moments}
    rows = sql.rows("SELECT n.key, n.accepted_at, d.delivered_at, substr(a.key, 1, %s) FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id "
                    "JOIN hub_attempt a ON a.delivery_id = d.id WHERE d.lane = 'emergency' AND d.read_at IS NULL", [MARK])  # fmt: skip
    slow = [f"emergency {key} in the inbox late" for key, accepted, delivered, _mark in rows if delivered - accepted > SLOWEST]
    never = [f"emergency {key} never rung" for key, _accepted, _delivered, mark in rows if mark not in seen and key in said.tried]
    return [*slow, *never]


def _books(now: datetime, head: Path) -> list[str]:
    found = reconcile(now)
    return [*([] if found.explained else [f"not explained: {found}"]), *verify(head)]


def moments(log: Log, start: datetime, begun: float) -> dict[str, int]:
    """Return when a platform saw each mark first, in the hub's time."""
    first: dict[str, int] = {}
    for mark, at in zip(log.marks, log.moments, strict=True):
        first.setdefault(mark, to_ms(start) + int((at - begun) * 1_000))
    return first
