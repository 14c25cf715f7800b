"""Read a text once into what it asks by when, nothing resolved."""

import re
from collections.abc import Iterator, Sequence

from qingqun.enrich.deadline.asked import cut_off, standing
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.spec import At, Due, Time
from qingqun.enrich.deadline.weigh import weighed

ITEM = "[①-⒛⓪-⓿❶-➓]"
"""A circled number begins an item; width undone it would run into the hour behind it: ①18点前."""
# A reply quotes the message it answers: 「sender: words」 and a line of dashes. The quoted date is no deadline.
_QUOTE = re.compile(r"^[「\[][^」]{1,2000}」[ \n]*(?:-[ ]?|—){3,}")
_HOURS = re.compile(r"(?:我们是|上班时间|工作时间|办公时间|作息)[^0-9\n]{0,4}[0-9]{1,2}:[0-9]{2}[-—~至到]{1,2}([0-9]{1,2}):([0-9]{2})")


# A greeting at the start: 各位同事早上好！ It names a part of the day and no moment.
_GREETING = re.compile(r"^[^,。;!?:0-9\n]{0,8}(?:早上|上午|中午|下午|晚上|大家|你|您|们|位|师|长)好[啊呀哈]?[ ,。!~:;\n]+")


SPACED = r"([0-9])(?: :| ?: )([0-5][0-9])"
"""An hour written with spaces, 17 : 00; in the dialect RE2 accepts."""
_SPACED = re.compile(SPACED)


def spoken(text: str) -> str:
    """Return a normalised text's own words: without a greeting before and a message quoted, hours written without spaces (17 : 00)."""
    said = _GREETING.sub("", _QUOTE.sub("", _GREETING.sub("", text)))
    return _SPACED.sub(r"\1:\2", said) if " :" in said or ": " in said else said


def closing_hour(text: str) -> int | None:
    """Return the closing hour that the text itself gives, minutes after midnight."""
    found = _HOURS.search(text) if "下班" in text else None
    return int(found[1]) * 60 + int(found[2]) if found else None


def parse(texts: Sequence[str]) -> list[tuple[Due, ...]]:
    """Return for each normalised text every moment by which it asks something to be done."""
    texts = [spoken(text) for text in texts]
    read = [[found for found in Reader(text) if found.mark == "起" or not standing(found)] for text in texts]
    asked = iter(weighed(texts, read))
    return [tuple(_dues(text, [(found, next(asked)) for found in each])) for text, each in zip(texts, read, strict=True)]


def _dues(text: str, found: list[tuple[Found, bool]]) -> Iterator[Due]:
    closing = closing_hour(text)
    for each, asked in found:
        if cut_off(each):
            yield Due(each.day, Time(At.CLOCK, -1))
        elif each.mark != "起" and asked:
            yield due(each, closing)
