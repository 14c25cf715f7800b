"""The hand-written texts, as data: one TOML file a category, labels as a careful human reader would give them."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple


class Body(NamedTuple):
    """One hand-written text with its slots, and what it is."""

    id: str  # file and number: notices/3
    text: str
    labels: frozenset[str]
    at_once: bool
    secret: bool
    near: str  # the rule it resembles and does not break; "" for none


def _folder() -> Traversable:
    return files("qingqun.demo") / "texts"


@cache
def table(name: str) -> dict[str, Any]:
    """Return one file of texts/, as TOML gives it."""
    return tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def bodies(name: str) -> tuple[Body, ...]:
    """Return the texts of one category."""
    found = table(name)
    labels = frozenset(found["labels"].split())
    at_once, secret, near = found.get("at_once", False), found.get("secret", False), found.get("near", "")
    return tuple(Body(f"{name}/{number}", text, labels, at_once, secret, near) for number, text in enumerate(found["texts"]))


@cache
def look_alikes() -> tuple[Body, ...]:
    """Return every text that resembles a violation and is none."""
    names = sorted(entry.name.removesuffix(".toml") for entry in (_folder() / "look").iterdir() if entry.name.endswith(".toml"))
    return tuple(body for name in names for body in bodies(f"look/{name}"))


def words(name: str) -> list[Any]:
    """Return one list of words.toml: topics, places, roads, ..."""
    found: list[Any] = table("words")[name]
    return found
