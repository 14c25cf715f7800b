"""What each call to a platform costs: a message handed over pays by its claim, and a call that says the same again pays once more."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from qingqun.hub import sql
from qingqun.hub.deliver.bucket import STALE, burst, gentle, give, take, tokens
from qingqun.hub.deliver.ringing import Limits, Rate, Rates, Ringing, each_rate

RESERVE = 5  # a fifth of every bucket is left to emergencies
_once_more: ContextVar[Callable[[], bool]] = ContextVar("once_more", default=lambda: True)


def once_more() -> bool:
    """Tell whether the message in hand may be said to its platform again now; where it may, that is counted."""
    return _once_more.get()()


@contextmanager
def paying(pay: Callable[[], bool]) -> Iterator[None]:
    """Let `pay` answer meanwhile."""
    token = _once_more.set(pay)
    try:
        yield
    finally:
        _once_more.reset(token)


def fresh(limits: Limits) -> timedelta | None:
    """Return for how long after a claim its messages may be handed over; None where no limit asks."""
    spans = [rate.seconds for rate in (*each_rate(limits.credential), *each_rate(limits.person))]
    return timedelta(seconds=STALE * min(spans)) if spans else None


def keys_of(channel: str, limits: Limits, person: int) -> dict[str, Rate]:
    """Return every bucket that a message to a person takes from."""
    return {**_named(channel, limits.credential), **_named(f"{channel}:{person}", limits.person)}


def kept(rate: Rate, *, urgent: bool) -> int:
    """Return how many of a full bucket's are left where they are."""
    return 0 if urgent else burst(rate) // RESERVE


def pay(channel: str, limits: Limits, person: int, now: datetime, *, urgent: bool) -> bool:
    """Take one more of every bucket, in an act of its own; False, and nothing is taken, where one has none left."""
    keys = keys_of(channel, limits, person)
    if not keys:
        return True
    with sql.act(first=urgent):
        if any(tokens([key], gentle(rate), now)[key] < 1 + kept(rate, urgent=urgent) for key, rate in keys.items()):
            return False
        take(dict.fromkeys(keys, 1))
        return True


def refund(channel: str, limits: Limits, left: Iterable[Ringing]) -> None:
    """Put back what claimed messages took that were not handed over, inside an act."""
    counts, rates = Counter[str](), dict[str, Rate]()
    for ringing in left:
        keys = keys_of(channel, limits, ringing.person)
        counts.update(keys.keys())
        rates |= keys
    for key in sorted(counts):
        give(key, counts[key], rates[key])


def bucket_key(whose: str, rate: Rate, every: Rates) -> str:
    """Return a bucket's name: of several rates, each but the first names its span too."""
    return whose if rate == each_rate(every)[0] else f"{whose}/{rate.seconds}"


def _named(whose: str, rates: Rates) -> dict[str, Rate]:
    return {bucket_key(whose, rate, rates): rate for rate in each_rate(rates)}
