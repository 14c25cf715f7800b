"""How a fact is declared: its column, its type and its meaning, on one line. The catalogue is filled as the files are read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import narwhals as nw


@dataclass(frozen=True, slots=True)
class Fact:
    """A column that a rule may read."""

    name: str
    type: str  # flag, number, word or day
    meaning: str


CATALOGUE: dict[str, Fact] = {}


def _declare(name: str, kind: str, meaning: str) -> nw.Expr:
    CATALOGUE[name] = Fact(name, kind, meaning)
    return nw.col(name)


def flag(name: str, meaning: str) -> nw.Expr:
    """Declare a yes/no fact."""
    return _declare(name, "flag", meaning)


def number(name: str, meaning: str) -> nw.Expr:
    """Declare a whole number, times in seconds."""
    return _declare(name, "number", meaning)


def word(name: str, meaning: str) -> nw.Expr:
    """Declare a word out of a closed list."""
    return _declare(name, "word", meaning)


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact with a parameter, as a rule asked for it: the engine adds its column before judging."""

    fact: str
    n: int

    @property
    def column(self) -> str:
        """Name of the column that holds it."""
        return f"{self.fact}@{self.n}"


_asked: ContextVar[set[Asked] | None] = ContextVar("asked", default=None)


def times(name: str, n: int) -> nw.Expr:
    """Refer to a fact with a parameter and note that it is asked for."""
    asked = Asked(name, n)
    noted = _asked.get()
    if noted is not None:
        noted.add(asked)
    return nw.col(asked.column)


@contextmanager
def noting() -> Iterator[set[Asked]]:
    """Collect the parametrised facts that rules ask for while this block runs."""
    noted: set[Asked] = set()
    token = _asked.set(noted)
    try:
        yield noted
    finally:
        _asked.reset(token)
