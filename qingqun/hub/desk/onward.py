"""What becomes of a notice that others passed on: whoever has it through them learns that it was corrected or taken back."""

from datetime import datetime

from qingqun.hub import ledger
from qingqun.hub.desk import again
from qingqun.hub.models import Notice, Revision


def changed(notice: Notice, now: datetime, *, material: bool) -> int:
    """Give every notice that passes one on, over however many offices, a revision with its own words unchanged; inside the source's act.

    So it is marked as changed where it lies, and confirmed anew where it matters; what changed stands in the source's part of the page.
    """
    found = onward(notice)
    for one in found:
        number = one.revision + 1
        Revision.objects.create(
            notice=one, number=number, title=one.title, text=one.text, by_id=notice.author_id, at=now, material=material
        )
        Notice.objects.filter(pk=one.pk).update(revision=number)
        count = again.anew(one, now) if material else 0
        data = {"revision": number, "material": int(material), "source": notice.pk}
        ledger.write("correct", now, notice=one.pk, person=notice.author_id, count=count, data=data)
    return len(found)


def onward(notice: Notice) -> list[Notice]:
    """Return what passes a notice on and is not taken back itself, from the nearest on, locked; inside an act."""
    root = notice.root_id or notice.same_as_id or notice.pk
    below: dict[int, list[Notice]] = {}
    for one in Notice.objects.select_for_update().filter(root_id=root, source_id__isnull=False).order_by("pk"):
        below.setdefault(one.source_id or 0, []).append(one)
    found: list[Notice] = []
    waiting = list(below.get(notice.pk, []))
    while waiting:
        one = waiting.pop(0)
        waiting += below.get(one.pk, [])
        if one.withdrawn_at is None:
            found.append(one)
    return found
