"""The office's waivers, from its data folder: the same file that `qingqun audit --waivers` reads.

A file that cannot be read grants nothing and is said aloud: on the page, and by `qingqun doctor`.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from qingqun.hub.models import Unit
from qingqun.i18n import _, why
from qingqun.packs.waivers import Idle, idle, load
from qingqun.words import Refused, Waiver

FILE = "waivers.toml"


class Granted(NamedTuple):
    """What the file grants, or what is wrong with it: never both."""

    waivers: tuple[Waiver, ...]
    wrong: str


def granted() -> Granted:
    """Read the file, once a change."""
    path = settings.DATA / FILE
    try:
        found = path.stat()
    except FileNotFoundError:
        return Granted((), "")
    except OSError as error:
        return Granted((), _("{file} 读不出来：{reason}").format(file=FILE, reason=why(error)))
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Granted:
    try:
        return Granted(load(path), "")
    except Refused as refused:
        return Granted((), str(refused))
    except OSError as error:
        return Granted((), _("{file} 读不出来：{reason}").format(file=FILE, reason=why(error)))


def unused(on: date) -> list[Idle]:
    """Return the expired ones and those of a rule or a unit that there is none of. Groups are not the hub's to know."""
    waivers = granted().waivers
    wanted = {one.unit for one in waivers if one.unit}
    known = set(Unit.objects.filter(name__in=wanted).values_list("name", flat=True)) if wanted else set()
    return idle(waivers, on, units=known)
