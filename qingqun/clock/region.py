"""A region's own days: extra days off and extra working days, laid over the national calendar.

The regulation (全国年节及纪念日放假办法, article 4) lets local governments set the holidays of ethnic minorities. One TOML a region:

    name = "西藏拉萨"
    source = "..."

    [[off]]
    name = "藏历新年"
    days = [2026-02-24, 2026-02-25]

    [[work]]
    name = "..."
    days = [2026-03-01]
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from qingqun.clock import fields
from qingqun.clock.table import Named
from qingqun.i18n import _

REGIONS = Path(__file__).parent / "regions"


@dataclass(frozen=True, slots=True)
class Region:
    """A region's name and the days it flips."""

    name: str
    days: Mapping[date, Named] = field(hash=False)


def names() -> list[str]:
    """List the shipped regions: the names of their files."""
    return sorted(path.stem for path in REGIONS.glob("*.toml"))


def load(path: Path) -> Region:
    """Read a region's file.

    Raises:
        ClockFileError: a key is missing, wrong or unknown, or a day stands there twice.
    """
    top = fields.read(path, {"name", "source", "off", "work"})
    days: dict[date, Named] = {}
    for kind in ("off", "work"):
        for table in top.tables(kind, {"name", "days"}):
            for day in table.days("days"):
                if day in days:
                    raise table.refused("days", _("{day} 写了两次").format(day=day))
                days[day] = Named(table.text("name"), kind == "off")
    if not days:
        raise top.refused("off", _("没有任何日期"))
    return Region(top.text("name"), days)
