"""What the tests of administration say often."""

from types import SimpleNamespace
from typing import Any

from hub_help import beijing, written

from qingqun.hub import story
from qingqun.hub.models import Attempt, Delivery, Person

EVENING, MORNING = beijing("2026-03-11 21:00"), beijing("2026-03-12 08:30")


def told(office: SimpleNamespace, **changed: Any) -> int:
    """Let 张主任 write to the whole street at 21:00; everybody's is held."""
    return story.write(written(office, **changed), EVENING).notice


def of(person: Person, notice: int) -> Delivery:
    return Delivery.objects.get(person=person, notice=notice)


def states(notice: int) -> list[str]:
    return sorted(Delivery.objects.filter(notice=notice).values_list("state", flat=True))


def attempt(delivery: Delivery, channel: str, state: str, lane: str = "routine") -> Attempt:
    """Give a delivery a ring that stands somewhere."""
    key = f"{delivery.pk:028x}.1"
    values = {"key": key, "delivery": delivery, "channel": channel, "state": state, "lane": lane, "not_before": MORNING}
    return Attempt.objects.create(**values)
