"""Another time in the place of one that is too early: the closing of the working day that opens next."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer, closing, next_workday
from qingqun.enrich.deadline.read import Reader
from qingqun.enrich.normal import trace

ENOUGH = timedelta(hours=4)
WEEKDAYS = "一二三四五六日"


def lawful(now: datetime, hours: Hours) -> datetime | None:
    """Return a deadline that leaves a working day: the closing of the day that opens next; None for a unit that never works again."""
    opens = answer(now, hours).next_open
    if opens is None:
        return None
    day = opens.astimezone(BEIJING).date()
    found = closing(day, hours)
    if opens <= now or found is None or found - opens < ENOUGH:
        found = closing(next_workday(day, hours), hours)
    return found


def written(at: datetime) -> str:
    """Write a deadline as a notice has it, in Chinese whatever the page's language: 3月12日(周四)17:30前."""
    day: date = at.date()
    return f"{day.month}月{day.day}日\uff08周{WEEKDAYS[day.weekday()]}\uff09{at:%H:%M}前"


def replaced(text: str, words: str) -> Iterator[tuple[str, int, int]]:
    """Yield the text with one of its time expressions changed for other words, and where that expression stood."""
    normal = trace(text)
    for found in Reader(normal.text):
        for sentence in _sentences(normal.text):
            start, end = sentence[0] + len(found.sentence), sentence[1] - len(found.after)
            if start < end and normal.text[sentence[0] : start] == found.sentence and normal.text[end : sentence[1]] == found.after:
                first, last = normal.offsets[start], normal.offsets[end - 1] + 1
                yield text[:first] + words + text[last:], first, last


def dated(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence in which a stretch stands has a deadline besides it (今晚八点前): a second one would contradict it."""
    normal = trace(text)
    inside = [at for at, where in enumerate(normal.offsets[: len(normal.text)]) if start <= where < end]
    if not inside:
        return False
    first, last = next((one for one in _sentences(normal.text) if one[0] <= inside[0] < one[1]), (0, 0))
    return any(
        found.mark.endswith(("前", "内", "止", "限"))
        and first <= found.start
        and found.end <= last
        and not set(inside) & set(range(found.start, found.end))
        for found in Reader(normal.text)
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, char in enumerate(text + "\n"):
        if char in "\u3002;!?\n":
            yield start, at
            start = at + 1
