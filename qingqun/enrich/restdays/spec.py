"""What a text orders for a day off, before it meets the moment of sending."""

from typing import NamedTuple

from qingqun.enrich.deadline.spec import Day, Due


class Ordered(NamedTuple):
    """Work ordered for a named time, and the words that name it: a moment (`first`: the day a run of days begins with), or days off.

    `feast`: the name of a block of days off; empty for the next one, "off" for any days off; None where a moment is named.
    """

    words: str
    due: Due | None = None
    first: Day | None = None
    feast: str | None = None
