"""The second person of an emergency: sees what is asked, lets it go or sends it back; never their own."""

from datetime import datetime

from qingqun.hub import accept, ledger, sql
from qingqun.hub.desk.send import send
from qingqun.hub.models import Draft, Importance, Power, Right
from qingqun.i18n import _
from qingqun.words import Refused


def asked(person: int) -> list[Draft]:
    """Return the emergencies that wait for this person's consent: asked for, of a unit they approve for, not their own."""
    paths = list(Power.objects.filter(person_id=person, right=Right.APPROVER).exclude(unit__path="").values_list("unit__path", flat=True))
    waiting = Draft.objects.filter(asked_at__isnull=False, importance=Importance.EMERGENCY).exclude(author_id=person)
    rows = waiting.select_related("author", "unit").order_by("asked_at")
    return [one for one in rows if any(one.unit.path.startswith(path) for path in paths)]


def approve(draft: Draft, person: int, mark: str, now: datetime) -> accept.Accepted:
    """Let an emergency go, as the second person.

    Raises:
        Refused: it is not theirs to approve, has changed since they read it, or reaches nobody on duty.
    """
    if draft.pk not in {one.pk for one in asked(person)}:
        raise Refused(_("这条不归您批，或者已经处理过"))
    if mark != mark_of(draft):
        raise Refused(_("正文刚才改过，请再看一遍"))
    return send(draft, now, approver=person)


def mark_of(draft: Draft) -> str:
    """Return what tells whether the draft is still what was read: when consent was asked for is taken back by any change."""
    return draft.asked_at.isoformat() if draft.asked_at else ""


def send_back(draft: Draft, person: int, now: datetime) -> None:
    """Send it back to its author, unsent; that it was refused stands in the ledger as its consent would.

    Raises:
        Refused: it is not theirs to decide.
    """
    if draft.pk not in {one.pk for one in asked(person)}:
        raise Refused(_("这条不归您批，或者已经处理过"))
    with sql.act():
        if Draft.objects.filter(pk=draft.pk, asked_at__isnull=False).update(asked_at=None):
            ledger.write("send back", now, person=person, count=1, data={"draft": draft.pk})
