"""Take a pattern apart: its elements, its alternatives, and its gaps, which cost an automaton most.

A counted gap (`.{0,14}`) between many words costs an automaton fifteen states a word, and more where the words stand close together.
The dialect is that of Rust's regex, as Polars has it: https://docs.rs/regex/latest/regex/#syntax.
"""

import re
from collections.abc import Iterator
from functools import cache

COSTLY = 15_000  # of this weight, the alternatives are asked apart
LOOSE = 30_000  # of this weight, the gaps are left open first
SHORT = 6  # characters: a gap up to this many stays as it is
_ESCAPE = r"\\(?:x\{[0-9a-fA-F]+\}|.)"
_SET = r"\[\^?\]?(?:\\.|[^\]\\])+\]"
_ONE = rf"{_ESCAPE}|{_SET}|\.|\(\?:\.\|\n\)|\(\?:\.\|\\n\)"  # one character: an escape, a class or any; of any line, too
_GAP = rf"(?:{_ONE})(?:\{{[0-9]*,[0-9]*\}}|\*)\??"
_COUNT = r"(?:[?*+]|\{[0-9]*,?[0-9]*\})\??"
_TOKEN = re.compile(rf"(?P<gap>{_GAP})|(?P<one>{_ONE})|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<or>\|)|(?P<count>{_COUNT})|.", re.DOTALL)
_UPTO = re.compile(r"\{(?P<least>[0-9]*),(?P<most>[0-9]+)\}(?=\??$)")
_OPEN_GAP = 6  # what a gap without an end weighs


def elements(pattern: str) -> list[str]:
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


def runs(each: list[str], at: str) -> Iterator[list[str]]:
    """Cut elements apart where `at` stands."""
    run: list[str] = []
    for element in each:
        if element == at:
            yield run
            run = []
        else:
            run.append(element)
    yield run


def alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, of which one must be found; a pattern without any is its only one."""
    each = ["".join(run) for run in runs(elements(pattern), "|")]
    (first, *others) = elements(each[0])[:2] or [""]
    return alternatives(first[3:-1]) if len(each) == 1 and not others and first.startswith("(?:") and first.endswith(")") else each


@cache
def weight(pattern: str) -> int:
    """Return how costly the gaps of a pattern are: how long they may be all together, times how long the pattern is."""
    ends = [_UPTO.search(gap) for gap in _gaps(pattern)]
    return len(pattern) * sum(int(end["most"]) if end else _OPEN_GAP for end in ends)


@cache
def apart(pattern: str) -> tuple[str, ...]:
    """Return patterns of which one finds something exactly where this one does: the light alternatives together, then each heavy one."""
    if weight(pattern) < COSTLY:
        return (pattern,)
    each = alternatives(pattern)
    heavy = [one for one in each if weight(one) >= COSTLY // 10]
    light = [one for one in each if weight(one) < COSTLY // 10]
    return (*(["|".join(light)] if light else []), *heavy) if len(heavy) + bool(light) > 1 else (pattern,)


@cache
def loosened(pattern: str) -> tuple[str, int] | None:
    """Return the pattern with its long gaps left open, and up to how many characters a text may have that both say the same of it.

    It finds something wherever the pattern does, and an automaton need not count. None where there is nothing to gain.
    """
    ends = [int(end["most"]) for gap in _gaps(pattern) if (end := _UPTO.search(gap)) and int(end["most"]) >= SHORT]
    if not ends or weight(pattern) < LOOSE:
        return None
    opened = (_opened(token[0]) if token.lastgroup == "gap" else token[0] for token in _TOKEN.finditer(pattern))
    return "".join(opened), min(ends)


def _gaps(pattern: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(pattern) if found.lastgroup == "gap"]


def _opened(gap: str) -> str:
    end = _UPTO.search(gap)
    return _UPTO.sub(f"{{{end['least'] or 0},}}", gap) if end and int(end["most"]) >= SHORT else gap
