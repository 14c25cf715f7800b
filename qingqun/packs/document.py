"""Read packs/documents/*.toml: one document of the measures, its clauses bound to rules.

A clause number stands in a file only where it was confirmed in a published text; otherwise it is left out.
`quotes` gives, for a rule, the part of the text that speaks of it; `when` the fact of a message without which it says nothing of that.
`since` is the first day the clause is known to bind; a clause without it binds on every day that is asked about.
An entry without rules says in `unchecked` why no machine can check it; one with rules says there what they leave out.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingqun.words import Clause, Confidence, Strength

FOLDER = Path(__file__).parent / "documents"


class PackError(ValueError):
    """A pack file that cannot be used: the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a document asks for or states, whether or not a machine can check it."""

    id: str
    text: str
    strength: str  # a Strength, or background (nothing is asked), or counterexample
    confidence: Confidence
    rules: tuple[str, ...]
    unchecked: str  # why no rule checks it, or what the rules leave out; empty where they check all of it


@dataclass(frozen=True, slots=True)
class Document:
    """One published text and what it asks for."""

    name: str
    title: str
    place: str
    published: str
    clauses: tuple[Clause, ...]
    entries: tuple[Entry, ...]
    digest: str


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, line ends unified, so that a checkout on Windows has the same revision."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read(path: Path) -> Document:
    """Read one document. Raises PackError, which names the file, for a missing or unknown word."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        clauses = tuple(clause for entry in raw["clauses"] for clause in _clauses(raw, entry))
        entries = tuple(_entry(entry) for entry in raw["clauses"])
        return Document(path.stem, raw["title"], raw["place"], raw["published"], clauses, entries, digest(path))
    except KeyError as missing:
        raise PackError(f"{path.name}: {missing} is missing") from missing
    except ValueError as bad:
        raise PackError(f"{path.name}: {bad}") from bad


def _entry(raw: Mapping[str, Any]) -> Entry:
    unchecked = raw.get("unchecked", "")
    if not raw["rules"] and not unchecked:
        raise ValueError(f"{raw['id']} has neither a rule nor a reason why there is none")
    return Entry(raw["id"], raw["text"], raw["strength"], Confidence(raw["confidence"]), tuple(raw["rules"]), unchecked)


def _clauses(document: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Clause]:
    """Yield one Clause for each rule that the entry is bound to, with the part of its words that speaks of the rule."""
    quotes, when = entry.get("quotes", {}), entry.get("when", {})
    for rule in {**quotes, **when}:
        if rule not in entry["rules"] or quotes.get(rule, "") not in entry["text"]:
            raise ValueError(f"{entry['id']} does not say so of {rule}")
    for rule in entry["rules"]:
        yield Clause(
            id=entry["id"],
            rule=rule,
            document=document["title"],
            place=document["place"],
            published=document["published"],
            text=entry["text"],
            number=entry.get("number"),
            strength=Strength(entry["strength"]),
            confidence=Confidence(entry["confidence"]),
            source=entry.get("source") or document["source"],
            numbers=dict(entry.get("numbers", {})),
            since=_day(entry.get("since", document.get("since"))),
            until=_day(entry.get("until", document.get("until"))),
            quoted=quotes.get(rule),
            when=when.get(rule),
        )


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise ValueError(f"{value!r} is no day")


def documents() -> dict[str, Document]:
    """Return all documents by name (the file's)."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}
