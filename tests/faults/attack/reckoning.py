"""What the platforms saw, against what the hub says and what their documents allow. Anything that does not agree is a sentence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fakes_http import FakePlatform

from qingqun.hub import links, sql
from qingqun.hub.models import Lane
from qingqun.hub.moment import from_ms, to_ms

UNENDED = """hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id
WHERE a.state = 'sending' OR (a.state = 'queued' AND d.read_at IS NULL)"""
_LINK = re.compile(rb"/go/([A-Za-z0-9_:-]+)")


class Span(NamedTuple):
    """So many calls in any span of so many seconds."""

    number: int
    seconds: float


class Tank(NamedTuple):
    """So many at once, and one more every so many seconds."""

    number: int
    every: float


# As the platforms' documents have it, not as the channels keep it: for one credential, and for one recipient of it.
DOCUMENTED: Mapping[str, tuple[tuple[Span | Tank, ...], tuple[Span | Tank, ...]]] = {
    "wecom": ((), (Span(30, 60), Span(1_000, 3_600))),
    "wecom_private": ((), (Span(30, 60), Span(1_000, 3_600))),
    "dingtalk": ((), (Span(500, 86_400),)),
    "dinggov": ((), ()),  # not published
    "feishu": ((Span(1_000, 60), Span(50, 1)), (Span(5, 1),)),
    "lanxin": ((), ()),  # not published
    "sms_aliyun": ((), (Span(50, 86_400),)),
    "sms_tencent": ((Span(3_000, 1),), (Span(1, 30),)),
    "ntfy": ((Tank(60, 5),), ()),
    "matrix": ((Tank(10, 5),), ()),
}


@dataclass(frozen=True)
class Rung:
    """A message that a platform's user saw, or that came to the platform: `at` by the hub's clock, in ms."""

    channel: str
    delivery: int
    at: int


class Platforms:
    """The platforms with the clock by which the hub went: `begun` is the time.monotonic() of `start`."""

    def __init__(self, fakes: Mapping[str, FakePlatform], start: datetime, begun: float, speed: float) -> None:
        self.fakes, self.start, self.begun, self.speed = fakes, to_ms(start), begun, speed

    def at(self, moment: float) -> int:
        return self.start + int((moment - self.begun) * 1_000 * self.speed)

    def seen(self) -> Iterator[Rung]:
        """Give what users saw."""
        for name, fake in self.fakes.items():
            for body, moment in zip(fake.log.bodies, fake.log.moments, strict=True):
                yield Rung(name, _delivery(body, self.start), self.at(moment))

    def called(self) -> Iterator[Rung]:
        """Give what came, whatever became of it."""
        for name, fake in self.fakes.items():
            for call in fake.calls:
                yield Rung(name, _delivery(call.content, self.start), self.at(call.moment))

    def lies(self) -> Counter[tuple[str, int]]:
        """Count the messages that were taken and then called an error: who is asked to come again, comes again."""
        lied = [(name, call.content) for name, fake in self.fakes.items() for call in fake.calls if call.word == "late_500"]
        return Counter((name, _delivery(content, self.start)) for name, content in lied)


def rings(platforms: Platforms) -> list[str]:
    """Return rings that came twice, too early, or never came; and such as never ended."""
    lanes = {row[0]: (row[1], row[2]) for row in sql.rows("SELECT id, lane, not_before FROM hub_delivery")}
    seen, called, lies = list(platforms.seen()), {(one.channel, one.delivery) for one in platforms.called()}, platforms.lies()
    early = [f"rung before its time: {one}" for one in seen if one.at < lanes[one.delivery][1]]
    doubled = []
    for (channel, delivery), count in Counter((one.channel, one.delivery) for one in seen).items():
        keyed = platforms.fakes[channel].KEYED_HERE
        if lanes[delivery][0] == Lane.ROUTINE and count > 1 + (0 if keyed else lies[channel, delivery]):
            doubled.append(f"rung {count} times on {channel}: delivery {delivery}")
    rows = sql.rows("SELECT channel, delivery_id, state FROM hub_attempt")
    lost = [f"said to be sent, never came: {row}" for row in rows if row[2] in {"sent", "delivered"} and row[:2] not in called]
    unended = sql.rows(f"SELECT a.channel, a.delivery_id, a.state FROM {UNENDED}")
    return [*early, *doubled, *lost, *(f"never ended: {row}" for row in unended)]


def twice(platforms: Platforms) -> Counter[str]:
    """Count by channel and lane the deliveries that somebody saw more than once there."""
    lanes = dict(sql.rows("SELECT id, lane FROM hub_delivery"))
    often = Counter((one.channel, one.delivery) for one in platforms.seen())
    return Counter(f"{channel} {lanes[delivery]}" for (channel, delivery), count in often.items() if count > 1)


def over(platforms: Platforms) -> list[str]:
    """Return where a platform was asked more than its documents allow. Every call counts, one that says the same again too."""
    found = []
    for name, (credential, person) in DOCUMENTED.items():
        every: dict[str, list[float]] = defaultdict(list)
        for call in platforms.fakes[name].calls:
            every[call.address].append(platforms.at(call.moment) / 1_000)
        whole = sorted(moment for moments in every.values() for moment in moments)
        found += [f"{name}: {most} in {limit}" for limit in credential if (most := _worst(whole, limit)) > limit.number]
        for address, moments in every.items():
            found += [f"{name} {address}: {most} in {limit}" for limit in person if (most := _worst(sorted(moments), limit)) > limit.number]
    return found


def nearest(platforms: Platforms) -> str:
    """Say how near each limit was come to."""
    parts = []
    for name, (credential, person) in DOCUMENTED.items():
        calls = platforms.fakes[name].calls
        addresses: Iterable[str] = {call.address for call in calls}
        for limit in (*credential, *person):
            groups = [calls] if limit in credential else [[call for call in calls if call.address == one] for one in addresses]
            most = max((_worst(sorted(platforms.at(call.moment) / 1_000 for call in group), limit) for group in groups), default=0)
            parts.append(f"{name} {most:.4g} of {limit.number}")
    return ", ".join(parts)


def _worst(moments: list[float], limit: Span | Tank) -> float:
    """Return the most that stood in one span, or how deep a tank was drawn down."""
    if isinstance(limit, Tank):
        level, before, deepest = 0.0, moments[0] if moments else 0.0, 0.0
        for moment in moments:
            level = max(0.0, level - (moment - before) / limit.every) + 1
            before, deepest = moment, max(deepest, level)
        return deepest
    start, most = 0, 0
    for place, moment in enumerate(moments):
        while moments[start] <= moment - limit.seconds:
            start += 1
        most = max(most, place - start + 1)
    return most


def _delivery(content: bytes, start: int) -> int:
    found = _LINK.search(content)
    assert found, content
    return links.read(found[1].decode(), from_ms(start))
