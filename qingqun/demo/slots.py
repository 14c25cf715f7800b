"""Filling the slots of a text: who, where, what, when."""

import re
from random import Random
from typing import NamedTuple

from qingqun.demo.people import Person
from qingqun.demo.repertoire import Repertoire
from qingqun.demo.week import DAY, HOUR, MINUTE, NAMES, clock, is_workday, shanghai

SLOT = re.compile(r"\{([a-z]+[0-9]?)\}")
COMMUNITIES = range(6, 12)
HOURS = ("上午9:00", "上午9:30", "上午10:00", "下午2:30", "下午3:00", "下午3:30", "下午4:00", "14:30", "15:00", "9点半")


class Due(NamedTuple):
    """A deadline in words, and the moment it means."""

    words: str
    at: int


class Filler:
    """Fills the slots of texts with people of the office and with the places and topics of a repertoire."""

    def __init__(self, rng: Random, people: list[Person], texts: Repertoire) -> None:
        self.rng, self.people, self.texts = rng, people, texts

    def fill(self, text: str, at: int, me: Person | None = None, due: Due | None = None) -> str:
        """Return the text with every slot filled; `me` is the sender, `due` stands in for {due}."""
        if "{" not in text:
            return text
        names = [person.name for person in self.rng.sample(self.people, 3)]
        towns = [self.texts.unit(unit) for unit in self.rng.sample(COMMUNITIES, 3)]
        known = {"who": names[0], "who2": names[1], "who3": names[2], "com": towns[0], "com2": towns[1], "com3": towns[2]}
        known |= _me(me) | {"due": due.words if due else "", "date": _date(at // DAY), "boss": self.texts.name("boss")}
        return SLOT.sub(lambda match: known.get(match[1]) or _any(match[1], self.rng, self.texts), text)


def _me(me: Person | None) -> dict[str, str]:
    if me is None:
        return {"self": "小李", "unit": "各科室"}
    return {"self": me.name, "unit": me.of or "网格员"}


def _any(slot: str, rng: Random, texts: Repertoire) -> str:
    lists = {"topic": "topics", "place": "places", "rd": "roads", "aud": "audiences"}
    if slot in lists:
        return str(rng.choice(texts.words(lists[slot])))
    if slot == "day":
        return _date(rng.randrange(7, 17), weekday=rng.random() < 0.6)
    if slot == "time":
        return rng.choice(HOURS)
    numbers = {"tel": range(8_000, 8_900), "few": range(2, 9)}
    return str(rng.choice(numbers.get(slot, range(2, 96))))


def _date(day: int, *, weekday: bool = False) -> str:
    on = shanghai(day * DAY)
    return f"{on.month}月{on.day}日" + (f"（周{NAMES[on.weekday()]}）" if weekday else "")


def easy_due(rng: Random, at: int) -> Due:
    """Return a deadline that leaves at least the whole next working day."""
    day = at // DAY + rng.randrange(2, 6)
    while not is_workday(day):
        day += 1
    hour = rng.choice((None, 11, 15, 16, 17))
    if hour is None:
        return Due(f"{_date(day, weekday=rng.random() < 0.4)}前", clock(day + 1, 0) - 1)
    return Due(f"{_date(day)}{hour}:00前", clock(day, hour))


def today_due(rng: Random, at: int) -> Due:
    """Return a deadline of the same day for a demand sent in the morning or early afternoon."""
    day = at // DAY
    return rng.choice((Due("今天下班前", clock(day, 17, 30)), Due("今日17:00前", clock(day, 17)), Due("今天下午5点前", clock(day, 17))))


def tight_due(rng: Random, at: int) -> Due:
    """Return a deadline that leaves no working time: tonight, or tomorrow before anybody is in."""
    day = at // DAY
    tomorrow = [
        Due("明早8点前", clock(day + 1, 8)),
        Due("明天上午8:10前", clock(day + 1, 8, 10)),
        Due("明天早上7:30前", clock(day + 1, 7, 30)),
    ]
    tonight = [Due("今晚之前", clock(day + 1, 0) - 1), Due("今晚11点前", clock(day, 23)), Due("今晚22:30前", clock(day, 22, 30))]
    soon = [Due("两小时内", at + 2 * HOUR), Due("今晚9点前", clock(day, 21))]
    return rng.choice([due for due in tomorrow + tonight + soon if due.at >= at + 65 * MINUTE])


def rushed_due(rng: Random, at: int) -> Due:
    """Return a deadline of less than an hour."""
    minutes, words_ = rng.choice(((10, "10分钟内"), (20, "20分钟内"), (30, "半小时内"), (15, "15分钟之内"), (40, "40分钟内")))
    return Due(words_, at + minutes * MINUTE)
