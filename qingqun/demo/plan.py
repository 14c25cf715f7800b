"""What happens in the week: which notices go where and when, and what is planted among the ordinary talk."""

from collections.abc import Callable
from typing import NamedTuple

from qingqun.demo.groups import OUTSIDE
from qingqun.demo.notices import Order, evening, last_minute, morning, send
from qingqun.demo.repertoire import Body
from qingqun.demo.slots import rushed_due, tight_due, today_due
from qingqun.demo.talk import Talk, Words, hours
from qingqun.demo.week import DAY, DAYS, HOUR, MINUTE, SATURDAY, is_workday

MESSAGES = 40_000  # a folder of texts may state another number: its week is smaller in all its parts
When = Callable[[Talk, int], int]


class Planted(NamedTuple):
    """So many notices of a category, at such moments, in so many groups each."""

    category: str
    times: int
    when: tuple[When, ...]
    groups: tuple[int, ...]
    reply: float = 0.0


def night(talk: Talk, day: int) -> int:
    """Return a moment in the night."""
    return day * DAY + talk.rng.choice((0, 1, 2, 4, 22, 23)) * HOUR + talk.rng.randrange(60) * MINUTE


IN_TIME, ANY = (morning,), (morning, morning, morning, last_minute, evening)
WEEK = (
    Planted("notices", 60, IN_TIME, (3, 5, 8, 12, 20), 0.45),
    Planted("requests", 50, IN_TIME, (3, 5, 8, 12, 20), 0.5),
    Planted("notices", 700, IN_TIME, (1,), 0.35),
    Planted("requests", 420, IN_TIME, (1,), 0.35),
    Planted("notices", 30, (evening,), (1, 2, 4), 0.4),
    Planted("requests", 70, (last_minute, evening), (1, 1, 2, 6), 0.4),
    Planted("forced", 40, ANY, (1, 1, 2, 4), 0.4),
    Planted("forced_photo", 14, ANY, (1,)),
    Planted("assessed", 26, ANY, (1, 1, 3)),
    Planted("photo", 60, ANY, (1, 1, 1, 2), 0.1),
    Planted("shaming", 40, ANY, (1,)),
    Planted("hurry", 24, (morning, evening), (1,)),
    Planted("reply_now", 22, (morning, evening), (1,)),
    Planted("instant", 24, (morning, evening, evening), (1,)),
    Planted("publicity", 34, ANY, (1,)),
    Planted("emergency", 14, (night, evening, night, morning), (1,)),
    Planted("alarm", 8, (night, evening, morning), (1,)),
    Planted("cry", 3, (evening,), (1,)),
    Planted("secret", 4, IN_TIME, (1,)),
)
OF_SOME = (  # categories that only some folders have: what goes to parents, to patients and their families
    Planted("outside", 160, (morning, morning, evening), (1,)),
    Planted("homework", 80, IN_TIME, (1,)),
    Planted("parenttask", 64, IN_TIME, (1,)),
)
FEWEST = 4  # of a category, however small the week


def play(talk: Talk) -> None:
    """Fill the week: the planted notices and their look-alikes first, then ordinary talk up to the number of messages."""
    wanted = talk.texts.own("messages", MESSAGES)
    for planted in WEEK:
        for number in range(_share(planted.times, wanted)):
            _plant(talk, planted, number)
    for planted in OF_SOME:
        for number in range(_share(planted.times, wanted) if talk.texts.has(planted.category) else 0):
            _address(talk, planted, number)
    for number in range(_share(260, wanted)):
        send(talk, Order(_turn(talk.texts.look_alikes(), number), morning(talk, _workday(talk)), _groups(talk, 1)))
    for number in range(5):
        send(talk, Order(_turn(talk.texts.bodies("look/drill"), number), evening(talk, _workday(talk)), _groups(talk, 1)))
    _other_dates(talk)
    _bursts(talk)
    _ordinary(talk, wanted)


