"""Sending notices: one group or many, in working time or not, and what follows in the group."""

from collections.abc import Sequence
from typing import NamedTuple

from qingqun.demo.edits import ask_receipt, dress, retouch
from qingqun.demo.repertoire import Body
from qingqun.demo.said import DOUBT, Said
from qingqun.demo.slots import Due, easy_due
from qingqun.demo.talk import Talk
from qingqun.demo.week import DAY, HOUR, MINUTE

DEMAND = frozenset({"reply_demand"})


class Order(NamedTuple):
    """A notice to be sent: the text, when, to which groups, due when, with a demand to answer or without."""

    body: Body
    at: int
    groups: Sequence[int]
    due: Due | None = None
    reply: bool = False


def send(talk: Talk, order: Order) -> None:
    """Send one notice to the groups, a little later and a little different in each; answers follow."""
    rng, (body, at, groups, due, reply) = talk.rng, order
    due = (due or easy_due(rng, at)) if "{due}" in body.text else None
    core = talk.filler.fill(body.text, at, None, due)
    first = core if body.secret or "emergency" in body.labels else dress(core, rng, talk.texts)
    for number, group in enumerate(groups):
        asked = reply and "reply_demand" not in body.labels and rng.random() < 0.9
        text = first if not number else retouch(first, rng, talk.texts)
        sender = talk.clerk(group)
        labels = body.labels | DEMAND if asked else body.labels
        text = ask_receipt(text, rng, talk.texts) if asked else text
        key = f"{'' if 'notice' in labels else DOUBT}{body.id}:{core}:{due.at if due else 0}"
        said = Said(at, group, sender, "text", text, labels, due.at if due else None, body.at_once, body.secret, key, body.near)
        talk.out.append(said)
        _follow(talk, said)
        at += rng.randrange(8, 100)


def _follow(talk: Talk, said: Said) -> None:
    """Let the group answer: a chain where it was asked for, pictures where they were, a few unasked receipts else."""
    rng = talk.rng
    if "reply_demand" in said.labels:
        talk.receipts(said, rng.choice((2, 4, 6, 9, 12, 16, 20, 26)))
    elif "emergency" in said.labels or ("notice" in said.labels and rng.random() < 0.25):
        talk.receipts(said, rng.randrange(1, 5))
    if "photo_proof" in said.labels:
        talk.pictures(said.at, said.group, rng.choice((0, 1, 2, 3, 5, 8)))
    if said.near == "photoproof":
        talk.pictures(said.at, said.group, 1)


def morning(talk: Talk, day: int) -> int:
    """Return a moment in working time that leaves room for what follows."""
    rng = talk.rng
    low, high = rng.choice(((8 * HOUR + 36 * MINUTE, 11 * HOUR + 20 * MINUTE), (14 * HOUR + 36 * MINUTE, 16 * HOUR + 30 * MINUTE)))
    return day * DAY + rng.randrange(low, high)


def evening(talk: Talk, day: int) -> int:
    """Return a moment after work: mostly soon after closing, some late at night."""
    rng = talk.rng
    low, high = rng.choice(((17.6, 19), (18, 21), (21, 22.6)))
    return day * DAY + rng.randrange(int(low * HOUR), int(high * HOUR))


def last_minute(talk: Talk, day: int) -> int:
    """Return a moment in the last half hour of work."""
    return day * DAY + 17 * HOUR + talk.rng.randrange(3, 27) * MINUTE
