"""Acceptance: in one transaction the notice, one delivery a person, and the ledger's entry. What it returned has happened for good."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction

from qingqun.hub import audience, hooks, ledger, quiet, search, sql, standin
from qingqun.hub.hold import Group, Planned, grouped
from qingqun.hub.models import Hold, Importance, Lane, Notice, Revision, State
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql
from qingqun.i18n import _
from qingqun.words import Refused

_log = logging.getLogger(__name__)
Planner = Callable[[Iterable[Group], str, datetime], list[Planned]]
Along = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an author is told."""

    notice: int
    people: int
    again: bool = False  # it had been accepted before, under the same key


# Rings are spread by the ids, so that nobody is always last and a repeated run gives the same moments.
_DELIVER = f"""
INSERT INTO hub_delivery (notice_id, person_id, hold_id, into_id, state, lane, inbox, not_before, ring_after, delivered_at)
SELECT %s, person_id, hold_id, CASE WHEN known = 1 THEN into_id END,
       CASE WHEN seen > %s THEN '{State.HELD}' WHEN known = 1 OR aside = 1 THEN '{State.FOLDED}'
            WHEN inbox THEN '{State.DELIVERED}' ELSE '{State.QUEUED}' END,
       CASE WHEN urgent = 1 THEN '{Lane.EMERGENCY}' ELSE '{Lane.ROUTINE}' END,
       inbox, seen, CASE WHEN known = 0 AND aside = 0 AND quiet = 0 THEN rings END, CASE WHEN seen <= %s AND inbox THEN %s END
FROM (
  SELECT g.person_id, g.inbox, h.id AS hold_id, g.urgent, CASE WHEN g.urgent = 1 THEN 0 ELSE g.known END AS known, g.into_id,
         CASE WHEN g.urgent = 0 AND %s = 1 THEN 1 ELSE 0 END AS aside, CASE WHEN g.urgent = 1 THEN 0 ELSE g.quiet END AS quiet,
         CASE WHEN g.urgent = 1 THEN %s ELSE h.not_before END AS seen,
         CASE WHEN g.urgent = 1 THEN %s ELSE h.ring_from + ((g.person_id * 7919 + %s * 104729) %% (h.ring_spread + 1)) * 1000 END AS rings
  FROM (
    SELECT d.*, CASE WHEN u.person_id IS NULL THEN 0 ELSE 1 END AS urgent, CASE WHEN k.person_id IS NULL THEN 0 ELSE 1 END AS known,
           k.into_id,
           CASE WHEN q.person_id IS NULL THEN 0 ELSE 1 END AS quiet
    FROM ({{grouped}}) AS d
    LEFT JOIN ({{duty}}) AS u ON u.person_id = d.person_id
    LEFT JOIN ({{known}}) AS k ON k.person_id = d.person_id
    LEFT JOIN ({{muted}}) AS q ON q.person_id = d.person_id
  ) AS g
  JOIN hub_hold h ON h.notice_id = %s AND h.worktime = g.worktime AND h.shift_from = g.shift_from AND h.back_at = g.back_at
) AS r
"""  # noqa: S608  the words of states.py; every value is a parameter
_DUTY = "SELECT DISTINCT person_id FROM hub_dutyturn WHERE starts <= %s AND ends > %s"
# Who has any of those that are copies of the same or come from the same source; the first they have.
_KNOWN = f"""
SELECT o.person_id, MIN(o.notice_id) AS into_id FROM hub_delivery o JOIN hub_notice f ON f.id = o.notice_id
WHERE (f.id = %s OR f.root_id = %s) AND o.state = '{State.DELIVERED}' AND f.withdrawn_at IS NULL GROUP BY o.person_id
"""  # noqa: S608  same
_NOBODY = (
    "SELECT CAST(NULL AS BIGINT) AS person_id, CAST(NULL AS BIGINT) AS into_id WHERE 1 = 0"  # no table: joining it costs nothing a row
)


