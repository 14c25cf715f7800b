"""The moments that a text names itself, whether something is due then or begins then: what a reader must have heard of before."""

import re
from datetime import datetime
from typing import NamedTuple

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.asked import standing
from qingqun.enrich.deadline.parse import ITEM, spoken
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.resolve import moment
from qingqun.enrich.deadline.spec import At, On
from qingqun.enrich.normal import trace

_DAYS = (On.OFFSET, On.WEEKDAY, On.DATE, On.DAY)


class Named(NamedTuple):
    """A moment (UTC+8) and the words that name it; of a day without an hour its last second."""

    at: datetime
    words: str


def named(text: str, sent_at: datetime, hours: Hours) -> list[Named]:
    """Return what lies ahead of sending (`sent_at` is aware), the earliest first. What comes again and again is left out."""
    plain, sent = spoken(trace(re.sub(ITEM, ";", text)).text), sent_at.astimezone(BEIJING)
    found = ((one, moment(due(one, None), sent, hours)) for one in Reader(plain) if _one(one))
    return sorted(Named(at, plain[one.start : one.end]) for one, at in found if at and at > sent)


def _one(found: Found) -> bool:
    """Tell whether it is one moment: a day, or an hour of a day."""
    if found.mark == "起":
        return found.day.on in _DAYS
    return not standing(found) and (found.day.on in _DAYS or (found.day.on is On.NONE and found.time.at is At.CLOCK))