def _share(times: int, wanted: int) -> int:
    return max(min(times, FEWEST), times * wanted // MESSAGES)


def _address(talk: Talk, planted: Planted, number: int) -> None:
    """Send one notice to a group of people from outside: no receipts are asked for."""
    when = planted.when[number % len(planted.when)]
    able = [place.number for place in talk.places if place.talks and place.kind in OUTSIDE]
    body = _turn(talk.texts.bodies(planted.category), number)
    send(talk, Order(body, when(talk, _workday(talk)), talk.rng.sample(able, 1)))


def _turn(texts: tuple[Body, ...], number: int) -> Body:
    return texts[number % len(texts)]


def _workday(talk: Talk) -> int:
    return talk.rng.choice([day for day in range(DAYS) if is_workday(day)])


def _groups(talk: Talk, count: int) -> list[int]:
    """Return groups of work that talk this week, one lively group no likelier than another."""
    able = [place.number for place in talk.places if place.talks and place.kind not in OUTSIDE]
    return talk.rng.sample(able, count)


def _plant(talk: Talk, planted: Planted, number: int) -> None:
    rng, when = talk.rng, planted.when[number % len(planted.when)]
    free = when in {evening, night} and rng.random() < 0.15
    at = when(talk, SATURDAY if free else _workday(talk))
    body = _turn(talk.texts.bodies(planted.category), number)
    rushed = when is evening and planted.category == "requests" and number % 5 == 0
    due = rushed_due(rng, at) if rushed else tight_due(rng, at) if when is not morning and rng.random() < 0.6 else None
    if when is morning and rng.random() < 0.2:
        due = today_due(rng, at)
    many = rng.choice(planted.groups) if not rushed else 1
    send(talk, Order(body, at, _groups(talk, many), due, rng.random() < planted.reply))


def _other_dates(talk: Talk) -> None:
    """Send pairs of notices that differ in one date: the second is no copy of the first."""
    for number, body in enumerate(body for body in talk.texts.bodies("notices") if "{day}" in body.text):
        at = morning(talk, number % 5)
        core = talk.filler.fill(body.text.replace("{day}", "<day>"), at)
        for place, group in enumerate(_groups(talk, 2)):
            dated = body._replace(text=core.replace("<day>", f"9月{21 + number % 9 + place}日"), near="samenotice" if place else "")
            send(talk, Order(dated, at + place * 20 * MINUTE, [group]))


def _bursts(talk: Talk) -> None:
    """Let some people flood their group, and others almost."""
    for number in range(_share(30, talk.texts.own("messages", MESSAGES))):
        rng, flood = talk.rng, number % 2 == 0
        able = [place for place in talk.places if place.talks and place.form != "mail"]
        place = rng.choice(able)
        sender, at = rng.choice(place.members), next(hours(rng, rng.randrange(DAYS)))
        lines = rng.sample([body.text for body in talk.texts.bodies("chatter")], 8)
        for text in lines[: rng.randrange(6, 9) if flood else 4]:
            at += rng.randrange(8, 50)
            talk.say(at, place.number, sender, Words(talk.fill(text, at), near="" if flood else "flooding"))


def _ordinary(talk: Talk, wanted: int) -> None:
    rng = talk.rng
    able = [place for place in talk.places if place.talks]
    weights = [place.weight for place in able]
    while len(talk.out) < wanted:
        group = rng.choices(able, weights)[0].number
        chance, day = rng.random(), rng.randrange(DAYS)
        if chance < 0.50:
            talk.chat(next(hours(rng, day)), group)
        elif chance < 0.88:
            talk.work(morning(talk, _workday(talk)), group)
        elif chance < 0.89:
            talk.overtime(evening(talk, day), group)
        elif chance < 0.91:
            talk.system(next(hours(rng, day)), group)
        else:
            talk.pictures(next(hours(rng, day)), group, rng.randrange(1, 3))
