"""One source = one file: TITLE, sniff() and read(). The folder is walked; a new file is a new source."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol, cast

from qingqun.intake.opened import Opened
from qingqun.intake.table import Read
from qingqun.words import Group, Membership, Message, Problem

SURE = 0.3  # below it a file is not recognised


class Source(Protocol):
    """What a module in this folder offers. One that also has `frames` gives whole columns at once."""

    TITLE: str
    __name__: str

    def sniff(self, head: bytes, name: str) -> float:
        """Return how surely (0 to 1) these first bytes are of this format. The name may break a tie, nothing more."""

    def read(self, opened: Opened) -> Iterator[Message | Membership | Group | Problem]:
        """Yield everything in the file, in its order; never raise for what the file says."""


class Tabular(Protocol):
    """A source of columns."""

    def frames(self, opened: Opened, seen: Callable[[int], None]) -> Read:
        """Return the file as frames; tell `seen` the number of messages now and then."""


@cache
def every() -> dict[str, Source]:
    """Return all sources by name, in the order of names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Source", importlib.import_module(f"{__name__}.{name}")) for name in names}


def recognise(head: bytes, name: str) -> str | None:
    """Return the name of the source most sure of these first bytes, or None."""
    scores = {source: module.sniff(head, name) for source, module in every().items()}
    best = max(scores, key=lambda source: scores[source])
    return best if scores[best] >= SURE else None
