"""Take a pattern apart: its alternatives, and what must stand before the first and behind the last gap of each.

A counted gap (`.{0,14}`) between many words costs an automaton fifteen states a word: it is asked of those texts alone in which
something stands before and behind. The dialect is that of Rust's regex, as Polars has it: https://docs.rs/regex/latest/regex/#syntax.
"""

import re
from collections.abc import Iterator
from functools import cache

_ESCAPE = r"\\(?:x\{[0-9a-fA-F]+\}|.)"
_SET = r"\[\^?\]?(?:\\.|[^\]\\])+\]"
_ONE = rf"{_ESCAPE}|{_SET}|\.|\(\?:\.\|\n\)|\(\?:\.\|\\n\)"  # one character: an escape, a class or any; of any line, too
_GAP = rf"(?:{_ONE})(?:\{{[0-9]*,[0-9]*\}}|\*)\??"
_OPTIONAL = re.compile(r"(?<!\\)(?:[?*]|\{0,[0-9]*\})\??$")
_HELD = re.compile(r"\((?:\?:)?(?P<inner>.*)\)[^()]*", re.DOTALL)
_COUNT = r"(?:[?*+]|\{[0-9]*,?[0-9]*\})\??"
_TOKEN = re.compile(rf"(?P<gap>{_GAP})|(?P<one>{_ONE})|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<or>\|)|(?P<count>{_COUNT})|.", re.DOTALL)


def gapped(pattern: str) -> bool:
    """Return whether a gap of any number of characters stands in the pattern."""
    return any(found.lastgroup == "gap" for found in _TOKEN.finditer(pattern))


def alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, of which one must be found; a pattern without any is its only one."""
    each = ["".join(run) for run in _runs(_elements(pattern), "|")]
    (first, *others) = _elements(each[0])[:2] or [""]
    return alternatives(first[3:-1]) if len(each) == 1 and not others and first.startswith("(?:") and first.endswith(")") else each


def _elements(pattern: str) -> list[str]:
    """Cut a pattern into characters, brackets and bars, each with how often it stands."""
    found: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(pattern):
        if depth or (token.lastgroup == "count" and found):
            found[-1] += token[0]
        else:
            found.append(token[0])
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
    return found


def _runs(elements: list[str], at: str) -> Iterator[list[str]]:
    run: list[str] = []
    for element in elements:
        if element == at:
            yield run
            run = []
        else:
            run.append(element)
    yield run


@cache
def needs(pattern: str) -> tuple[str, ...]:
    """Return patterns that all find something in every text in which the pattern does, and sooner; none where it is quick itself."""
    if not gapped(pattern):
        return ()
    edges = dict.fromkeys((edge(pattern, last=False), edge(pattern, last=True)))
    return tuple(one for one in edges if one)


def edge(pattern: str, *, last: bool) -> str | None:
    """Return a pattern without gaps that finds something wherever this one does: what its matches begin or end with; None if nothing."""
    edges = [_edge(one, last=last) for one in alternatives(pattern)]
    return None if None in edges else "|".join(edge for edge in edges if edge)


def _edge(one: str, *, last: bool) -> str | None:
    step = -1 if last else 1
    run: list[str] = []
    for element in _elements(one)[::step]:
        if gapped(element):
            if said := _said(run[::step]):
                return said
            run = []
            if element.startswith("(?:") and element.endswith(")") and (inner := edge(element[3:-1], last=last)):
                return f"(?:{inner})"
        else:
            run.append(element)
    return _said(run[::step])


def _said(run: list[str]) -> str | None:
    """Join elements to a pattern, if it needs any character at all."""
    return None if all(map(_optional, run)) else "".join(run)


@cache
def _optional(element: str) -> bool:
    """Return whether an element may find nothing at all. When in doubt, it may."""
    if element in "^$" or _OPTIONAL.search(element):
        return True
    inner = _HELD.fullmatch(element)
    return inner is not None and any(all(map(_optional, _elements(one))) for one in alternatives(inner["inner"]))
