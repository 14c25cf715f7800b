"""An audience as it is put together on a page: one term after the other, each with a name; no term names anybody out of reach."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qingqun.hub import sql
from qingqun.hub.models import Person
from qingqun.i18n import _, listed
from qingqun.words import Refused

Expression = dict[str, Any]
MOST_OFFERED = 600

_OFFERED = """
SELECT 'unit' AS kind, u.id, u.name, u.path FROM hub_unit u WHERE {below}
UNION ALL SELECT 'role', r.id, r.name, '' FROM hub_role r
UNION ALL SELECT 'topic', t.id, t.name, '' FROM hub_topic t
UNION ALL SELECT 'project', j.id, j.name, '' FROM hub_project j JOIN hub_unit u ON u.id = j.unit_id WHERE {below}
UNION ALL SELECT 'duty', d.id, d.name, '' FROM hub_dutylist d JOIN hub_unit u ON u.id = d.unit_id WHERE {below}
"""


class Choice(NamedTuple):
    """One thing an audience may name: `value` is what a form sends, unit:5:below."""

    group: str
    value: str
    label: str


class Shown(NamedTuple):
    """A term of a draft's audience: its place, its words, and whether it is left out instead of put in."""

    place: str
    label: str
    minus: bool


def choices(paths: list[str]) -> list[Choice]:
    """Return what may be named by who reaches these paths."""
    if not paths:
        return []
    below = " OR ".join(["u.path LIKE %s"] * len(paths))
    text = _OFFERED.format(below=f"({below})")
    found = sql.rows(f"SELECT * FROM ({text}) AS o ORDER BY path, name LIMIT {MOST_OFFERED}", [f"{path}%" for path in paths] * 3)  # noqa: S608  only the texts above
    return [choice for row in found for choice in _choices(*row)]


def _choices(kind: str, number: int, name: str, path: str) -> list[Choice]:
    if kind != "unit":
        return [Choice(_groups()[kind], f"{kind}:{number}", name)]
    deep = "\u3000" * max(path.count("/") - 2, 0)
    whole = Choice(_groups()["unit"], f"unit:{number}:below", deep + _("{name}（含下级）").format(name=name))
    return [whole, Choice(_groups()["alone"], f"unit:{number}", deep + _("{name}（只本级）").format(name=name))]


def grouped(offered: list[Choice]) -> list[tuple[str, list[Choice]]]:
    """Return the choices under their headings: units with all below them first, since that is what most notices are for."""
    found = ((name, [one for one in offered if one.group == name]) for name in _groups().values())
    return [(name, ones) for name, ones in found if ones]


def _groups() -> dict[str, str]:
    return {
        "unit": _("单位，含下级"),
        "alone": _("单位，只本级"),
        "role": _("岗位"),
        "topic": _("话题"),
        "project": _("项目"),
        "duty": _("值班表"),
        "persons": _("点名"),
    }


def added(expression: Mapping[str, Any], value: str, offered: list[Choice], minus: bool) -> Expression:
    """Return the audience with one more term.

    Raises:
        Refused: nothing was chosen, or what is out of reach.
    """
    if value not in {choice.value for choice in offered}:
        raise Refused(_("请先选择要加入的单位、岗位、话题、项目或值班表"))
    kind, number, *below = value.split(":")
    term: Expression = {kind: int(number)}
    return _with(expression, term | {"below": True} if below else term, minus)


def named(expression: Mapping[str, Any], names: str, paths: list[str], minus: bool) -> Expression:
    """Return the audience with the persons of these names, in reach, one name a line or between commas.

    Raises:
        Refused: a name fits nobody in reach, or several people.
    """
    wanted = [name.strip() for name in names.replace("\uff0c", ",").replace("、", ",").replace("\n", ",").split(",") if name.strip()]
    found: list[int] = []
    for name in dict.fromkeys(wanted):
        units = {row.pk: row.unit.path for row in Person.objects.filter(name=name, left_at=None).select_related("unit")}
        near = [person for person, path in units.items() if any(path.startswith(one) for one in paths)]
        if len(near) != 1:
            many = _("{name}：有 {n} 位同名，请改用单位加岗位，或写工号") if near else _("{name}：没有找到")
            near = _numbered(name, paths) or _refuse(many.format(name=name, n=len(near)))
        found += near
    if not found:
        raise Refused(_("请写上姓名"))
    return _with(expression, {"persons": found}, minus)


def _numbered(number: str, paths: list[str]) -> list[int]:
    rows = Person.objects.filter(number=number, left_at=None).select_related("unit")
    return [row.pk for row in rows if any(row.unit.path.startswith(one) for one in paths)]


def _refuse(why: str) -> list[int]:
    raise Refused(why)


def _with(expression: Mapping[str, Any], term: Expression, minus: bool) -> Expression:
    terms, less = list(expression.get("any", [])), list(expression.get("minus", []))
    into = less if minus else terms
    if term not in into:
        into.append(term)
    return {"any": terms, "minus": less}


def removed(expression: Mapping[str, Any], place: str) -> Expression:
    """Return the audience without the term at a place (any:0, minus:1)."""
    key, _colon, number = place.partition(":")
    kept = {part: list(expression.get(part, [])) for part in ("any", "minus")}
    if key in kept and number.isdigit() and int(number) < len(kept[key]):
        del kept[key][int(number)]
    return kept


def shown(expression: Mapping[str, Any]) -> list[Shown]:
    """Return the terms in words, in their order."""
    return [
        Shown(f"{part}:{number}", _words(term), part == "minus")
        for part in ("any", "minus")
        for number, term in enumerate(expression.get(part, []))
    ]


def _words(term: Mapping[str, Any]) -> str:
    if "persons" in term:
        names = dict(Person.objects.filter(pk__in=term["persons"]).values_list("pk", "name"))
        return listed(names.get(one, "?") for one in term["persons"])
    tables = {"unit": "hub_unit", "role": "hub_role", "topic": "hub_topic", "project": "hub_project", "duty": "hub_dutylist"}
    kind = next(kind for kind in tables if kind in term)
    name = sql.value(f"SELECT name FROM {tables[kind]} WHERE id = %s", [term[kind]]) or "?"  # noqa: S608  a word of the table above
    if kind != "unit":
        return f"{_groups()[kind]} · {name}"
    return (_("{name}及下级") if term.get("below") else _("{name}（只本级）")).format(name=name)


def people_named(expression: Mapping[str, Any]) -> list[int]:
    """Return who is addressed by name."""
    return [one for term in expression.get("any", []) for one in term.get("persons", [])]
