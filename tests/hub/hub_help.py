"""What the hub's tests say often: moments, the office of 张主任 and 小李, a notice."""

import os
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from qingqun.clock import BEIJING
from qingqun.hub import tree
from qingqun.hub.models import Notice, Person, Unit


@dataclass
class Clock:
    """A clock that stands until it is set."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def beijing(text: str) -> datetime:
    """Read 2026-03-11 21:00 in Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def furnish() -> SimpleNamespace:
    """Make a street office with two stations, 张主任, 小李, 小王 at a station, and 外人 of another street."""
    street, other = Unit.objects.create(name="和平街道"), Unit.objects.create(name="外街道")
    east, west = (Unit.objects.create(name=name, parent=street) for name in ("东社区", "西社区"))
    tree.settle()
    people = {"zhang": ("张主任", street), "li": ("小李", street), "wang": ("小王", east), "stranger": ("外人", other)}
    made = {key: Person.objects.create(name=name, unit=unit) for key, (name, unit) in people.items()}
    return SimpleNamespace(street=street, east=east, west=west, other=other, **made)


def written(office: SimpleNamespace, **changed: Any) -> Notice:
    """Return a notice of 张主任 to the whole street, not yet accepted."""
    values = {
        "key": os.urandom(16).hex(),
        "author": office.zhang,
        "unit": office.street,
        "title": "报送统计表",
        "text": "请各社区于周五前报送统计表。",
        "audience": {"unit": office.street.pk, "below": True},
    }
    return Notice(**{**values, **changed})
