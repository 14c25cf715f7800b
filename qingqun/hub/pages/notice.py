"""One notice: what it says, what it asks, why it came to you and when; opening it is the receipt that it was read."""

from django.http import Http404, HttpResponse

from qingqun.hub import inbox
from qingqun.hub.inbox import Row
from qingqun.hub.models import Confirm, Importance, Right
from qingqun.hub.moment import from_ms
from qingqun.hub.now import now
from qingqun.hub.pages._cards import card, held
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show
from qingqun.hub.pages._text import linked, size_word
from qingqun.hub.pages._words import at_word
from qingqun.i18n import _, listed, moment

URL, NAME, ROLES, METHODS = "n/<int:delivery>/", "notice", {READER}, {"GET", "HEAD"}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Show it; anybody else's is not found."""
    at, who = now(), request.visitor
    row = inbox.one(delivery, who.person, at)
    if row is None:
        raise Http404
    if request.method == "GET":
        inbox.receive(delivery, who.person, Confirm.READ, at)
    return shown(request, row)


def shown(request: Asked, row: Row, typed: str = "") -> HttpResponse:
    """Show a notice; `typed` is an answer that could not be taken, to go on with."""
    at, who = now(), request.visitor
    known, stood = inbox.facts(who.person, who.path), inbox.standing(row.notice, who.person)
    return show(
        request,
        "notice",
        status=422 if typed else 200,
        typed=typed,
        row=row,
        card=card(row, known, at),
        it=inbox.opened(row.delivery, row.notice, row.read_at),
        reasons=[*_absent(stood), *inbox.why(row.audience, known, None if stood.absent else row.behalf)],
        deputies=listed(stood.deputies),
        held=held(row, at),
        sent=at_word(from_ms(row.accepted_at), at),
        linked=linked,
        size=size_word,
        forwards=Right.AUTHOR in who.rights and row.withdrawn_at is None and row.importance != Importance.EMERGENCY,
        snoozed=row.snoozed_until is not None and from_ms(row.snoozed_until) > at,
    )


def _absent(stood: inbox.Standing) -> list[str]:
    """Say for whom the reader stands in, and why it could not wait."""
    away, plain = _("代{name}收：休假到{when}，这件事等不到回来"), _("代{name}收")
    return [away.format(name=name, when=moment(back)) if back else plain.format(name=name) for name, back in stood.absent]
