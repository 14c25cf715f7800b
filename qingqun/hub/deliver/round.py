"""One round of a worker: take back what was lost, look at what is due, then claim and ring, channel by channel."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from qingqun.hub import sql
from qingqun.hub.deliver.channels import Opened
from qingqun.hub.deliver.claim import BATCH, claim, hand_back
from qingqun.hub.deliver.due import Pace, Resting, due, pass_on, put_back
from qingqun.hub.deliver.finish import begin, end, rescue
from qingqun.hub.deliver.ringing import Message, Outcome, Ringing, Sent, at_once
from qingqun.hub.deliver.spend import fresh, pay, paying
from qingqun.hub.deliver.told import named
from qingqun.hub.models import Lane, Ring
from qingqun.hub.moment import MINUTE

Clock = Callable[[], datetime]
PATIENCE = 10 * MINUTE  # a routine ring that waited longer is judged again: work may have closed meanwhile
NOTE = timedelta(seconds=1)
LATE = timedelta(seconds=5)  # a promise that took longer to keep (a worker that was stopped) is not kept, but made again


def work(  # noqa: PLR0913, PLR0917  what a round needs
    clock: Clock, lane: str, worker: str, channels: Mapping[str, Opened], resting: Resting | None, pace: Pace | None = None
) -> int:
    """Do one round of a lane and return how much there was to do. Emergencies are given neither `resting` nor `pace`."""
    looked = look(clock, lane, channels, resting, pace)
    return looked + sum(ring(clock, lane, worker, one) for one in channels.values())


def look(clock: Clock, lane: str, channels: Mapping[str, Opened], resting: Resting | None, pace: Pace | None = None) -> int:
    """Do what comes before ringing: rescue, and turn what is due into attempts."""
    now = clock()
    keyed = [name for name, one in channels.items() if one.channel.KEYED]
    back = put_back(now, lane, PATIENCE) if lane == Lane.ROUTINE else pass_on(now)
    return rescue(now, lane, keyed) + back + due(now, lane, sorted(channels), resting, pace=pace)


def ring(clock: Clock, lane: str, worker: str, opened: Opened, stopping: Callable[[], bool] = lambda: False) -> int:
    """Claim a channel's next batch and ring; return how many were claimed.

    What is left when `stopping` turns true, or when the claim is stale, goes back untried.
    """
    claimed, many = clock(), at_once(opened.channel)
    ringings = claim(claimed, lane, opened.name, worker, opened.channel.LIMITS, limit=max(many, BATCH), promised=many > 1)
    if not ringings:
        return 0
    if lane == Lane.ROUTINE:
        ringings = named(ringings, clock())
    good = min(filter(None, (fresh(opened.channel.LIMITS), LATE if many > 1 else None)), default=None)
    promised = _Promised(clock, lane, worker, opened, ringings, stopping, claimed + good if good else None)
    with paying(promised.pay):
        for sent in opened.channel.send(promised, opened.credentials):
            promised.ended.append(sent)
            promised.note()
    with sql.act(first=lane == Lane.EMERGENCY):
        end(promised.ended, worker, lane, clock(), keyed=opened.channel.KEYED)
        hand_back(promised.left, opened.name, opened.channel.LIMITS, clock(), worker, promised=many > 1)
    return len(ringings)


class _Promised:
    """The messages of a batch. Pulling one makes its promise durable first, together with the outcomes so far."""

    def __init__(  # noqa: PLR0913, PLR0917  what a promise needs
        self,
        clock: Clock,
        lane: str,
        worker: str,
        opened: Opened,
        ringings: list[Ringing],
        stopping: Callable[[], bool],
        good: datetime | None,
    ) -> None:
        self.clock, self.lane, self.worker, self.opened, self.stopping = clock, lane, worker, opened, stopping
        self.ringings, self.good = ringings, good
        self.ended: list[Sent] = []
        self.left: list[Ringing] = []
        self.person = 0
        self.together = at_once(opened.channel) > 1
        self.noted = clock()

    def note(self) -> None:
        """Write what became of messages that went together, once a second: a worker that dies now leaves little unknown."""
        if self.together and (now := self.clock()) - self.noted >= NOTE:
            done, self.ended, self.noted = self.ended, [], now
            with sql.act(first=self.lane == Lane.EMERGENCY):
                end(done, self.worker, self.lane, now, keyed=self.opened.channel.KEYED)

    def pay(self) -> bool:
        """Pay for one more call for the message in hand."""
        urgent = self.lane == Lane.EMERGENCY
        return pay(self.opened.name, self.opened.channel.LIMITS, self.person, self.clock(), urgent=urgent)

    def __iter__(self) -> Iterator[Message]:
        channel = self.opened.channel
        for place, ringing in enumerate(self.ringings):
            if self.stopping() or self._stale(place):
                self.left = self.ringings[place:]
                return
            message = channel.render(ringing, self.opened.credentials)
            if len(message.body) > channel.LIMITS.longest:
                self.ended.append((message.attempt, Outcome(Ring.REFUSED, "too long")))
                continue
            if self.together:
                yield message
                continue
            done, self.ended = self.ended, []
            at = self.clock()
            if not begin(message.attempt, self.worker, self.lane, at, done, keyed=channel.KEYED):
                continue
            if self.clock() - at > LATE:
                self.ended.append((message.attempt, Outcome(Ring.REFUSED, "late", again=True)))
                continue
            self.person = ringing.person
            yield message

    def _stale(self, place: int) -> bool:
        """Tell whether the claim is too old for the next message; the first one always goes."""
        return bool(place and self.good and self.clock() > self.good)
