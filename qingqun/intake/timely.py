"""A message has been sent at a time at which it can have been: neither before work chats existed nor after the day of the check."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from qingqun.i18n import _
from qingqun.words import PROBLEMS, SHANGHAI

EARLIEST = date(2009, 1, 1)  # older than any chat this program reads: an export with such a year has it wrong
ZONE = ZoneInfo(SHANGHAI)
DAY = timedelta(days=1)
_NONE = PROBLEMS.to_frame()


def timely(messages: pl.DataFrame, checked: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the messages sent from 2009-01-01 to the day after the check (days in Shanghai), and a problem for each other one.

    One day more than the check, because clocks and time zones of phones differ.
    """
    fits = messages["sent_at"].is_between(_midnight(EARLIEST), _midnight(checked + 2 * DAY), closed="left")
    if fits.all():
        return messages, _NONE
    text = _("时间是 {day}，不在 {first} 至核查日次日 {last} 之间，未读入").format(day="{}", first=EARLIEST, last=checked + DAY)
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.to_string("%Y-%m-%d")
    wrong = messages.filter(~fits)
    return messages.filter(fits), wrong.select("file", "line", code=pl.lit("bad_time"), reason=pl.format(text, day))


def latest(*days: date | datetime | None) -> date:
    """Return the latest of the days, days in Shanghai of the moments, and today."""
    known = (each for each in (*days, datetime.now(UTC)) if each is not None)
    return max(each.astimezone(ZONE).date() if isinstance(each, datetime) else each for each in known)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
