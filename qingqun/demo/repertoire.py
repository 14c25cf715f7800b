"""The hand-written texts, as data: one TOML file a category, labels as a careful human reader would give them."""

import tomllib
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


class Repertoire:
    """All texts of one folder: what an office says, and the words its slots are filled with. Each file is read once."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._tables: dict[str, dict[str, Any]] = {}
        self._bodies: dict[str, tuple[Body, ...]] = {}

    def table(self, name: str) -> dict[str, Any]:
        """Return one file, as TOML gives it. Raises OSError, tomllib.TOMLDecodeError."""
        if name not in self._tables:
            self._tables[name] = tomllib.loads((self._folder / f"{name}.toml").read_text(encoding="utf-8"))
        return self._tables[name]

    def bodies(self, name: str) -> tuple[Body, ...]:
        """Return the texts of one category. Raises KeyError if the file names no labels or no texts."""
        if name not in self._bodies:
            self._bodies[name] = _bodies(name, self.table(name))
        return self._bodies[name]

    def has(self, name: str) -> bool:
        """Say whether the folder holds a category that only some weeks have."""
        return (self._folder / f"{name}.toml").is_file()

    def look_alikes(self) -> tuple[Body, ...]:
        """Return every text that resembles a violation and is none."""
        names = sorted(entry.name.removesuffix(".toml") for entry in (self._folder / "look").iterdir() if entry.name.endswith(".toml"))
        return tuple(body for name in names for body in self.bodies(f"look/{name}"))

    def words(self, name: str) -> list[Any]:
        """Return one list of words.toml: topics, places, roads, ..."""
        found: list[Any] = self.table("words")[name]
        return found

    def name(self, name: str) -> str:
        """Return one name of words.toml: office, boss."""
        return str(self.table("words")[name])

    def own(self, name: str, usual: Any) -> Any:
        """Return an entry of words.toml that a folder may leave out, `usual` where it does."""
        return self.table("words").get(name, usual)

    def unit(self, number: int, *, full: bool = False) -> str:
        """Return the short name of a unit, or the full one."""
        return str(self.words("units")[number][int(full)])


def _bodies(name: str, found: dict[str, Any]) -> tuple[Body, ...]:
    labels = frozenset(found["labels"].split())
    at_once, secret, near = found.get("at_once", False), found.get("secret", False), found.get("near", "")
    return tuple(Body(f"{name}/{number}", text, labels, at_once, secret, near) for number, text in enumerate(found["texts"]))


SHIPPED = Repertoire(files("qingqun.demo") / "texts")
WEEKS = {
    "street": SHIPPED,
    "school": Repertoire(files("qingqun.demo") / "weeks" / "school"),
    "hospital": Repertoire(files("qingqun.demo") / "weeks" / "hospital"),
}
