"""The first moment of one text at which it orders work on a day off, with the words that name it."""

from datetime import datetime

import polars as pl

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.column import readable
from qingqun.enrich.deadline.inert import skeletons
from qingqun.enrich.deadline.named import Named
from qingqun.enrich.restdays.orders import orders
from qingqun.enrich.restdays.when import rests


def resting(text: str, sent_at: datetime, hours: Hours) -> Named | None:
    """Return the earliest such moment (UTC+8), of a day without an hour its last second; None for none. `sent_at` is aware."""
    sent = sent_at.astimezone(BEIJING)
    read = skeletons(readable(pl.Series([text])))[0]
    found = (Named(at, one.words) for one in orders(read) if (at := rests(one, sent, hours)))
    return min(found, default=None)
