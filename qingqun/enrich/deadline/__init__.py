"""What is due when: the moment by which a message asks something to be done, seen from when it was sent.

Two steps: a text is read once into due times as its words put them (parse), and these are resolved against the moment of sending (resolve).
Day without an hour: its last second. 上午 中午 下午 今晚 without an hour: 12:00, 12:00, 18:00, 23:59:59. 下班前: the unit's closing hour.
Of several the earliest counts. Recurring times, events, the sender's own promises, reports and quoted messages give none.
"""

import re
from datetime import datetime

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.column import deadlines
from qingqun.enrich.deadline.parse import ITEM, parse
from qingqun.enrich.deadline.resolve import earliest
from qingqun.enrich.normal import trace

__all__ = ["deadline", "deadlines"]


def deadline(text: str, sent_at: datetime, hours: Hours) -> datetime | None:
    """Return the moment (UTC+8) by which the message asks something to be done, or None. `sent_at` is aware."""
    return earliest(parse([trace(re.sub(ITEM, ";", text)).text])[0], sent_at, hours)