def accept(notice: Notice, plan: Planner, now: datetime, along: Along | None = None) -> Accepted:
    """Make an unsaved notice durable together with everybody's delivery; the same key again gives the first acceptance.

    `along` is done with the notice's number in the same transaction: what must not be missing from it.

    Raises:
        Refused: nobody is in the audience, or the audience is none.
    """
    try:
        with sql.act(first=notice.importance == Importance.EMERGENCY):
            sql.one_view()
            before = Notice.objects.filter(key=notice.key).first()
            if before:
                return Accepted(before.pk, before.people, again=True)
            accepted = _accepted(notice, plan, now)
            if along:
                along(accepted.notice)
            return accepted
    except IntegrityError:  # PostgreSQL: the same key was accepted meanwhile, by another process
        before = Notice.objects.filter(key=notice.key).first()
        if before is None:
            raise
        return Accepted(before.pk, before.people, again=True)


def _accepted(notice: Notice, plan: Planner, now: datetime) -> Accepted:
    notice.accepted_at = now
    notice.save(force_insert=True)
    Revision.objects.create(notice=notice, number=1, title=notice.title, text=notice.text, by_id=notice.author_id, at=now)
    start = max(now, notice.send_at or now)
    people = grouped(audience.present(notice.audience, now), start)
    _hold(notice, plan, people, start)
    notice.people = _deliver(notice, people, now)
    if not notice.people:
        raise Refused(_("受众中没有在岗的人，没有发出"))
    if notice.importance == Importance.EMERGENCY and not notice.deliveries.filter(lane=Lane.EMERGENCY).exists():
        raise Refused(_("受众中此刻没有值班人员，没有发出：请把值班表加入受众"))
    notice.save(update_fields=["people"])
    ledger.write("accept", now, notice=notice.pk, person=notice.author_id, count=notice.people, digest=ledger.digest_of(notice.pk))
    if notice.importance == Importance.EMERGENCY:
        ledger.write("approve", now, notice=notice.pk, person=notice.approver_id, count=1)  # who let it go, beside who wrote it
        _spared(notice, now)
    else:
        standin.bring(notice.pk, start, now)
        _known(notice, now)
    return Accepted(notice.pk, notice.people)


def _known(notice: Notice, now: datetime) -> None:
    """Let it be found, and told to who subscribed."""
    search.keep(notice.pk, notice.title, notice.text)
    hooks.tell(hooks.ACCEPTED, notice.pk, now)
    hooks.tell(hooks.DELIVERED, notice.pk, now)


def _spared(notice: Notice, now: datetime) -> None:
    """Do the same, or go without: an emergency does not wait for an index to be mended."""
    try:
        with transaction.atomic():
            _known(notice, now)
    except DatabaseError:
        if connection.needs_rollback:  # a full disk took the whole act with it: nothing was accepted
            raise
        _log.exception("an emergency is sent that cannot be searched, and that no subscription is told of")


def _hold(notice: Notice, plan: Planner, people: Sql, start: datetime) -> None:
    """Decide once for each group and keep the decision; people are joined to it by the group's columns."""
    found = sql.rows(f"SELECT DISTINCT worktime, shift_from, back_at FROM ({people.text}) AS g", people.params)  # noqa: S608  no value
    planned = plan([Group(*row) for row in found], notice.importance, start)
    Hold.objects.bulk_create([_row(notice, one) for one in planned])


def _row(notice: Notice, one: Planned) -> Hold:
    columns: dict[str, Any] = one.group._asdict()
    return Hold(
        notice=notice, not_before=one.not_before, ring_from=one.ring_from, ring_spread=one.spread, reason=dict(one.reason), **columns
    )


def _deliver(notice: Notice, people: Sql, now: datetime) -> int:
    at, urgent = to_ms(now), notice.importance == Importance.EMERGENCY
    duty = Sql(_DUTY, (at, at)) if urgent else Sql(_NOBODY)
    root = None if notice.anew else notice.root_id or notice.same_as_id
    known = Sql(_KNOWN, (root, root)) if root else Sql(_NOBODY)
    muted = quiet.muted(notice.topic_id)
    text = _DELIVER.format(duty=duty.text, known=known.text, muted=muted.text, grouped=people.text)
    outer = (notice.pk, at, at, at, int(urgent), at, at, notice.pk)
    return sql.run(text, [*outer, *people.params, *duty.params, *known.params, *muted.params, notice.pk])
