"""How a person is reached: the order of their channels, and which are off.

An address is entered by the directory, never by its owner: a ring carries a link that opens the notice.
"""

from datetime import datetime
from typing import NamedTuple

from qingqun.hub import ledger, sql
from qingqun.hub.models import Contact
from qingqun.hub.models.person import OFF


class Way(NamedTuple):
    """One of a person's channels; `off` where it rings in an emergency only."""

    channel: str
    address: str
    off: bool


def ways(person: int) -> list[Way]:
    """Return a person's channels, the first to ring first, those that are off last."""
    rows = Contact.objects.filter(person=person).order_by("rank", "channel").values_list("channel", "address", "rank")
    return [Way(channel, address, rank >= OFF) for channel, address, rank in rows]


def first(person: int, channel: str, now: datetime) -> bool:
    """Let a channel ring first, and on again; the others keep their order. False where the person has no such channel."""
    every = ways(person)
    if channel not in {one.channel for one in every}:
        return False
    kept = [one.channel for one in every if one.channel != channel and not one.off]
    _order(person, [channel, *kept], [one.channel for one in every if one.off and one.channel != channel], now)
    return True


def off(person: int, channel: str, now: datetime) -> bool:
    """Let a channel ring in an emergency only."""
    every = ways(person)
    if channel not in {one.channel for one in every}:
        return False
    kept = [one.channel for one in every if one.channel != channel and not one.off]
    _order(person, kept, [*(one.channel for one in every if one.off and one.channel != channel), channel], now)
    return True


def _order(person: int, kept: list[str], away: list[str], now: datetime) -> None:
    with sql.act():
        for place, channel in [*enumerate(kept), *((OFF + place, channel) for place, channel in enumerate(away))]:
            Contact.objects.filter(person=person, channel=channel).update(rank=place)
        ledger.write("reach", now, person=person, count=len(kept), data={"off": len(away)})
