"""What a list says once for all its members is given to each: 周二、四, 14、15日, 1、2号电梯, 16-30号."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qingqun.enrich.repeats.facts import read_fact
from qingqun.enrich.repeats.layers import WEEKDAY
from qingqun.enrich.repeats.token import Edge, Token

_DATE = re.compile(r"(date:[^-]*-[0-9]+-)([0-9]+)")
_MONTH = re.compile(r"month:None-([0-9]+)-0月?$")
_BARE = re.compile(r"day:None-None-([0-9]+)(.*)")
_NEXT = "offset:1-None-0"
_MINUTES = re.compile("[0-9]+")
_DAY = ("day", WEEKDAY)
_DAYS = "一二三四五六日天"


def spread(tokens: Sequence[Token], text: str) -> tuple[Token, ...]:
    """Write out what the members of lists share; text is the normalised text the tokens were read from."""
    written = list(tokens)
    named = ""
    for n, token in enumerate(tokens):
        if token.kind == WEEKDAY:
            named = text[token.start : token.end]
        elif n and token.edge == Edge.LIST and written[n - 1].kind == WEEKDAY:
            written[n] = _weekday(named, token, text)
    for n in range(len(written) - 2, -1, -1):
        after = written[n + 1]
        if after.value == "~" and n + 2 < len(written):
            after = written[n + 2]
        elif after.edge != Edge.LIST:
            continue
        written[n] = _with_unit(written[n], after, text)
    return tuple(_until_hour(list(_over_night(list(_with_month(written))))))


def _until_hour(tokens: list[Token]) -> Iterator[Token]:
    """Give the hour behind a day what is said of both: 截止25日17:00 is 25日17:00前."""
    for n, token in enumerate(tokens):
        before, after = tokens[n - 1] if n else token, tokens[n + 1] if n + 1 < len(tokens) else token
        if after.kind == WEEKDAY and token.kind == "day" and n + 2 < len(tokens):  # 截至5月29日（周五）20:00
            after = replace(tokens[n + 2], edge=Edge.NONE) if tokens[n + 2].edge == Edge.COMMA else tokens[n + 2]
        edge = token.edge
        if before.kind == WEEKDAY and n > 1 and tokens[n - 2].kind == "day" and edge == Edge.COMMA:
            before, edge = tokens[n - 2], Edge.NONE
        if token.kind in _DAY and token.value.endswith("前") and after.key == "hour" and not after.edge and after.value.isdigit():
            yield replace(token, value=token.value.removesuffix("前"))
        elif before.kind in _DAY and before.value.endswith("前") and token.key == "hour" and not edge and token.value.isdigit():
            yield replace(token, value=f"{token.value}前")
        else:
            yield token


def _over_night(tokens: list[Token]) -> Iterator[Token]:
    """Leave out the next day behind an evening: 22:00至次日6:00, 22:00至6:00."""
    for n, token in enumerate(tokens):
        around = tokens[max(0, n - 2) : n] + tokens[n + 1 : n + 2]
        if token.value == _NEXT and [t.key for t in around] == ["hour", "", "hour"] and around[1].value == "~":
            begins, ends = (_MINUTES.match(t.value) for t in (around[0], around[2]))
            if begins and ends and int(begins[0]) > int(ends[0]):
                continue
        yield token


def _with_month(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give a bare day the month of the date before it: 5月1日至3日, 4日恢复."""
    month, last = "", 0
    for n, token in enumerate(tokens):
        if (named := _MONTH.match(token.value)) and n + 1 < len(tokens) and not tokens[n + 1].edge and _BARE.match(tokens[n + 1].value):
            month, last = f"date:-{named[1]}-", 0  # 3月13-15日
            continue
        if found := _DATE.match(token.value) if token.kind == "day" else None:
            month, last = found[1], int(found[2])
        elif (bare := _BARE.match(token.value) if token.kind == "day" and month else None) and int(bare[1]) > last:
            last = int(bare[1])
            yield replace(token, value=f"{month}{last}{bare[2]}")
            continue
        yield token


def _weekday(named: str, token: Token, text: str) -> Token:
    """Read 四 behind 周二、 as 周四."""
    bare = token.kind == "number" and token.key == "#" and token.end - token.start == 1 and text[token.start] in _DAYS
    if not bare or named[-1] not in _DAYS:
        return token
    fact = read_fact(named[:-1] + text[token.start], 0, "")
    return replace(token, value=fact.value, kind=fact.kind, key=fact.key, layer=token.layer or WEEKDAY) if fact else token


def _with_unit(token: Token, after: Token, text: str) -> Token:
    """Give a bare number the unit of the number behind it."""
    bare = _BARE.fullmatch(token.value) if token.kind == "day" and after.key == "#号" else None
    if bare and not bare[2]:  # 1号、2号电梯
        return replace(token, value=f"{bare[1]}号", kind="number", key="#号")
    if token.kind != "number" or token.key not in ("#", "第#"):
        return token
    if after.kind == "number" and after.key.lstrip("第").startswith("#") and len(after.key.lstrip("第")) > 1:
        unit = after.key.lstrip("第")[1:]
        return replace(token, value=f"{token.value}{unit}", key=f"{token.key}{unit}")
    if after.kind == "day" and text[after.end - 1] in "日号" and text[after.start].isdigit():
        fact = read_fact(text[token.start : token.end] + "日", 0, "")
        return replace(token, value=fact.value, kind=fact.kind, key=fact.key) if fact and fact.kind == "day" else token
    return token
