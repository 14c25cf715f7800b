"""Read packs/places/*.toml: a place only includes documents and other places, mostly the nation.

`names` are the words people type: Chinese, pinyin, short forms; `near` the larger places it lies in, for which it is only suggested.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from qingqun.packs.document import PackError, digest

FOLDER = Path(__file__).parent / "places"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city, district or the nation."""

    name: str
    title: str
    names: tuple[str, ...]
    documents: tuple[str, ...]
    includes: tuple[str, ...]
    note: str
    digest: str
    near: tuple[str, ...] = ()


def read(path: Path) -> Place:
    """Read one place. Raises PackError, which names the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        listed = {key: tuple(raw.get(key, ())) for key in ("names", "documents", "includes", "near")}
        return Place(path.stem, raw["title"], note=raw.get("note", ""), digest=digest(path), **listed)
    except KeyError as missing:
        raise PackError(f"{path.name}: {missing} is missing") from missing
    except ValueError as bad:
        raise PackError(f"{path.name}: {bad}") from bad


def places() -> dict[str, Place]:
    """Return all places by name (the file's)."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}
