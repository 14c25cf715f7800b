"""Receipts: read, confirmed, answered. The first of a kind counts; said again it changes nothing.

Where only reading is asked, who does not tell it leaves no receipt; nor does anybody once who did what was deleted: then only the
reader's own row knows.

A receipt is of the last revision that mattered when it was given: after such a correction a new one stands beside the old one.
"""

from collections.abc import Sequence
from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.inbox.standing import done as done_for
from qingqun.hub.models import Attachment, Confirm, Importance, Means, State
from qingqun.hub.moment import to_ms

_NEW = """
INSERT INTO hub_receipt (delivery_id, kind, revision, means, at, recorder_id, answer)
SELECT d.id, %s, COALESCE((SELECT MAX(v.number) FROM hub_revision v WHERE v.notice_id = d.notice_id AND v.material), 1), %s, %s, %s, %s
FROM hub_delivery d WHERE d.id = %s AND d.person_id = %s AND d.not_before <= %s
ON CONFLICT (delivery_id, kind, revision) DO NOTHING RETURNING id
"""
# Of a person's own delivery: whether a receipt of this kind is written, and when the reader's own row says it was.
_WRITTEN = f"""
SELECT CASE WHEN n.forgotten_at IS NOT NULL THEN %s = '{Confirm.ANSWER}' ELSE %s <> '{Confirm.READ}' OR p.tells_reading
            OR n.confirm IN ('{Confirm.CONFIRM}', '{Confirm.ANSWER}') OR n.importance = '{Importance.EMERGENCY}' END,
       CASE WHEN n.forgotten_at > d.not_before THEN n.forgotten_at ELSE %s END, d.behalf_id
FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id JOIN hub_person p ON p.id = d.person_id
WHERE d.id = %s AND d.person_id = %s AND d.not_before <= %s
"""  # noqa: S608  words of states.py
_UNPROVEN = ", ".join(f"'{state}'" for state in (State.QUEUED, State.SENT, State.UNKNOWN, State.REFUSED))
# Whoever gives a receipt has the notice: what only a channel or a colleague could bring is proven by it.
_READ = f"""
UPDATE hub_delivery SET read_at = COALESCE(read_at, %s),
       done_at = COALESCE(done_at, CASE WHEN (SELECT n.confirm FROM hub_notice n WHERE n.id = notice_id) IN ({{done}}) THEN %s END),
       state = CASE WHEN state IN ({_UNPROVEN}) THEN '{State.DELIVERED}' ELSE state END,
       delivered_at = CASE WHEN state IN ({_UNPROVEN}) THEN %s ELSE delivered_at END
WHERE id = %s
"""  # noqa: S608  the words of states.py; every value is a parameter
_NEWS = " AND (read_at IS NULL OR done_at IS NULL AND (SELECT n.confirm FROM hub_notice n WHERE n.id = notice_id) IN ({done}))"
_ENOUGH = {
    Confirm.READ: (Confirm.NONE, Confirm.READ),
    Confirm.CONFIRM: (Confirm.NONE, Confirm.READ, Confirm.CONFIRM),
    Confirm.ANSWER: tuple(Confirm),
}


def receive(  # noqa: PLR0913  the columns of a receipt
    delivery: int,
    person: int,
    kind: Confirm,
    now: datetime,
    *,
    means: Means = Means.INBOX,
    recorder: int | None = None,
    answer: str = "",
    files: Sequence[Attachment] = (),
) -> bool:
    """Write a person's receipt of their own delivery; False where it had been given, or there is nothing of theirs to see yet.

    `recorder` is the colleague who wrote it down for them, `files` are rows of attachments not yet saved.
    """
    at = to_ms(now)
    with sql.act():
        found = sql.rows(_WRITTEN, [str(kind), str(kind), at, delivery, person, at])
        if not found:
            return False
        written, moment, behalf = found[0]
        if not written:
            return _marked(delivery, kind, moment, now, behalf)
        new = sql.rows(_NEW, [str(kind), str(means), at, recorder, answer, delivery, person, at])
        if not new:
            return False
        enough = _ENOUGH[kind]
        sql.run(_READ.format(done=sql.marks(enough)), [at, *(str(word) for word in enough), at, at, delivery])
        if behalf:
            done_for(delivery, kind, at, now)
        for file in files:
            file.receipt_id = new[0][0]
            file.save(force_insert=True)
        # Over the receipt's own number: once it is deleted, nobody can try out whose delivery it was.
        ledger.write("receipt", now, person=recorder, count=1, digest=ledger.digest([(new[0][0], str(kind))]))
    return True


def _marked(delivery: int, kind: Confirm, moment: int, now: datetime, behalf: int | None) -> bool:
    """Note it on the reader's own row alone."""
    done = [str(word) for word in _ENOUGH[kind]]
    text = (_READ + _NEWS).format(done=sql.marks(done))
    new = sql.run(text, [moment, *done, moment, moment, delivery, *done]) > 0
    if new and behalf:
        done_for(delivery, kind, moment, now, written=False)
    if new:
        ledger.write("mark", now, count=1)
    return new
