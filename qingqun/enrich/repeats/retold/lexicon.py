"""The lists of words in the spelling that a notice is read into, and what two stretches of it may be: the same told in other words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from qingqun.enrich.repeats.light import LIGHT
from qingqun.enrich.repeats.retold.words.acts import ACTS
from qingqun.enrich.repeats.retold.words.compounds import COMPOUNDS
from qingqun.enrich.repeats.retold.words.daily import DAILY
from qingqun.enrich.repeats.retold.words.daytime import DAYTIME
from qingqun.enrich.repeats.retold.words.goods import GOODS
from qingqun.enrich.repeats.retold.words.manner import MANNER
from qingqun.enrich.repeats.retold.words.office import OFFICE
from qingqun.enrich.repeats.retold.words.people import PEOPLE
from qingqun.enrich.repeats.retold.words.polite import CORE, POLITE
from qingqun.enrich.repeats.retold.words.settings import SETTINGS
from qingqun.enrich.repeats.retold.words.small import SMALL
from qingqun.enrich.repeats.retold.words.spare import PLACED, SPARE
from qingqun.enrich.repeats.retold.words.things import THINGS
from qingqun.enrich.repeats.token import Token
from qingqun.enrich.repeats.tokens import read
from qingqun.enrich.repeats.wording import NOT, SYNONYMS

_AROUND = "甲"  # read between two of these, a word is read as inside a sentence
_LONGEST = 16  # characters of a listed word
_MOST = 40  # characters in which two texts may differ at one place
_FACT = re.compile("<[^>]*>")
_LISTS = (ACTS, DAILY, OFFICE, DAYTIME, THINGS, GOODS, PEOPLE, SETTINGS, SMALL, MANNER)
_PLACED = re.compile("|".join(PLACED))


def spell(tokens: Sequence[Token]) -> str:
    """Return the tokens as one string; facts stand in angle brackets."""
    return "".join(f"<{token.value}>" if token.key else token.value for token in tokens)


def _spelled(word: str) -> set[str]:
    """Return a word as it is read inside a sentence, and as it is written."""
    tokens = [token for token in read(f"{_AROUND}{word}{_AROUND}").tokens if token.value not in LIGHT]
    spelling = spell(tokens)[1:-1]
    whole = len(spelling) > 1 or len(word) == 1 or word in SYNONYMS  # 自 in 自行 is dropped; 行 is no word for it
    return {spelling, word} - {""} if whole else {word}


def _lines() -> Iterator[list[str]]:
    """Yield the words of every line; a word and each of its short forms apart."""
    for entry in COMPOUNDS.replace("\n", "|").split("|"):
        word, *short = entry.split() or [""]
        yield from ([word, one] for one in short)
    yield from (line.split() for words in _LISTS for line in words.splitlines())


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, words in enumerate(_lines()):
        for word in words:
            for spelling in _spelled(word):
                found.setdefault(spelling, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _spare() -> frozenset[str]:
    read_in = {spelling for word in SPARE.split() if "<" not in word for spelling in _spelled(word)}
    return frozenset(spelling for spelling in read_in if _FACT.sub("", spelling)) | {word for word in SPARE.split() if "<" in word}


@cache
def _polite() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of courtesy, and those that show that a clause is one."""
    one, two = (frozenset(spelling for word in words.split() for spelling in _spelled(word)) for words in (POLITE, CORE))
    return (one | _spare()) - NOT, two - NOT


@lru_cache(maxsize=1 << 14)
def polite(text: str) -> bool:
    """Return whether words are nothing but courtesy, with at least one that shows it."""
    return len(text) <= _MOST and _polite_to(text, core=False)


@lru_cache(maxsize=1 << 16)
def _polite_to(text: str, *, core: bool) -> bool:
    if not text:
        return core
    words, cores = _polite()
    heads = (text[:n] for n in range(1, min(len(text), _LONGEST) + 1))
    return any(_polite_to(text[len(head) :], core=core or head in cores) for head in heads if head in words or head in cores)


@cache
def known_words() -> frozenset[str]:
    """Return every word of the lists, in its spelling."""
    return frozenset(_groups()) | _spare() | _polite()[0] | _polite()[1]


def listed(word: str) -> frozenset[int]:
    """Return the lines that list a word in this spelling; none if no line does."""
    return _groups().get(word, frozenset())


def trimmed(text: str, start: int, end: int) -> str:
    """Return what stands between two places of a spelling, without what may go just there."""
    kept = ""
    while start < end:
        found = _PLACED.match(text, start)
        if found is not None and start < found.end() <= end:
            start = found.end()
            continue
        kept += text[start]
        start += 1
    return kept


def told(one: str, two: str) -> bool:
    """Return whether two spellings say the same, word for word; one of them may hold words that may go."""
    return max(len(one), len(two)) <= _MOST and (_told(one, two) or _told(two, one))


@lru_cache(maxsize=1 << 16)
def _told(more: str, less: str) -> bool:
    """Return whether the first says what the second says, but for words that may go."""
    if more == less or (more and less and more[0] == less[0] and _told(more[1:], less[1:])):
        return True
    if any(more[:n] in _spare() and _told(more[n:], less) for n in range(1, min(len(more), _LONGEST) + 1)):
        return True
    return any(x & y and _told(more[n:], less[m:]) for n, x in _heads(more) for m, y in _heads(less))


@lru_cache(maxsize=1 << 16)
def _heads(text: str) -> list[tuple[int, frozenset[int]]]:
    """Return the listed words a spelling begins with: how long they are, and their lines."""
    groups = _groups()
    return [(n, groups[text[:n]]) for n in range(1, min(len(text), _LONGEST) + 1) if text[:n] in groups]
