"""Who a notice is for: an expression over units, roles, topics, projects, duty lists and named persons, as one SQL statement.

An expression is JSON. A term: {"unit": 5, "below": true} (with sub-units; without `below` that unit alone), {"role": 3}, {"topic": 2}
(who follows it; of a mandatory one everybody on its list), {"project": 7}, {"duty": 4} (who is on that list now), {"persons": [1, 2]}.
Combined: {"any": [...]} (union), {"all": [...]} (everybody who is in each), either with "minus": [...] (less the union of these).
Each person comes out once, however many terms hold them; who has left never does.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from qingqun.hub.models import Stance
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql, marks
from qingqun.i18n import _
from qingqun.words import Refused

DEEPEST, MOST_TERMS, MOST_NAMED = 6, 200, 1_000

Expression = Mapping[str, Any]


def present(expression: Expression, now: datetime) -> Sql:
    """Return the statement that gives the audience's present persons, one row each, in a column `id`.

    Raises:
        Refused: the expression is not one, or larger than the limits.
    """
    found = members(expression, now)
    return Sql(f"SELECT p.id FROM hub_person p WHERE p.left_at IS NULL AND p.id IN ({found.text})", found.params)  # noqa: S608  only the texts below


def members(expression: Expression, now: datetime) -> Sql:
    """Return the same with those who have left, for instance to tell who will not get it."""
    _measure(expression)
    return _compiled(expression, to_ms(now))


def _compiled(expression: Expression, now: int) -> Sql:
    if "any" in expression or "all" in expression:
        return _combined(expression, now)
    kind = _kind(expression)
    if kind is None:
        raise Refused(_("看不懂的受众：{text}").format(text=str(dict(expression))[:80]))
    return _TERMS[kind](expression, now)


def _combined(expression: Expression, now: int) -> Sql:
    if "any" in expression:
        whole = _either(expression["any"], now)
    else:
        whole = _joined(" INTERSECT ", [_compiled(part, now) for part in expression["all"]])
    less = expression.get("minus")
    return _joined(" EXCEPT ", [whole, _either(less, now)]) if less else whole


def _either(terms: Sequence[Expression], now: int) -> Sql:
    """Return who is in any of the terms. Units named alone are one condition, however many: a branch each costs more than its people."""
    alone = [term for term in terms if _kind(term) == "unit" and not term.get("below", False)]
    parts = [_compiled(term, now) for term in terms if term not in alone]
    if alone:
        parts.append(Sql(f"SELECT id FROM hub_person WHERE unit_id IN ({marks(alone)})", tuple(_id(term["unit"]) for term in alone)))  # noqa: S608  only marks
    return _joined(" UNION ", parts)


def _kind(term: Expression) -> str | None:
    """Return what a term names people by; None where it combines others, or names nothing known."""
    return None if "any" in term or "all" in term else next((kind for kind in _TERMS if kind in term), None)


def _joined(word: str, parts: list[Sql]) -> Sql:
    if len(parts) == 1:
        return parts[0]
    text = word.join(f"SELECT id FROM ({part.text}) AS s{number}" for number, part in enumerate(parts))  # noqa: S608  only the texts below
    return Sql(text, tuple(value for part in parts for value in part.params))


def _unit(term: Expression, _now: int) -> Sql:
    unit = _id(term["unit"])
    if not term.get("below", False):
        return Sql("SELECT id FROM hub_person WHERE unit_id = %s", (unit,))
    below = "SELECT b.id FROM hub_unit a JOIN hub_unit b ON b.path LIKE a.path || '%%' WHERE a.id = %s AND a.path <> ''"
    return Sql(f"SELECT id FROM hub_person WHERE unit_id IN ({below})", (unit,))  # noqa: S608  only the text above


def _role(term: Expression, _now: int) -> Sql:
    return Sql("SELECT person_id AS id FROM hub_rolemember WHERE role_id = %s", (_id(term["role"]),))


def _topic(term: Expression, _now: int) -> Sql:
    lists = "hub_topicmember m JOIN hub_topic t ON t.id = m.topic_id"
    text = f"SELECT m.person_id AS id FROM {lists} WHERE t.id = %s AND (t.mandatory OR m.stance = %s)"  # noqa: S608  only the text above
    return Sql(text, (_id(term["topic"]), str(Stance.FOLLOW)))


def _project(term: Expression, _now: int) -> Sql:
    return Sql("SELECT person_id AS id FROM hub_projectmember WHERE project_id = %s", (_id(term["project"]),))


def _duty(term: Expression, now: int) -> Sql:
    text = "SELECT person_id AS id FROM hub_dutyturn WHERE duty_list_id = %s AND starts <= %s AND ends > %s"
    return Sql(text, (_id(term["duty"]), now, now))


def _persons(term: Expression, _now: int) -> Sql:
    named = term["persons"]
    if not isinstance(named, list) or not 0 < len(named) <= MOST_NAMED:
        raise Refused(_("点名的人数应在 1 至 {most} 之间").format(most=MOST_NAMED))
    return Sql(f"SELECT id FROM hub_person WHERE id IN ({marks(named)})", tuple(_id(one) for one in named))  # noqa: S608  only marks


_TERMS: dict[str, Callable[[Expression, int], Sql]] = {
    "unit": _unit,
    "role": _role,
    "topic": _topic,
    "project": _project,
    "duty": _duty,
    "persons": _persons,
}


def _id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(_("看不懂的受众：{text}").format(text=str(value)[:80]))
    return value


def _measure(expression: object) -> None:
    """Walk the whole before anything is built: lists where lists belong, not too deep, not too many."""
    level, depth, seen = [expression], 0, 0
    while level:
        if any(not isinstance(part, Mapping) for part in level):
            raise Refused(_("看不懂的受众：{text}").format(text=str(expression)[:80]))
        depth, seen = depth + 1, seen + len(level)
        if depth > DEEPEST or seen > MOST_TERMS:
            raise Refused(_("受众太复杂：最多 {terms} 项、{depth} 层").format(terms=MOST_TERMS, depth=DEEPEST))
        level = [part for one in level if isinstance(one, Mapping) for part in _parts(one)]


def _parts(one: Mapping[str, Any]) -> list[object]:
    found: list[object] = []
    for key in ("any", "all", "minus"):
        if key not in one:
            continue
        if not isinstance(one[key], list) or not (one[key] or key == "minus"):
            raise Refused(_("看不懂的受众：{text}").format(text=str(dict(one))[:80]))
        found += one[key]
    return found
