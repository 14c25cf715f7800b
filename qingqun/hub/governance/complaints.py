"""Complaints as whoever answers them sees them; the answer is given once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from qingqun.hub import ledger, sql
from qingqun.hub.models import Complaint
from qingqun.hub.moment import to_ms

MOST = 200
_ANSWER = "UPDATE hub_complaint SET answer = %s, answered_at = %s, answerer_id = %s WHERE id = %s AND answered_at IS NULL"


def complaints(paths: Sequence[str]) -> list[Complaint]:
    """Return those about units at or below some paths, and those about none; open ones first, then the newest."""
    about = Q(unit__isnull=True)
    for path in paths:
        about |= Q(unit__path__startswith=path)
    found = Complaint.objects.filter(about).select_related("notice", "person")
    return list(found.order_by(F("answered_at").desc(nulls_first=True), "-at")[:MOST])


def answer(complaint: int, person: int, text: str, now: datetime) -> bool:
    """Answer one; False where it had been answered."""
    with sql.act():
        done = sql.run(_ANSWER, [text, to_ms(now), person, complaint])
        if done:
            ledger.write("answer complaint", now, person=person, count=1, data={"complaint": complaint})
    return bool(done)
