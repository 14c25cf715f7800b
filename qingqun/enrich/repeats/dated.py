"""Days of the week that only name the dates they stand behind.

3月13日（周五）, 6月18日、19日（周四、周五）, 6月16日至18日（周二至周四）: as many as the dates, and as far apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qingqun.enrich.repeats.layers import WEEKDAY, YEAR
from qingqun.enrich.repeats.token import Edge, Read, Token

_DATE = re.compile("date:-([0-9]{1,2})-([0-9]{1,2})$")
_DAY = re.compile("weekday:-([0-6])-0$")
_EXCEPTS = frozenset("除不休停无未免也都照")
_BRACKET = 2  # characters between a date and its day of the week: （
_LEAP = 2024
_WEEK = 7
_TO = "~"


def told_of(tokens: Sequence[Token], weekday: Token) -> bool:
    """Return whether a day of the week is no mere name of the date before it: 6月8日至15日，周末除外; 6月1日至30日（周一）."""
    at = next(n for n, token in enumerate(tokens) if token is weekday)
    behind = tokens[at + 1] if at + 1 < len(tokens) else weekday
    ranged = at > 2 and tokens[at - 1].kind == tokens[at - 3].kind == "day" and tokens[at - 2].value == _TO
    return ranged or weekday.value.endswith("末") or (behind.value in _EXCEPTS and behind.start == weekday.end)


def _run(tokens: Sequence[Token], at: int, kind: str, step: int) -> list[Token]:
    """Return the days of a kind that stand side by side from a place on, with what ties them."""
    run: list[Token] = []
    while 0 <= at < len(tokens) and (tokens[at].kind in (kind, YEAR) or tokens[at].value == _TO):
        run.append(tokens[at])
        at += step
        if run[-1].kind == kind and run[-1].edge not in (Edge.NONE, Edge.LIST) and step < 0:
            break
    return run[::step]


def _dates(token: Token) -> int | None:
    found = _DATE.match(token.value)
    try:
        return date(_LEAP, int(found[1]), int(found[2])).toordinal() if found else None
    except ValueError:  # the 31st of June
        return None


def _weekdays(token: Token) -> int | None:
    found = _DAY.match(token.value)
    return int(found[1]) if found else None


def _spelled(places: Sequence[int | None], joined: bool) -> list[int]:
    """Return every day of a list or of a range; none where it cannot be told."""
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return []
    return list(range(known[0], known[-1] + 1)) if joined and len(known) == 2 else ([] if joined else known)


def _agree(dates: Sequence[Token], days: Sequence[Token]) -> bool:
    """Return whether days of the week name dates one for one."""
    one, two = (
        _spelled([read(token) for token in run if token.kind not in (YEAR, "word")], any(token.value == _TO for token in run))
        for read, run in ((_dates, dates), (_weekdays, days))
    )
    return 1 < len(one) == len(two) < _WEEK and all((x - one[0] - y + two[0]) % _WEEK == 0 for x, y in zip(one, two, strict=True))


def _named(tokens: Sequence[Token]) -> dict[int, list[str]]:
    """Return the places of the days of the week that only name the dates before them, and those dates."""
    found: dict[int, list[str]] = {}
    for n in range(1, len(tokens)):
        day, before = tokens[n], tokens[n - 1]
        if day.layer != WEEKDAY or n in found or not day.edge or day.start - before.end > _BRACKET or not before.value.startswith("date:"):
            continue
        days, dates = _run(tokens, n, WEEKDAY, 1), _run(tokens, n - 1, "day", -1)
        behind = tokens[n + len(days)] if n + len(days) < len(tokens) else None
        closed = behind is None or behind.start > days[-1].end
        if len(days) > 1 and closed and _agree(dates, days):
            named = [token.value for token in dates if token.kind == "day"]
            found |= dict.fromkeys(range(n, n + len(days)), named)
        elif len(days) == 1 and not told_of(tokens, day):
            found[n] = [before.value]
    return found


def undated(a: Read, b: Read) -> tuple[Read, Read]:
    """Return both without the days of the week behind dates that the other text names without them."""
    found = _named(a.tokens), _named(b.tokens)
    if not (found[0] or found[1]):
        return a, b
    kept = []
    for read, mine, other, theirs in ((a, found[0], b, found[1]), (b, found[1], a, found[0])):
        alone = {token.value for token in other.tokens} - {day for days in theirs.values() for day in days}
        gone = {n for n, days in mine.items() if alone.issuperset(days)}
        kept.append(replace(read, tokens=tuple(token for n, token in enumerate(read.tokens) if n not in gone)) if gone else read)
    return kept[0], kept[1]
