"""Is it mine? What a notice's addressees come to for one reader, with the reason in words."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from qingqun.enrich.audience import Addressee, Reach, addressees, assigned
from qingqun.enrich.audience.words import ANY_UNIT, INNER, KINDRED
from qingqun.enrich.owing import behind, called, owes
from qingqun.findings.digest.reader import Reader, place_kind
from qingqun.i18n import _, listed

_SHOWN = 3


class Claim(IntEnum):
    """How surely a notice is for the reader."""

    NAMED = 0  # by name
    GROUP = 1  # to everybody, or to the reader's unit or post
    PERHAPS = 2
    OTHERS = 3


class Claimed(NamedTuple):
    """A claim and its reason; the surest is the smallest."""

    claim: Claim
    why: str
    asked: bool = False  # 请 stands before the addressee
    elsewhere: bool = False  # it speaks of another unit of the reader's kind, and to nobody
    owing: bool = False  # it says that the reader, or the reader's unit, has not done it yet


_OTHERS = Claimed(Claim.OTHERS, "")  # whom it is for is said once, of all together


class Said(NamedTuple):
    """What of a message decides whom it is for."""

    text: str
    mentions: tuple[str, ...]
    mention_all: bool
    to_me: bool
    group: str


def claimed(said: Said, reader: Reader, names: frozenset[str], places: frozenset[str] = frozenset()) -> Claimed:
    """Return how surely a message is for the reader, and why.

    `names`: the people of the reader's groups and the reader's own; `places`: the units.
    """
    spoken_to = _narrow(addressees(said.text, names))
    found = [_of(one, reader)._replace(asked=one.asked) for one in spoken_to]
    if said.to_me:
        found = [Claimed(Claim.NAMED, _("消息里@了你"), asked=any(one.asked and one.claim is Claim.NAMED for one in found))]
    elif any(assigned(said.text, name) for name in reader.names):
        found.append(Claimed(Claim.NAMED, _("写明由你负责")))
    elif owes(said.text, reader.names):
        found.append(Claimed(Claim.NAMED, _("点到你的名，说你还没有办"), asked=True, owing=True))
    elif owing := next((unit for unit in reader.units if behind(said.text, (unit,))), None):
        found.append(Claimed(Claim.GROUP, _("点到{unit}，说还没有办").format(unit=owing), asked=True, owing=True))
    elif called(said.text, reader.names):
        found.append(Claimed(Claim.NAMED, _("点名找你（名单里有你）"), asked=True))
    elif said.mentions and not said.mention_all:
        found.append(Claimed(Claim.OTHERS, ""))
    surest = min(found, key=lambda one: (one.claim, not one.asked), default=_unaddressed(said, reader, places))
    return _kept(Claimed(Claim.OTHERS, _elsewhere(said, spoken_to)), said, reader) if surest.claim is Claim.OTHERS else surest


def _elsewhere(said: Said, spoken_to: list[Addressee]) -> str:
    """Say whom else a message is for."""
    if said.mentions and not said.mention_all:
        return _("消息里@的是 {who}").format(who=_joined(said.mentions))
    words = tuple(one.words for one in spoken_to)
    people = all(one.reach is Reach.PERSON for one in spoken_to)
    return (_("找的是{who}") if people else _("发给{who}")).format(who=_joined(words))


def _narrow(found: tuple[Addressee, ...]) -> list[Addressee]:
    """A greeting counts only where nobody else is addressed; 没交的单位 only where no list follows."""
    named = [one for one in found if one.reach in {Reach.UNIT, Reach.PERSON}]
    clear = [one for one in found if one.reach is not Reach.GREETING and not (named and one.reach is Reach.SOME)]
    return clear or list(found)


def _unaddressed(said: Said, reader: Reader, places: frozenset[str]) -> Claimed:
    if said.mention_all:
        return Claimed(Claim.GROUP, _("@了所有人"))
    there = _there(said, reader, places)
    if there:
        return Claimed(Claim.PERHAPS, _("说的是{there}，没有写明给谁").format(there=there), elsewhere=True)
    own = next((unit for unit in reader.units if unit in said.group), None)
    if own:
        return Claimed(Claim.PERHAPS, _("发在{unit}的群里，没有写明给谁").format(unit=own))
    return Claimed(Claim.PERHAPS, _("你在这个群里，没有写明给谁"))


def _there(said: Said, reader: Reader, places: frozenset[str]) -> str | None:
    """Return the unit a message speaks of where it is another one of the reader's kind: 东塔社区 for somebody of 桂园社区."""
    if any(unit in said.text for unit in reader.units):
        return None
    kinds = {place_kind(unit) for unit in reader.units} - {""}
    return next((place for place in sorted(places) if place_kind(place) in kinds and place in said.text), None)


