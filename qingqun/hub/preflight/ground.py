"""What a draft is judged on: the hours and the rule packs of the office that sends it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import polars as pl

from qingqun import packs
from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.hub import sql, waivers, worktimes
from qingqun.hub.models import Setting
from qingqun.hub.preflight.history import recent
from qingqun.words import MESSAGES, Pack, Waiver

PACKS = "packs"  # the setting: {"": ["national"], "<unit id>": ["hubei"]}; the nearest unit above counts
NATIONAL = ("national",)

_OFFICE = "SELECT u.path, u.name, w.text FROM hub_unit u LEFT JOIN hub_worktime w ON w.id = u.effective_id WHERE u.id = %s"


@dataclass(frozen=True, slots=True)
class Ground:
    """Hours, pack, and what stands before the draft (MESSAGES, oldest first)."""

    hours: Hours
    pack: Pack
    history: pl.DataFrame = field(default_factory=MESSAGES.to_frame, repr=False)
    unit: str | None = None  # the office's name, for its waivers


def ground_of(unit: int, now: datetime) -> Ground:
    """Return the ground of an office's drafts at a moment.

    Raises:
        NoSuchPackError: a setting names a pack that is none.
    """
    path, name, text = sql.rows(_OFFICE, [unit])[0]
    hours = worktimes.read(text) if text else Hours.default()
    return Ground(hours, _pack(_names(path), now.astimezone(BEIJING).date(), waivers.granted().waivers), recent(now), name)


def _names(path: str) -> tuple[str, ...]:
    kept = Setting.objects.filter(key=PACKS).values_list("value", flat=True).first() or {}
    line = [*reversed([one for one in path.split("/") if one]), ""]
    return next((tuple(kept[one]) for one in line if kept.get(one)), NATIONAL)


@lru_cache(maxsize=32)
def _pack(names: tuple[str, ...], on: date, granted: tuple[Waiver, ...]) -> Pack:
    return packs.load(names, on, granted)
