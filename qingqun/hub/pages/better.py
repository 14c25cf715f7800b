"""How to write without burdening anybody: for each rule what is wrong, what to do instead, and what the desk does by itself."""

import re
from typing import NamedTuple

from django.http import HttpResponse

from qingqun.hub import preflight
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show
from qingqun.i18n import _
from qingqun.judge.discovery import rules
from qingqun.judge.rule import Rule

URL, NAME, ROLES, METHODS = "better/", "better", {READER}, {"GET", "HEAD"}
WRITTEN = "messages"  # the subject of rules that a writer can keep
ENOUGH = 10  # signs of an example that speaks for itself
_WRONG = re.compile(r"!\s+\S+\s+\S+\s+\S+\s+[^\s:\uff1a]+[:\uff1a]\s*(?P<text>.+)")
_AGAIN = re.compile("\u3014([^\u3015]+)\u3015×[0-9]+")  # a scene's shorthand for words that come again and again


class Way(NamedTuple):
    """A rule as a writer needs it."""

    name: str
    title: str
    reason: str
    wrong: str  # an example; empty where none speaks for itself
    instead: str


def page(request: Asked) -> HttpResponse:
    """Show it."""
    return show(request, "better", ways=[_way(one) for one in rules() if one.subject == WRITTEN])


def _way(rule: Rule) -> Way:
    found = (_AGAIN.sub(r"\1……", match["text"]) for line in rule.scene.splitlines() if (match := _WRONG.match(line.strip())))
    instead = _("不用改：轻群替您留到每个人上班时才送到。") if rule.name in preflight.HELD else preflight.notes().get(rule.name, "")
    return Way(rule.name, rule.title, rule.reason, next((text for text in found if len(text) >= ENOUGH), ""), instead)
