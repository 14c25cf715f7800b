"""Why somebody got a notice: which part of its audience they are in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from qingqun.hub import often, sql
from qingqun.hub.moment import from_ms
from qingqun.i18n import _

# The ids and names of everything an audience may name this person by, and their last leave, in one statement.
_FACTS = """
SELECT 'unit' AS kind, id, name FROM hub_unit WHERE id IN ({units})
UNION ALL SELECT 'role', r.id, r.name FROM hub_rolemember m JOIN hub_role r ON r.id = m.role_id WHERE m.person_id = %s
UNION ALL SELECT 'topic', t.id, t.name FROM hub_topicmember m JOIN hub_topic t ON t.id = m.topic_id WHERE m.person_id = %s
UNION ALL SELECT 'project', j.id, j.name FROM hub_projectmember m JOIN hub_project j ON j.id = m.project_id WHERE m.person_id = %s
UNION ALL SELECT DISTINCT 'duty', l.id, l.name FROM hub_dutyturn m JOIN hub_dutylist l ON l.id = m.duty_list_id WHERE m.person_id = %s
UNION ALL SELECT 'leave', ends, CAST(starts AS VARCHAR(20)) FROM hub_leave WHERE person_id = %s
"""


class Away(NamedTuple):
    """A leave, up to, not including, its end."""

    starts: datetime
    ends: datetime


class Facts(NamedTuple):
    """What an audience may name a person by: names by kind and id. `units` run from the root down to their own."""

    person: int
    units: tuple[int, ...]
    names: Mapping[tuple[str, int], str]
    leaves: tuple[Away, ...]


def facts(person: int, path: str) -> Facts:
    """Return what is known of a person who works at a unit's path (/1/5/9/)."""
    units = tuple(int(part) for part in path.split("/") if part) or (0,)
    found = often.rows(_FACTS.format(units=sql.marks(units)), [*units, *[person] * 5])
    leaves = sorted(Away(from_ms(int(name)), from_ms(number)) for kind, number, name in found if kind == "leave")
    return Facts(person, units, {(kind, number): name for kind, number, name in found if kind != "leave"}, tuple(leaves))


def why(audience: Mapping[str, Any], known: Facts, behalf: str | None = None) -> list[str]:
    """Return for whom they stand in, and the parts of an audience that a person is in, in words; one sentence where none fits any more."""
    own = list(dict.fromkeys(_parts(audience, known)))
    if behalf:
        return [_("代{name}收").format(name=behalf), *own]
    return own or [_("发出时您在受众之内")]


def _parts(audience: Mapping[str, Any], known: Facts) -> Iterator[str]:
    if "all" in audience:
        parts = [list(_parts(part, known)) for part in audience["all"]]
        if all(parts):
            yield _("，且").join(_told(audience["all"], [part[0] for part in parts]))
    elif "any" in audience:
        for part in audience["any"]:
            yield from _parts(part, known)
    else:
        yield from _term(audience, known)


def _told(terms: Sequence[Mapping[str, Any]], words: Sequence[str]) -> list[str]:
    """Return the words of each term once. How far the author reaches is no reason beside whom the author named: it is said alone only."""
    named = words[:-1] if len(terms) > 1 and _reach(terms[-1]) else words
    return list(dict.fromkeys(named))


def _reach(term: Mapping[str, Any]) -> bool:
    """Tell whether a term is what acceptance adds: the units an author writes for, with all below them, or none."""
    parts = term.get("any")
    return bool(parts) and all("unit" in part and (part.get("below") or not part["unit"]) for part in parts or ())


def _term(term: Mapping[str, Any], known: Facts) -> Iterator[str]:
    if known.person in term.get("persons", ()):
        yield _("点名发给您")
    kind = next((kind for kind in _WORDS if kind in term), "")
    value = term.get(kind)
    if not isinstance(value, int):
        return
    if kind == "unit" and not term.get("below") and value != known.units[-1]:
        return
    if (kind, value) in known.names:
        words = _("您在{name}或其下属单位") if kind == "unit" and term.get("below") else _WORDS[kind]()
        yield words.format(name=known.names[kind, value])


_WORDS = {
    "unit": lambda: _("您在{name}"),
    "role": lambda: _("您是{name}"),
    "topic": lambda: _("您在话题“{name}”里"),
    "project": lambda: _("您参加{name}"),
    "duty": lambda: _("您在“{name}”值班表上"),
}
