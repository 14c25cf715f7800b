"""How notices stand, for supervisors: how many were reached and did what was asked, in steps of five people; never who.

What runs stands as the day began, by the whole; what is over stands by unit, once and for all. See tally/ for what is held back and why.
"""

from typing import Any

from django.http import HttpResponse

from qingqun.findings.suppress import FEW
from qingqun.hub import tally
from qingqun.hub.language import later
from qingqun.hub.models import Confirm, Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import show
from qingqun.hub.pages._words import at_word
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "counts/", "counts", {Right.SUPERVISOR}, {"GET", "HEAD"}
NAV = (58, "sent", later("通知送达与办理人数"))
PAGE = 20
_LAST = 2**62


def page(request: Asked) -> HttpResponse:
    """Show one page of them; older ones follow."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else _LAST
    paths = [path for right, path in request.visitor.powers if right == Right.SUPERVISOR]
    at = now()
    lines = tally.listed(paths, at, before, PAGE + 1)
    older = lines[PAGE - 1].notice if len(lines) > PAGE else None
    response = show(request, "counts", lines=[_line(one, at) for one in lines[:PAGE]], before=older, few=FEW)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _line(one: tally.Line, at: Any) -> dict[str, Any]:
    return {
        "it": one,
        "when": at_word(one.at, at),
        "due": at_word(one.deadline, at) if one.deadline else "",
        "asked": _asked(one.confirm),
        "delivered": _step(one.shown.delivered, one.shown.people) if one.shown else "",
        "done": _step(one.shown.done, one.shown.people) if one.shown and one.shown.done else "",
        "why": _why(one, at),
        "parts": [_part(part) for part in one.parts],
    }


def _asked(confirm: str) -> str:
    words = {Confirm.READ: _("已读"), Confirm.CONFIRM: _("已确认"), Confirm.ANSWER: _("已答复")}
    return words.get(Confirm(confirm), "")


def _step(step: tally.Step, people: int) -> str:
    """Say a step in words; nobody and everybody sound like few and nearly all."""
    if not tally.tells(step, people):
        return _("人数太少，不显示")
    if step.low == 0:
        return _("不到 {n} 人").format(n=FEW)
    if step.high == people:
        return _("{n} 人以上").format(n=step.low)
    return _("{low}–{high} 人").format(low=step.low, high=step.high)


def _why(one: tally.Line, at: Any) -> str:
    """Say why there is no number of the whole; empty where there is one."""
    if one.withdrawn or one.shown or not one.own:
        return ""
    if one.people < tally.LEAST:
        return _("人数太少，不显示")
    if not one.over and one.at >= tally.midnight(at):
        return _("明天起有人数")
    return _("收件人与另一条通知只差几个人，不显示人数，免得看出是谁")


def _part(part: tally.Part) -> dict[str, str]:
    return {
        "name": _("{unit}（其余）").format(unit=part.unit) if part.rest else part.unit,
        "people": _("{n} 人").format(n=part.shown.people),
        "delivered": _step(part.shown.delivered, part.shown.people),
        "done": _step(part.shown.done, part.shown.people) if part.shown.done else "",
    }
