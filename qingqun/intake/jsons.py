"""Untrusted JSON: one line at a time, or one file as a stream; never deeper than a limit."""

import re
from collections.abc import Mapping
from typing import BinaryIO

import orjson

MAX_DEPTH = 64
MAX_TEXT = 2 * 2**20  # bytes of one string or number: the parser takes quadratic time over long ones
_LONE = re.compile(rb"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"|(?P<cut>"(?:[^"\\]|\\.)*+\\?\Z)', re.DOTALL)
_DIGITS = b"0123456789+-.eE"
_PAIR = re.compile(rb"\[\]|\{\}")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class TooDeepError(ValueError):
    """Raised when brackets are nested deeper than any chat export needs."""


class TooLongError(ValueError):
    """Raised when a string or number is longer than any message."""


def loads(line: bytes | str) -> object:
    """Return what a JSON text says. Lone surrogates are tolerated; raises ValueError where it is no JSON."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        raw = line.encode("utf-8", "replace") if isinstance(line, str) else line
        repaired = _LONE.sub(lambda found: found[1] or rb"\ufffd", raw.decode("utf-8", "replace").encode())
        if repaired == raw:
            raise
        return orjson.loads(repaired)


def text(record: Mapping[str, object], key: str) -> str:
    """Return a field as text: numbers as digits, anything else as the empty text."""
    value = record.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def table(record: Mapping[str, object], key: str) -> dict[str, object]:
    """Return a field that is an object, else an empty one."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def tables(record: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """Return the objects in a field that is a list."""
    value = record.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


class Shallow:
    """A binary file that raises before a parser sees what would exhaust it.

    TooDeepError for brackets nested deeper than about MAX_DEPTH, TooLongError for a string or number of more than about MAX_TEXT bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._string = b""  # the start of a string the last chunk has cut off
        self._open = b""
        self._length = 0  # of the string or number the last chunk has cut off, so far

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, checked."""
        chunk = self._file.read(size)
        outside, quote, rest = _STRING.sub(rb"\g<cut>", self._string + chunk).partition(b'"')
        escaped = (len(rest) - len(rest.rstrip(b"\\"))) % 2
        self._string = quote + b"\\" * escaped
        run = len(rest) if quote else len(outside) - len(outside.rstrip(_DIGITS))
        self._length = run + (self._length if run >= len(chunk) > 0 else 0)
        if self._length > MAX_TEXT:
            raise TooLongError
        self._open = _cancel(self._open + outside.translate(None, _NOT_BRACKETS))
        return chunk


def _cancel(brackets: bytes) -> bytes:
    for _round in range(MAX_DEPTH):
        shorter = _PAIR.sub(b"", brackets)
        if shorter == brackets:
            break
        brackets = shorter
    if len(brackets) > MAX_DEPTH:
        raise TooDeepError
    return brackets
