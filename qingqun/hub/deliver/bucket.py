"""Token buckets in the database: however many workers there are, a platform's limit is never passed.

A bucket holds at most half of what the platform allows in its span and gains the other half during one, so that no span of that length,
wherever it begins, sees more than the platform allows. What is taken and what is counted stand in the claim's own transaction.

What is claimed is handed over a little later, and one message of a worker that is stopped just then later still: claims go by the `gentle`
rate, which leaves room for both.
"""

from collections.abc import Iterable
from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.moment import MINUTE, to_ms

# A clock a little behind another worker's adds nothing; one far behind was put back, and the bucket follows it.
_GAIN = """
UPDATE hub_bucket SET tokens = CASE WHEN tokens + {gained} > %s THEN %s ELSE tokens + {gained} END,
       at = CASE WHEN at > %s AND at < %s THEN at ELSE %s END
WHERE key IN ({keys}) RETURNING key, tokens
"""
STALE = 0.1  # of the span: what was claimed and not handed over for so long is given back
_ASTRAY = 3  # workers that may be stopped with a message in hand at the same time
_GAINED = "(CASE WHEN at < %s THEN (%s - at) * CAST(%s AS DOUBLE PRECISION) ELSE 0 END)"


def burst(rate: Rate) -> int:
    """Return how many a full bucket holds."""
    return max(1, rate.number // 2)


def gentle(rate: Rate) -> Rate:
    """Return the rate at which messages are claimed so that the platform sees no more than `rate`, whenever they come to it."""
    gained = rate.number - burst(rate)
    astray = min(_ASTRAY, rate.number // 5)
    return Rate(rate.number, rate.seconds * (1 + STALE) * gained / (gained - astray))


def tokens(keys: Iterable[str], rate: Rate, now: datetime) -> dict[str, int]:
    """Return how many whole tokens each bucket has now; their rows are locked until the transaction ends. New buckets are full."""
    names, at, full = sorted(set(keys)), to_ms(now), burst(rate)
    if not names:
        return {}
    speed = (rate.number - full) / (rate.seconds * 1_000)
    made = ", ".join(["(%s, %s, %s)"] * len(names))
    values = [value for name in names for value in (name, full, at)]
    sql.run(f"INSERT INTO hub_bucket (key, tokens, at) VALUES {made} ON CONFLICT (key) DO NOTHING", values)  # noqa: S608  only marks
    text = _GAIN.format(gained=_GAINED, keys=sql.marks(names))
    gain = (at, at, speed)
    return {key: int(left) for key, left in sql.rows(text, [*gain, full, full, *gain, at, at + MINUTE, at, *names])}


def take(counts: dict[str, int]) -> None:
    """Take tokens out, inside the transaction that looked."""
    for key, count in counts.items():
        sql.run("UPDATE hub_bucket SET tokens = tokens - %s WHERE key = %s", [count, key])


def give(key: str, count: int, rate: Rate) -> None:
    """Put tokens back, as far as the bucket holds them, inside a transaction."""
    full = burst(rate)
    more = "UPDATE hub_bucket SET tokens = CASE WHEN tokens + %s > %s THEN %s ELSE tokens + %s END WHERE key = %s"
    sql.run(more, [count, full, full, count, key])


def wait(rate: Rate) -> int:
    """Return the milliseconds in which a bucket gains one token."""
    return int(rate.seconds * 1_000 / (rate.number - burst(rate))) + 1
