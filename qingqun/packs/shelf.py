"""From names to a Pack: resolve, include, keep what is in force on the day, and stamp the revision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from hashlib import sha256

from qingqun.i18n import _, listed
from qingqun.packs.document import Document, documents
from qingqun.packs.place import Place, places
from qingqun.words import Clause, Pack, Refused, Waiver

_documents = cache(documents)
_places = cache(places)


_LIKE, _ALIKE = 0.7, 0.5  # how like a name in Latin letters must be to be offered; of two characters one may be another


class NoSuchPackError(Refused):
    """No place or document has this name; the message names near ones."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of the list of packs."""

    name: str
    title: str
    names: tuple[str, ...]
    clauses: int
    note: str


def _aliases() -> dict[str, str]:
    """Return every word people may type, and the file's name it stands for."""
    said = {alias.casefold(): place.name for place in _places().values() for alias in (*place.names, place.title, place.name)}
    return {**{name.casefold(): name for name in _documents()}, **said}


def _resolve(name: str) -> str:
    aliases = _aliases()
    wanted = name.strip().casefold()
    if wanted in aliases:
        return aliases[wanted]
    near = {aliases[alias] for alias in aliases if wanted and (wanted in alias or alias in wanted)}
    near |= {place.name for place in _places().values() if wanted in place.near}
    cutoff = _LIKE if wanted.isascii() else _ALIKE
    near = near or {aliases[alias] for alias in get_close_matches(wanted, aliases, n=3, cutoff=cutoff)}
    shown, every = listed(map(_called, sorted(near))), listed(map(_called, sorted(_places())))
    if near:
        raise NoSuchPackError(_("没有规则包“{name}”，是不是 {near}？有这些地方：{every}").format(name=name, near=shown, every=every))
    raise NoSuchPackError(_("没有规则包“{name}”，有这些地方：{every}").format(name=name, every=every))


def _called(name: str) -> str:
    """Return a place or document as people know it, and what is typed for it: 珠海市香洲区 xiangzhou."""
    return f"{(_places().get(name) or _documents()[name]).title} {name}"


def _reach(name: str) -> Iterator[Place | Document]:
    """Yield the place or document itself and everything it includes."""
    if name not in _places():
        yield _documents()[name]
        return
    place = _places()[name]
    yield place
    for inner in (*place.includes, *place.documents):
        yield from _reach(inner)


def _in_force(clause: Clause, on: date) -> bool:
    return (clause.since is None or clause.since <= on) and (clause.until is None or on <= clause.until)


def load(names: Iterable[str], on: date, waivers: Iterable[Waiver] = (), *, ended: bool = False) -> Pack:
    """Return the clauses of these places or documents that bind on a day, each once.

    A place brings the national documents with it. Raises NoSuchPackError, in Chinese, naming near matches.
    `waivers` are the exceptions the office has granted: the judge leaves out what they cover.
    `ended` keeps what bound on an earlier day too, for messages of that day.
    The revision is the SHA-256 over the files read, whatever the day.
    """
    chosen = list(dict.fromkeys(_resolve(name) for name in names))
    parts = {part.name: part for name in chosen for part in _reach(name)}
    clauses = (clause for part in parts.values() if isinstance(part, Document) for clause in part.clauses)
    revision = sha256("\n".join(f"{name} {parts[name].digest}" for name in sorted(parts)).encode()).hexdigest()
    title = listed(parts[name].title for name in chosen)
    kept = tuple(c for c in clauses if _in_force(c, on) or (ended and c.until is not None and c.until < on))
    return Pack("+".join(chosen), title, kept, revision, tuple(waivers), on)


def listing() -> list[Listing]:
    """Return the places, the nation first, with the number of clauses each brings (by id)."""
    ordered = sorted(_places().values(), key=lambda place: (bool(place.includes), place.name))
    return [Listing(p.name, p.title, p.names, len(_ids(p)), p.note) for p in ordered]


def _ids(place: Place) -> set[str]:
    return {clause.id for part in _reach(place.name) if isinstance(part, Document) for clause in part.clauses}


def everything() -> tuple[Clause, ...]:
    """Return every clause of every document, in force or not."""
    return tuple(clause for document in _documents().values() for clause in document.clauses)
