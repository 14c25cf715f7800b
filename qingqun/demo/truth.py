"""What is wrong in the week, worked out from what its author knows: definitions in docs/demo.md.

Nothing here reads a text: labels, deadlines and identities come from the hand that wrote them.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from qingqun.demo.groups import Place
from qingqun.demo.said import DOUBT, Said
from qingqun.demo.week import DAY, HOUR, MINUTE, SUNDAY, late, next_open, stamp, working

LABELLED = {
    "shaming": "shaming",
    "forced_promotion": "forcedpromotion",
    "assessed_promotion": "assessedpromotion",
    "photo_proof": "photoproof",
    "leader_publicity": "leaderpublicity",
    "homework": "homework",
    "parent_task": "parenttask",
}
FLOOD, FLOOD_SECONDS = 5, 5 * MINUTE  # of one sender
CHEERS, CHEERS_SECONDS = 10, 10 * MINUTE  # receipts of anybody
LEAST = 4 * HOUR  # a deadline sooner than this is short at any time of day
CHAIN, RACE = 5, 3
Row = dict[str, Any]


class Mark(NamedTuple):
    """One rule and one message: broken or only looking so; `until` where later messages show it."""

    rule: str
    planted: bool | None  # None: careful readers may differ, neither counts
    said: Said
    until: int


def marks(week: list[Said]) -> list[Mark]:
    """Return every violation of the week and every look-alike; `week` is in order of time."""
    found = [mark for said in week for mark in _alone(said)] + _copies(week) + _floods(week) + _answers(week)
    broken = {(mark.rule, id(mark.said)) for mark in found if mark.planted is not False}
    near = [Mark(said.near, False, said, said.at) for said in week if said.near]
    return [mark for mark in found + near if mark.planted is not False or (mark.rule, id(mark.said)) not in broken]


def _alone(said: Said) -> Iterator[Mark]:
    """What a message breaks by itself."""
    calm, notice = "emergency" not in said.labels, "notice" in said.labels
    for label in sorted(said.labels & LABELLED.keys()):
        yield Mark(LABELLED[label], True, said, said.at)
    if said.secret:
        yield Mark("secretmark", True, said, said.at)
    if "work" in said.labels and not working(said.at):
        yield Mark("offhours", calm, said, said.at)
    elif notice and said.at // DAY == SUNDAY and calm:
        yield Mark("offhours", False, said, said.at)
    yield from _in_haste(said) if calm else ()


def _in_haste(said: Said) -> Iterator[Mark]:
    """Too little time, or an answer wanted at once."""
    after, due, reply = not working(said.at), said.due, "reply_demand" in said.labels
    if due is not None and due > said.at:
        hurried = due - said.at <= LEAST or (late(said.at) and due < next_open(said.at))
        if hurried or late(said.at):
            yield Mark("shortdeadline", hurried, said, said.at)
    at_once = said.at_once or (due is not None and due - said.at <= HOUR)
    if at_once or (after and reply):
        yield Mark("instantreply", after or reply, said, said.at)


def _copies(week: list[Said]) -> list[Mark]:
    """A notice that already stood in another group is a copy; the first of all is none. The same line of work twice is open to doubt."""
    seen: dict[str, set[int]] = defaultdict(set)
    found = []
    for said in week:
        if said.key and seen[said.key] - {said.group}:
            found.append(Mark("samenotice", None if said.key.startswith(DOUBT) else True, said, said.at))
        seen[said.key].add(said.group)
    return found


def _floods(week: list[Said]) -> list[Mark]:
    """Bursts: five messages of one sender, or ten receipts of anybody; one mark for what a group suffers within an hour."""
    calm = [said for said in week if said.kind != "system" and "emergency" not in said.labels]
    senders: dict[tuple[int, int], list[Said]] = defaultdict(list)
    cheers: dict[int, list[Said]] = defaultdict(list)
    for said in calm:
        senders[said.group, said.sender].append(said)
        if said.labels == {"receipt"}:
            cheers[said.group].append(said)
    ends = [pair for rows in senders.values() for pair in _dense(rows, FLOOD, FLOOD_SECONDS)]
    ends += [pair for rows in cheers.values() for pair in _dense(rows, CHEERS, CHEERS_SECONDS)]
    return _merged(ends)


def _dense(rows: list[Said], count: int, seconds: int) -> list[Said]:
    return [last for first, last in zip(rows, rows[count - 1 :], strict=False) if last.at - first.at <= seconds]


def _merged(ends: list[Said]) -> list[Mark]:
    found: list[Mark] = []
    for said in sorted(ends, key=lambda one: (one.group, one.at)):
        if found and found[-1].said.group == said.group and said.at - found[-1].until <= HOUR:
            found[-1] = found[-1]._replace(until=said.at)
        else:
            found.append(Mark("flooding", True, said, said.at))
    return found


def _answers(week: list[Said]) -> list[Mark]:
    """Chains of receipts and races of pictures, put down to the notice that asked for them."""
    chains: dict[int, tuple[Said, list[int]]] = {}
    races: dict[int, tuple[Said, set[int]]] = {}
    closed: list[tuple[str, int, Said, int]] = []
    for said in week:
        if "reply_demand" in said.labels:
            closed += _close("replychain", CHAIN, chains, said.group)
            chains[said.group] = (said, [])
        elif said.labels == {"receipt"} and _open(chains, said):
            chains[said.group][1].append(said.sender)
        if "photo_proof" in said.labels:
            closed += _close("photorace", RACE, races, said.group)
            races[said.group] = (said, set())
        elif said.kind == "image" and _open(races, said):
            races[said.group][1].add(said.sender)
    closed += [row for group in chains for row in _close("replychain", CHAIN, chains, group)]
    closed += [row for group in races for row in _close("photorace", RACE, races, group)]
    return [Mark(rule, count >= least, said, said.at + DAY) for rule, least, said, count in closed if count]


def _open(asked: dict[int, Any], said: Said) -> bool:
    return said.group in asked and said.at - asked[said.group][0].at <= DAY


def _close(rule: str, least: int, asked: dict[int, Any], group: int) -> list[tuple[str, int, Said, int]]:
    if group not in asked:
        return []
    said, answers = asked[group]
    return [(rule, least, said, len(answers))]


def row(mark: Mark, places: list[Place], name: str) -> Row:
    """Return one line of truth.jsonl; `name` is the sender's."""
    said, place = mark.said, places[mark.said.group]
    return {
        "rule": mark.rule, "planted": mark.planted, "subject": "message", "platform": place.platform, "group": place.name,
        "sent_at": stamp(said.at), "until": stamp(mark.until), "sender": name, "text_start": said.text[:20],
    }  # fmt: skip
