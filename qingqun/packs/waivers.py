"""An office's waivers (例外): a TOML file of its own, read into a pack.

Each has a reason, an owner, somebody else who approved, and an end.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from qingqun.i18n import _, listed
from qingqun.judge.discovery import rules
from qingqun.words import Refused, Waiver

_NEEDED = ("id", "rule", "reason", "owner", "approver", "since", "until")
_KNOWN = {*_NEEDED, "name", "unit"}
_KIND = {"since": date, "until": date}  # the others are texts; a moment is no day
_LONGEST = 366  # days


class Idle(NamedTuple):
    """A waiver that covers nothing any more, and why."""

    waiver: Waiver
    reason: str


def load(path: Path) -> tuple[Waiver, ...]:
    """Return a file's waivers, a table `[[waivers]]` each.

    Raises:
        Refused: one has no end, no reason, is approved by its own owner, or is for longer than a year.
        OSError: the file cannot be read.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as bad:
        raise Refused(_("{file} 不是 TOML：{reason}").format(file=path.name, reason=bad)) from bad
    entries = raw.get("waivers", [])
    if set(raw) - {"waivers"} or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refused(_("{file}：只能有 [[waivers]] 各项").format(file=path.name))
    found = tuple(_waiver(entry, path.name) for entry in entries)
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise Refused(_("{file}：例外的编号重复：{ids}").format(file=path.name, ids=listed(sorted(twice))))
    return found


def _waiver(entry: Mapping[str, Any], file: str) -> Waiver:
    missing = [name for name in _NEEDED if not entry.get(name)]
    wrong = missing or sorted(set(entry) - _KNOWN) or [name for name, value in entry.items() if type(value) is not _KIND.get(name, str)]
    if wrong:
        raise Refused(_("{file}：例外 {id} 缺少或写错了 {field}").format(file=file, id=entry.get("id", "?"), field=wrong[0]))
    if entry["approver"] == entry["owner"]:
        raise Refused(_("{file}：例外 {id} 由提出人自己批准，须由另一人批准").format(file=file, id=entry["id"]))
    if not 0 <= (entry["until"] - entry["since"]).days <= _LONGEST:
        raise Refused(_("{file}：例外 {id} 的期限须在一年以内").format(file=file, id=entry["id"]))
    return Waiver(**{"name": None, "unit": None, **entry})


def idle(waivers: Iterable[Waiver], on: date, names: Collection[str] | None = None, units: Collection[str] | None = None) -> list[Idle]:
    """Return the expired and the orphaned.

    Orphaned is one of a rule that is none, of a group, account or app that is not among `names`, of a unit that is not among `units`.
    """
    known = {rule.name for rule in rules()}
    return [Idle(one, reason) for one in waivers if (reason := _expired(one, on) or _no_rule(one, known) or _orphaned(one, names, units))]


def _expired(one: Waiver, on: date) -> str:
    return _("已于 {day} 到期").format(day=one.until.isoformat()) if one.until < on else ""


def _no_rule(one: Waiver, known: Collection[str]) -> str:
    return "" if one.rule in known else _("没有名为“{rule}”的规则").format(rule=one.rule)


def _orphaned(one: Waiver, names: Collection[str] | None, units: Collection[str] | None) -> str:
    if names is not None and one.name is not None and one.name not in names:
        return _("没有名为“{name}”的群、账号或应用").format(name=one.name)
    gone = units is not None and one.unit is not None and one.unit not in units
    return _("没有名为“{name}”的单位").format(name=one.unit) if gone else ""
