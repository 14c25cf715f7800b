"""The street office made: one seed, one set of files, byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import orjson

from qingqun.demo.exports import rooms
from qingqun.demo.exports import write as write_exports
from qingqun.demo.flaws import group_rows
from qingqun.demo.groups import GUESTS, Place, first_outsider, groups
from qingqun.demo.people import CLERK, Person, outsiders, staff
from qingqun.demo.plan import play
from qingqun.demo.registers import account_truth
from qingqun.demo.registers import write as write_registers
from qingqun.demo.repertoire import SHIPPED, Repertoire
from qingqun.demo.said import Said
from qingqun.demo.talk import Talk
from qingqun.demo.truth import marks
from qingqun.demo.truth import row as truth_row
from qingqun.demo.week import MINUTE
from qingqun.demo.write.room import file_name
from qingqun.intake import Stated

SEED = 20260914


@dataclass(frozen=True, slots=True)
class Office:
    """Where everything lies."""

    exports: tuple[Path, ...]
    register: Path
    truth: Path
    stated: Stated  # the names of groups whose exports do not say them
    clerk: str
    clerk_exports: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The week before anything is written."""

    people: list[Person]
    places: list[Place]
    week: list[Said]


def imagine(seed: int = SEED, texts: Repertoire = SHIPPED) -> World:
    """Return the people, the groups and everything said from 14 to 20 September 2026; equal for equal seeds and texts."""
    rng = Random(seed)
    workers = staff(rng, texts)
    places = groups(rng, texts)
    people = workers + outsiders(rng, first_outsider(), len(places) * GUESTS, texts)
    talk = Talk(rng, people, places, texts)
    play(talk)
    said = sorted(talk.out, key=lambda one: one.at)
    return World(people, places, [_as_exported(one, places) for one in said])


def _as_exported(said: Said, places: list[Place]) -> Said:
    """A mail export knows minutes only."""
    return said._replace(at=said.at // MINUTE * MINUTE) if places[said.group].form == "mail" else said


def generate(out: Path, seed: int = SEED, texts: Path | Repertoire | None = None) -> Office:
    """Write the week into `out`: exports/, 工作群台账.xlsx and truth.jsonl.

    `texts` is a folder of texts like the shipped one, which is taken without it, or one of WEEKS. Equal seeds and texts give equal bytes.
    Raises OSError if `out` cannot be written or a file of `texts` cannot be read; tomllib.TOMLDecodeError or KeyError if one is malformed.
    """
    repertoire = Repertoire(texts) if isinstance(texts, Path) else texts or SHIPPED
    world = imagine(seed, repertoire)
    written = write_exports(rooms(world.week, world.people, world.places), out / "exports")
    return Office(
        exports=written.paths,
        register=write_registers(out / "工作群台账.xlsx", world.places, world.people, repertoire),
        truth=_lines(out / "truth.jsonl", _truth(world, repertoire)),
        stated=_stated(world.places),
        clerk=CLERK,
        clerk_exports=written.clerks,
    )


def _truth(world: World, texts: Repertoire) -> Iterable[dict[str, Any]]:
    week = sorted(world.week, key=lambda one: one.at)
    for mark in marks(week):
        yield truth_row(mark, world.places, world.people[mark.said.sender].card)
    yield from group_rows(world.places)
    yield from account_truth(texts)


def _stated(places: list[Place]) -> Stated:
    files = {f"{file_name(place.name)}_utf8.csv": place.name for place in places if place.form == "wechatmsg"}
    return Stated(groups=files | {place.group_id: place.name for place in places if place.form == "wecom"})


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path
