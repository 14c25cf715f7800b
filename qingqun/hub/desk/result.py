"""What became of a notice: counts for its author; who has not confirmed yet, for its author alone and only until the deadline."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from qingqun.hub import forget, sql, standin
from qingqun.hub.models import Attachment, Confirm, Delivery, Importance, Means, Notice, State
from qingqun.hub.moment import from_ms
from qingqun.hub.tally import TOLD
from qingqun.i18n import _

_DONE_BY = {
    Confirm.READ: (Confirm.READ, Confirm.CONFIRM, Confirm.ANSWER),
    Confirm.CONFIRM: (Confirm.CONFIRM, Confirm.ANSWER),
    Confirm.ANSWER: (Confirm.ANSWER,),
}
MOST_NAMES, MOST_ANSWERS = 300, 300

_COUNTS = f"""
SELECT count(*), SUM(CASE WHEN state = %s THEN 1 ELSE 0 END), SUM(CASE WHEN state = %s THEN 1 ELSE 0 END),
       SUM(CASE WHEN state = %s THEN 1 ELSE 0 END), SUM(CASE WHEN state IN (%s, %s, %s) THEN 1 ELSE 0 END),
       SUM(CASE WHEN state = %s THEN 1 ELSE 0 END), SUM(CASE WHEN state IN (%s, %s) THEN 1 ELSE 0 END),
       SUM(CASE WHEN read_at IS NOT NULL AND {TOLD} THEN 1 ELSE 0 END), SUM(CASE WHEN done_at IS NOT NULL AND {TOLD} THEN 1 ELSE 0 END),
       SUM(CASE WHEN {TOLD} THEN 0 ELSE 1 END)
FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id JOIN hub_person p ON p.id = d.person_id WHERE d.notice_id = %s
"""  # noqa: S608  words of states.py
_STATES = (
    *(State.DELIVERED, State.FOLDED, State.HELD),
    *(State.QUEUED, State.SENT, State.UNKNOWN),
    *(State.REFUSED, State.WITHDRAWN, State.EXPIRED),
)
_WAITING = f"""
SELECT p.name, u.name FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id
JOIN hub_person p ON p.id = d.person_id JOIN hub_unit u ON u.id = p.unit_id
WHERE d.notice_id = %s AND d.done_at IS NULL AND {TOLD}
AND d.state IN ('{State.DELIVERED}', '{State.SENT}', '{State.QUEUED}', '{State.UNKNOWN}')
AND p.left_at IS NULL ORDER BY u.path, p.id LIMIT %s
"""  # noqa: S608  words of states.py
_UNREACHED = f"""
SELECT p.name, u.name, d.state FROM hub_delivery d JOIN hub_person p ON p.id = d.person_id JOIN hub_unit u ON u.id = p.unit_id
WHERE d.notice_id = %s AND d.state IN ('{State.REFUSED}', '{State.UNKNOWN}', '{State.SENT}') AND p.left_at IS NULL
ORDER BY d.state <> '{State.REFUSED}', u.path, p.id LIMIT %s
"""  # noqa: S608  words of states.py
_CONFIRMED = """
SELECT r.revision, count(DISTINCT r.delivery_id) FROM hub_receipt r JOIN hub_delivery d ON d.id = r.delivery_id
WHERE d.notice_id = %s AND r.kind IN ({kinds}) GROUP BY r.revision
"""
_CONFIRMERS = """
SELECT DISTINCT r.revision, p.id, p.name FROM hub_receipt r
JOIN hub_delivery d ON d.id = r.delivery_id JOIN hub_person p ON p.id = d.person_id
WHERE d.notice_id = %s AND r.kind IN ({kinds}) ORDER BY r.revision, p.id LIMIT %s
"""
# Who was answered for while on leave has no answer of their own: it stands under who gave it.
_ANSWERS = f"""
SELECT r.id, p.name, b.name, u.name, r.at, r.answer, r.revision FROM hub_receipt r JOIN hub_delivery d ON d.id = r.delivery_id
JOIN hub_person p ON p.id = d.person_id JOIN hub_unit u ON u.id = p.unit_id LEFT JOIN hub_person b ON b.id = d.behalf_id
WHERE d.notice_id = %s AND r.kind = %s AND r.means <> '{Means.DEPUTY}' ORDER BY r.id DESC LIMIT %s
"""  # noqa: S608  a word of states.py


class Counts(NamedTuple):
    """How the deliveries of a notice stand; the first is the sum of the six after it."""

    people: int
    delivered: int
    folded: int
    held: int
    unproven: int
    unreachable: int
    ended: int  # withdrawn or expired before anybody saw it
    read: int
    done: int
    silent: int = 0  # who does not tell that they read, where only that is asked


class Held(NamedTuple):
    """Some for whom it waits: in the inbox and ringing from `at`, because of `code` (leave, or the grade of the hour)."""

    people: int
    at: datetime | None  # None for who is on leave: each when they work again
    code: str


class Confirmed(NamedTuple):
    """Who confirmed which: a text from one correction that mattered to the next. Names only for its author, while they may be shown."""

    revision: int
    at: datetime
    people: int
    names: list[str]


class Answer(NamedTuple):
    name: str
    unit: str
    at: datetime
    text: str
    revision: int
    files: list[Attachment]


def counts(notice: int) -> Counts:
    """Return how a notice stands."""
    return Counts(*(int(number or 0) for number in sql.rows(_COUNTS, [*(str(state) for state in _STATES), notice])[0]))


def held(notice: int) -> list[Held]:
    """Return for how many it waits, until when and why; who is on leave together, without the day they come back."""
    waiting = Delivery.objects.filter(notice=notice, state=State.HELD, hold__isnull=False)
    found: Counter[tuple[datetime | None, str]] = Counter()
    for row in waiting.values("hold", "hold__not_before", "hold__reason").annotate(people=Count("pk")):
        code = str(row["hold__reason"].get("code", ""))
        found[None if code == "leave" else row["hold__not_before"], code] += row["people"]
    return sorted((Held(people, at, code) for (at, code), people in found.items()), key=lambda one: (one.at is None, one.at or 0, one.code))


def rings_later(notice: int, now: datetime) -> datetime | None:
    """Return from when on an important notice rings for who has it already; None where it rings for nobody later."""
    found = Delivery.objects.filter(notice=notice, notice__importance=Importance.IMPORTANT, state=State.DELIVERED, read_at=None)
    return found.filter(ring_after__gt=now).order_by("ring_after").values_list("ring_after", flat=True).first()


def may_name(notice: Notice, now: datetime) -> bool:
    """Tell whether names may still be shown: something was asked, and its time is not over."""
    return notice.confirm != Confirm.NONE and now < forget.until(notice) and notice.forgotten_at is None and notice.withdrawn_at is None


def unreached(notice: Notice, now: datetime) -> list[tuple[str, str, bool]]:
    """Return whom no channel reached, or none is known to have: name, unit, and whether that is for good; to be telephoned meanwhile."""
    if now >= forget.until(notice) or notice.withdrawn_at:
        return []
    return [(name, unit, state == State.REFUSED) for name, unit, state in sql.rows(_UNREACHED, [notice.pk, MOST_NAMES])]


def waiting(notice: Notice, now: datetime) -> list[tuple[str, str]]:
    """Return who has not done what is asked, as name and unit; nobody once the time is over."""
    return [(name, unit) for name, unit in sql.rows(_WAITING, [notice.pk, MOST_NAMES])] if may_name(notice, now) else []


def confirmed(notice: Notice, now: datetime) -> list[Confirmed]:
    """Return, for each text that asked anew, how many did what it asks; nothing where the text never changed in what matters."""
    versions = notice.revisions.filter(Q(number=1) | Q(material=True)).order_by("number")
    if notice.confirm == Confirm.NONE or len(versions) < 2:
        return []
    kinds = [str(kind) for kind in _DONE_BY[Confirm(notice.confirm)]]
    marks = sql.marks(kinds)
    found = Counter(dict(sql.rows(_CONFIRMED.format(kinds=marks), [notice.pk, *kinds])))
    found.update(forget.kept(notice.pk, kinds))
    names: dict[int, list[str]] = {}
    if may_name(notice, now):
        for revision, _person, name in sql.rows(_CONFIRMERS.format(kinds=marks), [notice.pk, *kinds, MOST_NAMES]):
            names.setdefault(revision, []).append(name)
    return [Confirmed(one.number, one.at, found[one.number], names.get(one.number, [])) for one in versions]


def answers(notice: int) -> list[Answer]:
    """Return what readers answered, the newest first."""
    rows = sql.rows(_ANSWERS, [notice, str(Confirm.ANSWER), MOST_ANSWERS])
    files: dict[int | None, list[Attachment]] = {}
    for file in Attachment.objects.filter(receipt_id__in=[row[0] for row in rows]):
        files.setdefault(file.receipt_id, []).append(file)
    return [
        Answer(_who(name, behalf), unit, from_ms(at), text, revision, files.get(number, []))
        for number, name, behalf, unit, at, text, revision in rows
    ]


def stood(notice: int) -> int:
    """Return for how many on leave somebody stands in."""
    return int(sql.value("SELECT count(DISTINCT person_id) FROM hub_standin WHERE notice_id = %s", [notice]))


def unattended(notice: Notice, now: datetime) -> int:
    """Return of how many on leave it asks what cannot wait, while nobody stands in for them; nothing once the time is over."""
    return standin.unattended(notice.pk, now) if now < forget.until(notice) and notice.withdrawn_at is None else 0


def _who(name: str, behalf: str | None) -> str:
    return _("{name}（代{absent}）").format(name=name, absent=behalf) if behalf else name