def _kept(found: Claimed, said: Said, reader: Reader) -> Claimed:
    """Whatever names the reader or the reader's unit is never folded away as somebody else's."""
    if reader.within(said.text):
        return Claimed(Claim.PERHAPS, _("文中提到你；{why}").format(why=found.why))
    unit = next((unit for unit in reader.units if unit in said.text), None)
    return Claimed(Claim.PERHAPS, _("文中提到{unit}；{why}").format(unit=unit, why=found.why)) if unit else found


def _of(one: Addressee, reader: Reader) -> Claimed:
    if one.reach in {Reach.EVERYONE, Reach.GREETING}:
        return Claimed(Claim.GROUP, _("发给全体（“{words}”）").format(words=one.words))
    if one.reach is Reach.SOME:
        return Claimed(Claim.PERHAPS, _("发给“{words}”，没有写明是谁").format(words=one.words))
    if one.reach is Reach.PERSON:
        return _to_person(one, reader)
    return _to_role(one, reader) if one.reach is Reach.ROLE else _to_unit(one, reader)


def _to_person(one: Addressee, reader: Reader) -> Claimed:
    if any(one.head in name or name in one.head for name in reader.names):
        return Claimed(Claim.NAMED, _("点名找你（“{words}”）").format(words=one.words))
    return _OTHERS


def _to_role(one: Addressee, reader: Reader) -> Claimed:
    role = next((role for role in reader.roles if role in one.words), None)
    if one.unit and reader.units and not _same(one.unit, reader.units):
        return _OTHERS
    if role:
        return Claimed(Claim.GROUP, _("发给{words}，你是{role}").format(words=one.words, role=role))
    if reader.roles:
        return _OTHERS
    return Claimed(Claim.PERHAPS, _("发给{words}，没有说明你的职务").format(words=one.words))


def _to_unit(one: Addressee, reader: Reader) -> Claimed:
    if not reader.units:
        return Claimed(Claim.PERHAPS, _("发给{words}，没有说明你的单位").format(words=one.words))
    own = _same(one.head, reader.units) if one.reach is Reach.UNIT else _among(one.head, reader.units)
    if own:
        text = _("发给{words}，你填了{unit}") if reader.told else _("发给{words}，你的群名片写着{unit}")
        return Claimed(Claim.GROUP, text.format(words=one.words, unit=own))
    if one.reach is Reach.UNITS and one.head in INNER:
        return Claimed(Claim.PERHAPS, _("发给{words}，没有说明你在不在内").format(words=one.words))
    return _OTHERS


def _same(unit: str, own: Iterable[str]) -> str | None:
    """Return which of the reader's units is meant: 三里社区居委会 and 三里社区 are one."""
    return next((mine for mine in own if mine in unit or unit in mine), None)


def _among(kind: str, own: Iterable[str]) -> str | None:
    """Return which of the reader's units is one of a kind: 三里社区 of 各社区, any of 各单位."""
    kinds = next((row for row in KINDRED if kind in row), (kind,))
    return next((mine for mine in own if kind in ANY_UNIT or any(mine.endswith(k) or k in mine[2:] for k in kinds)), None)


def _joined(names: tuple[str, ...]) -> str:
    return listed(names[:_SHOWN]) + (_("等") if len(names) > _SHOWN else "")
