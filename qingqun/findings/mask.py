"""Nobody is recognised in a quote: names, numbers, addresses and plates are crossed out, and positions can be followed through it.

What always holds: no name of a known member and no run of seven digits is left. Where crossing out cannot reach that,
there is no text at all. Titles stay (王××主任), because a post is no secret and a sentence without it is not understood.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from qingqun.enrich.personal import FOLLOWS_NAME, KINDS, RUN, SURNAMES

CROSS = "××"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people that must not show, by first character, the longest first."""

    by_first: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[str | None]) -> Self:
        """Take names as exports give them; null, blank and purely decorative ones are left out."""
        kept = {name.strip() for name in names if name and any(c.isalnum() for c in name) and CROSS[0] not in name}
        first: dict[str, list[str]] = {}
        for name in sorted(kept, key=len, reverse=True):
            first.setdefault(name[0], []).append(name)
        return cls({key: tuple(value) for key, value in first.items()})

    def among(self, text: str) -> list[str]:
        """Return the known names that stand anywhere in the text."""
        return [name for first in set(text) for name in self.by_first.get(first, ()) if name in text]

    def within(self, text: str) -> bool:
        """Say whether any known name stands anywhere in the text."""
        return bool(self.among(text))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its secrets crossed out. `cuts` are (start in the original, start here), ascending."""

    text: str
    cuts: tuple[tuple[int, int], ...]

    def position(self, original: int) -> int:
        """Return where a position of the original stands here; inside something crossed out, where that begins."""
        i = bisect_right(self.cuts, (original, len(self.text))) - 1
        start, here = self.cuts[i]
        following = self.cuts[i + 1][1] if i + 1 < len(self.cuts) else len(self.text)
        return min(here + original - start, following)


def mask(text: str, names: Names) -> Masked | None:
    """Cross out what identifies a person; None where that cannot be promised. Line breaks and tabs become spaces, one for one."""
    flat = "".join(" " if c.isspace() else c for c in text)
    masked = crossed(flat, names.among(flat))
    return None if names.within(masked.text) or numbered(masked.text) else masked


def crossed(flat: str, names: Sequence[str], kinds: tuple[str, ...] = tuple(KINDS)) -> Masked:
    """Cross out secrets of these kinds, and these names, in a text without line breaks and tabs."""
    found = [(m.start(), m.end(), _instead(m)) for m in _secrets(kinds).finditer(flat)] if kinds else []
    found += [(start, end, _instead_of_name(flat[start:end])) for start, end in _named(flat, names)]
    return _replace(flat, _merged(sorted(found)))


def numbered(text: str) -> bool:
    """Say whether a run of seven digits stands in the text."""
    return RUN.search(text) is not None


@cache
def _secrets(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{KINDS[kind]})" for kind in kinds))


def _named(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand, from left to right, of several at one place the longest."""
    end = 0
    while places := [(at, -len(name)) for name in names if (at := text.find(name, end)) >= 0]:
        start, length = min(places)
        end = start - length
        yield start, end


def _instead(match: re.Match[str]) -> str:
    matters = match.group()
    if match.lastgroup == "url":
        host = matters.split("/")[2].split("@")[-1].split("?")[0]
        return f"{'/'.join(matters.split('/')[:2])}/{host}/…"
    if match.lastgroup == "titled":
        return matters[0] + CROSS
    if match.lastgroup == "list":
        return "\u3001".join([CROSS] * (matters.count("\u3001") + 1))
    return {"at": "@", "led": match.groupdict().get("lead", "")}.get(str(match.lastgroup), "") + CROSS


def _instead_of_name(name: str) -> str:
    title = FOLLOWS_NAME.search(name)
    kept = title.group() if title and title.start() > 0 else ""
    return (name[0] + CROSS + kept) if kept and name[0] in SURNAMES else CROSS


def _merged(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    merged: list[tuple[int, int, str]] = []
    for start, end, instead in found:
        if merged and start < merged[-1][1]:
            first, last, was = merged.pop()
            whole = instead if start == first and end >= last else was if end <= last else CROSS
            merged.append((first, max(end, last), whole))
        else:
            merged.append((start, end, instead))
    return merged


def _replace(text: str, spans: list[tuple[int, int, str]]) -> Masked:
    parts: list[str] = []
    cuts = [(0, 0)]
    done = length = 0
    for start, end, instead in spans:
        parts += [text[done:start], instead]
        length += start - done
        cuts.append((start, length))
        length += len(instead)
        cuts.append((end, length))
        done = end
    return Masked("".join([*parts, text[done:]]), tuple(cuts))
