"""What a draft is judged on: the hours and the rule packs of the office that sends it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import polars as pl
from django.conf import settings

from qingqun import packs
from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.hub import sql, worktimes
from qingqun.hub.models import Setting
from qingqun.hub.preflight.history import recent
from qingqun.packs.waivers import load
from qingqun.words import MESSAGES, Pack, Refused, Waiver

PACKS = "packs"  # the setting: {"": ["national"], "<unit id>": ["hubei"]}; the nearest unit above counts
NATIONAL = ("national",)
WAIVERS = "waivers.toml"  # in the data folder: the same file that `qingqun audit --waivers` reads

_OFFICE = "SELECT u.path, w.text FROM hub_unit u LEFT JOIN hub_worktime w ON w.id = u.effective_id WHERE u.id = %s"


@dataclass(frozen=True, slots=True)
class Ground:
    """Hours, pack, and what stands before the draft (MESSAGES, oldest first)."""

    hours: Hours
    pack: Pack
    history: pl.DataFrame = field(default_factory=MESSAGES.to_frame, repr=False)


def ground_of(unit: int, now: datetime) -> Ground:
    """Return the ground of an office's drafts at a moment.

    Raises:
        NoSuchPackError: a setting names a pack that is none.
    """
    path, text = sql.rows(_OFFICE, [unit])[0]
    hours = worktimes.read(text) if text else Hours.default()
    return Ground(hours, _pack(_names(path), now.astimezone(BEIJING).date(), _stamp()), recent(now))


def _names(path: str) -> tuple[str, ...]:
    kept = Setting.objects.filter(key=PACKS).values_list("value", flat=True).first() or {}
    line = [*reversed([one for one in path.split("/") if one]), ""]
    return next((tuple(kept[one]) for one in line if kept.get(one)), NATIONAL)


@lru_cache(maxsize=32)
def _pack(names: tuple[str, ...], on: date, stamp: int) -> Pack:
    """Load the packs with the office's waivers; a file of waivers that cannot be read grants none."""
    granted: tuple[Waiver, ...] = ()
    with suppress(Refused):
        granted = load(settings.DATA / WAIVERS) if stamp else ()
    return packs.load(names, on, granted)


def _stamp() -> int:
    """Return when the file of waivers was changed; 0 where there is none."""
    path = settings.DATA / WAIVERS
    stamp: int = path.stat().st_mtime_ns if path.exists() else 0
    return stamp
