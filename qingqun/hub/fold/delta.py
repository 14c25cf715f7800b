"""What a notice says that the one it repeats or passes on does not, and whether that has to ring again."""

from dataclasses import dataclass
from datetime import datetime

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadline
from qingqun.enrich.repeats import compare
from qingqun.hub.models import Confirm, Notice

_RINGS = frozenset({"day", "hour", "negation"})  # kinds of differences after which somebody would act otherwise


@dataclass(frozen=True, slots=True)
class Delta:
    """`added` and `gone` are words of this notice and of the other; `anew` where a deadline changes or something new is asked."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    anew: bool


def repeated(notice: Notice, before: Notice) -> Delta:
    """Compare a notice with the one it repeats."""
    texts = (_whole(before), _whole(notice))
    found = compare(*texts).differs
    gone, added = ([texts[side][slice(*one[side])].strip() for one in found] for side in (0, 1))
    moved = any(one.kind in _RINGS for one in found)
    return Delta(tuple(filter(None, added)), tuple(filter(None, gone)), moved or _asks(notice, before))


def passed_on(notice: Notice, before: Notice, now: datetime) -> Delta:
    """Read what an office adds to the notice it passes on: all of its own text. What it asks by a day of its own rings."""
    own = deadline(_whole(notice), now, Hours.default()) if notice.text.strip() else None
    known = {before.deadline, deadline(_whole(before), before.accepted_at, Hours.default())}
    return Delta((), (), (own is not None and own not in known) or _asks(notice, before))


def _asks(notice: Notice, before: Notice) -> bool:
    """Tell whether the form itself asks anew: by another deadline, or to be confirmed or answered to another office."""
    other = notice.deadline is not None and notice.deadline != before.deadline
    return other or notice.confirm in {Confirm.CONFIRM, Confirm.ANSWER}


def _whole(notice: Notice) -> str:
    return f"{notice.title}\n{notice.text}".strip()
