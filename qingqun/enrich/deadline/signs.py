"""The signs around a time expression that are weighed: classes of words beside it, its own form, and what the rules say of it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from qingqun.enrich.deadline.asked import how_asked, how_implied, void
from qingqun.enrich.deadline.classes import classes
from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.stated import stated
from qingqun.enrich.deadline.tally import by_me

_BREAK = re.compile(r"[,;]")
_DIGITS = str.maketrans("123456789", "000000000")  # which digit it is tells nothing of order or statement
_REACH = 40  # characters behind the time that are looked at
_WHO = frozenset(("me", "you", "other", "office", "each", "laggards", "ask"))
_DOING = frozenset(
    ("hand", "do", "result", "event", "say", "can", "come", "plan", "done", "close", "threat", "valid", "not", "ba", "must", "ask", "to me")
)


def _form(found: Found) -> Iterator[str]:
    day, time, mark = f"{found.day.on}{found.day.name}", str(found.time.at), found.mark
    after = found.after[:2].translate(_DIGITS)
    yield from (f"day:{day}", f"time:{time}", f"mark:{mark}", f"day+time:{day}+{time}", f"form:{day}+{time}+{mark}")
    yield f"form+:{day}+{time}+{mark}+{found.bare}+{found.ranged}"
    yield from (f"bare:{found.bare}", f"ranged:{found.ranged}", f"days:{found.day.on}{found.day.a}")
    yield from (f"{mark}|then:{after[:1]}", f"{mark}|then:{after}", f"{mark}|before:{found.sentence[-1:].translate(_DIGITS)}")


def _before(mark: str, clause: list[str], sentence: list[str]) -> Iterator[str]:
    edged = ["^", *clause]
    yield from (f"before{n}:{'.'.join(edged[-n:])}" for n in (1, 2, 3))
    for name in set(clause):
        yield from (f"clause:{name}", f"{mark}|clause:{name}")
    yield from (f"sentence:{name}" for name in set(sentence))
    yield from (f"clause:{a}.{b}" for a, b in pairwise(clause))
    who = next((name for name in reversed(sentence) if name in _WHO), "nobody")
    yield from (f"who:{who}", f"{mark}|who:{who}")
    yield f"who here:{next((name for name in reversed(clause) if name in _WHO), 'nobody')}"


def _behind(found: Found, near: list[str], after: list[str]) -> Iterator[str]:
    mark, edged = found.mark, [*after, "$"]
    yield from (f"behind{n}:{'.'.join(edged[:n])}" for n in (1, 2, 3))
    yield from (f"after:{name}" for name in set(after))
    for name in set(near):
        yield from (f"near:{name}", f"{mark}|near:{name}", f"{found.time.at}{bool(mark)}|near:{name}")
    yield from (f"near:{a}.{b}" for a, b in pairwise(near))
    yield from (f"{found.day.on}{bool(mark)}|near:{name}" for name in set(near))
    yield f"last:{near[-1] if near else '-'}"
    doing = [name for name in near if name in _DOING]
    yield f"whole:{mark}|{'.'.join(near[:5])}"
    yield f"{found.day.on}{found.time.at}|behind:{'.'.join(edged[:2])}"
    yield from (f"does:{doing[0] if doing else '-'}", f"{mark}|does:{doing[0] if doing else '-'}", f"{mark}|does:{'.'.join(doing[:2])}")


def signs(found: Found) -> set[str]:
    """Return the signs of the words around a time expression."""
    reach = found.after[:_REACH]
    end = stop.start() if (stop := _BREAK.search(reach)) else len(reach)
    clause, near = classes(found.clause[-_REACH:]), classes(reach[:end])
    sentence = classes(found.sentence[-_REACH : len(found.sentence) - len(found.clause)]) + clause
    told = {*_form(found), *_before(found.mark, clause, sentence), *_behind(found, near, near + classes(reach[end:]))}
    return told | {f"{found.mark}|length:{min(len(found.clause) // 3, 4)}", f"rest:{min(len(found.after) // 4, 4)}"}


def verdicts(found: Found) -> set[str]:
    """Return what the rules say of a time expression, as signs."""
    mark, nothing = found.mark, void(found)
    said, hinted = ("", "") if nothing else (how_asked(found), how_implied(found))
    told = {f"rule asked:{said}", f"rule implied:{hinted}", f"rule stated:{stated(found)}", f"rule by me:{by_me(found)}"}
    told |= {f"rule void:{nothing}", f"rules:{mark}|{said}|{hinted}", f"rules:{found.time.at}|{bool(mark)}", f"rules:mark {mark}"}
    return told | {f"rules:bare {found.bare}", f"rules:{found.day.on}|{said}|{hinted}", f"rules:{found.time.at}|{said}|{hinted}"}
