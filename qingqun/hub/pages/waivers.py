"""The waivers granted to this office: what, why, by whom, until when; and which of them cover nothing any more."""

from typing import NamedTuple

from django.http import HttpResponse

from qingqun.clock import BEIJING
from qingqun.hub import waivers
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import refused, show
from qingqun.judge.discovery import rules
from qingqun.words import Waiver

URL, NAME, ROLES, METHODS = "waivers/", "waivers", {Right.ADMINISTRATOR, Right.AUDITOR}, {"GET", "HEAD"}
NAV = (66, "check", later("例外"))


class Row(NamedTuple):
    """A waiver with its rule's title, and why it covers nothing any more; empty where it does."""

    waiver: Waiver
    title: str
    idle: str


def page(request: Asked) -> HttpResponse:
    """Show it to who answers for the whole office."""
    if not any(right in ROLES and path.count("/") == 2 for right, path in request.visitor.powers):
        return refused(request, 403)
    found = waivers.granted()
    idle = {one.waiver.id: one.reason for one in waivers.unused(now().astimezone(BEIJING).date())}
    titles = {rule.name: rule.title for rule in rules()}
    rows = [Row(one, titles.get(one.rule, one.rule), idle.get(one.id, "")) for one in found.waivers]
    return show(
        request, "waivers", wrong=found.wrong, rows=sorted(rows, key=lambda row: (not row.idle, row.waiver.until)), file=waivers.FILE
    )
