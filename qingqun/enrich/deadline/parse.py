"""Read a text once into what it asks by when, nothing resolved."""

import re

from qingqun.enrich.deadline.asked import asked, cut_off, implied
from qingqun.enrich.deadline.read import Reader, due
from qingqun.enrich.deadline.spec import At, Due, Time

# A reply quotes the message it answers: 「sender: words」 and a line of dashes. The quoted date is no deadline.
_QUOTE = re.compile(r"^[「\[][^」]{1,2000}」[ \n]*(?:-[ ]?|—){3,}")
_HOURS = re.compile(r"(?:我们是|上班时间|工作时间|办公时间|作息)[^0-9\n]{0,4}[0-9]{1,2}:[0-9]{2}[-—~至到]{1,2}([0-9]{1,2}):([0-9]{2})")


def _closing(text: str) -> int | None:
    found = _HOURS.search(text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def parse(text: str) -> tuple[Due, ...]:
    """Return every moment by which a normalised text asks something to be done; implied ones only if none is said."""
    text = _QUOTE.sub("", text)
    closing = _closing(text) if "下班" in text else None
    dues: list[Due] = []
    hints: list[Due] = []
    for found in Reader(text):
        if asked(found):
            dues.append(due(found, closing))
        elif cut_off(found):
            dues.append(Due(found.day, Time(At.CLOCK, -1)))
        elif implied(found):
            hints.append(due(found, closing))
    return tuple(dues or hints)
