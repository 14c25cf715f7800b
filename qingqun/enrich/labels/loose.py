"""What a pattern finds whatever the digits are, and what it could find: three forms of a pattern, made from its own text.

Whatever `least` finds, the pattern finds, and so do `most` and `loose`, however the digits of the text are exchanged for others
(a digit for a digit). `loose` also takes every counted gap (`.{0,14}`) for one of any length: such a gap costs an automaton
fifteen states a word, so that asking loosely first and exactly of the few that remain is many times as fast.
The dialect is that of Rust's regex, as Polars has it: https://docs.rs/regex/latest/regex/#syntax.
"""

import re
from functools import cache

_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])+\]"
_TOKEN = re.compile(
    rf"(?P<count>\{{[0-9]*,?[0-9]*\}})|(?P<escape>\\(?:x\{{[0-9a-fA-F]+\}}|.))|(?P<set>{_CLASS})|(?P<digit>[0-9])", re.DOTALL
)
_GAP = re.compile(rf"(?P<one>\\(?:x\{{[0-9a-fA-F]+\}}|.)|{_CLASS}|\.)(?P<count>\{{[0-9]*,[0-9]+\}})?", re.DOTALL)
_HEX = re.compile(r"\\x\{([0-9a-fA-F]+)\}")
_DIGITS = "0123456789"
_NOTHING = "\x01"  # stands in no text that is ready for labelling: the table of normal forms takes it out


def _found(inside: str) -> int:
    """Count the digits that a class of characters takes."""
    return len(re.compile(_HEX.sub(lambda point: rf"\U{point[1]:0>8}", inside)).findall(_DIGITS))


@cache
def least(pattern: str) -> str:
    """Return the pattern without what only some digits satisfy."""

    def without(found: re.Match[str]) -> str:
        if found["digit"]:
            return _NOTHING
        some = found["set"] and 0 < _found(found["set"]) < len(_DIGITS)
        return f"[{found[0]}&&[^0-9]]" if some else found[0]

    return _TOKEN.sub(without, pattern)


@cache
def most(pattern: str) -> str:
    """Return the pattern with any digit where it asks for one or some."""

    def widened(found: re.Match[str]) -> str:
        if found["digit"]:
            return "[0-9]"
        some = found["set"] and 0 < _found(found["set"]) < len(_DIGITS)
        return f"[{found[0]}0-9]" if some else found[0]

    return _TOKEN.sub(widened, pattern)


@cache
def loose(pattern: str) -> str:
    """Return `most` with gaps of any length; what is bound to the start of a text stays as it is, for it costs little."""
    wide = most(pattern)
    return wide if pattern.startswith("^") else _GAP.sub(lambda found: found["one"] + "*" * bool(found["count"]), wide)


@cache
def blind(pattern: str) -> bool:
    """Return whether the pattern never tells one digit from another."""
    return most(pattern) == pattern
