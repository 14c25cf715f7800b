"""What a directory would change, person by person and unit by unit, without changing anything."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from qingqun.hub.directory.standing import Known, Standing
from qingqun.hub.models import Identity
from qingqun.hub.platforms import DepartmentRow, Listed, MemberRow
from qingqun.i18n import _
from qingqun.words import Refused

FEW, PART = 5, 10  # more than so many leavers, and more than one in ten: somebody has to say that it is so
LONGEST_UNIT, LONGEST_NAME, LONGEST_ID, LONGEST_NUMBER = 120, 60, 120, 40


class Change(NamedTuple):
    """One person. `unit` is a department's id, whose unit they will stand in; `person` is 0 where somebody is new."""

    member: MemberRow
    unit: str
    person: int = 0
    identity: int = 0


@dataclass
class Plan:
    """What would change. Departments come with those above them first."""

    platform: str
    root: str  # the platform's, which is the unit that everything is put under
    new_units: list[DepartmentRow] = field(default_factory=list)
    found_units: list[tuple[DepartmentRow, int]] = field(default_factory=list)  # there already, under the same name in the same place
    changed_units: list[tuple[DepartmentRow, int]] = field(default_factory=list)  # renamed or moved
    gone_units: list[str] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    joined: list[Change] = field(default_factory=list)  # with somebody who is here, by their number
    alike: list[Change] = field(default_factory=list)  # the same name in the same unit: joined only where an administrator says so
    changed: list[Change] = field(default_factory=list)  # moved or renamed
    back: list[Change] = field(default_factory=list)
    leaving: list[Change] = field(default_factory=list)
    parted: list[Change] = field(default_factory=list)  # gone from here, present on another platform
    skipped: list[tuple[str, str]] = field(default_factory=list)  # a name, and why
    known: int = 0

    @property
    def digest(self) -> str:
        """Return what tells whether it is still the one that was looked at."""
        parts = {key: value for key, value in vars(self).items() if key not in {"skipped", "known"}}
        return sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def many_leave(self) -> bool:
        """Tell whether so many would leave that the application rather sees less than before."""
        return len(self.leaving) > FEW and len(self.leaving) * PART > self.known

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change."""
        lists = (self.new_units, self.found_units, self.changed_units, self.gone_units, self.new, self.joined, self.alike)
        return not any((*lists, self.changed, self.back, self.leaving, self.parted))


def planned(listed: Listed, standing: Standing) -> Plan:
    """Compare a directory with what is there.

    Raises:
        Refused: its departments stand in a circle.
    """
    plan = Plan(standing.platform, listed.root, known=sum(one.parted_at is None for one in standing.identities.values()))
    units = _units(plan, listed, standing)
    present = [one for one in listed.members if not one.gone and _sound(one, plan)]
    for member in present:
        _person(plan, member, units, standing)
    _leavers(plan, {one.uid for one in listed.members if not one.gone}, standing)
    return plan


def _sound(one: MemberRow, plan: Plan) -> bool:
    fits = 0 < len(one.name) <= LONGEST_NAME and len(one.uid) <= LONGEST_ID and len(one.union) <= LONGEST_ID
    if not fits or len(one.number) > LONGEST_NUMBER:
        plan.skipped.append((one.name[:20] or one.uid[:20], _("姓名或账号太长，或者没有姓名")))
        return False
    return True


def _units(plan: Plan, listed: Listed, standing: Standing) -> dict[str, int | None]:
    """Return the unit of each department, None of one that is new."""
    units: dict[str, int | None] = {listed.root: standing.root}
    for one in _from_the_top(listed):
        above = units.get(one.parent, standing.root)
        kept = standing.departments.get(one.id)
        name = one.name[:LONGEST_UNIT] or one.id
        row = one._replace(name=name, parent=one.parent if one.parent in units else listed.root)
        if kept and kept.unit_id in standing.units:
            unit = standing.units[kept.unit_id]
            units[one.id] = unit.pk
            if kept.gone_at or above is None or (unit.name, unit.parent_id) != (name, above):
                plan.changed_units.append((row, unit.pk))
            continue
        found = standing.children.get((above, name)) if above else None
        units[one.id] = found
        if found:
            plan.found_units.append((row, found))
        else:
            plan.new_units.append(row)
    plan.gone_units = sorted(key for key, kept in standing.departments.items() if key not in units and kept.gone_at is None)
    return units


def _from_the_top(listed: Listed) -> Iterator[DepartmentRow]:
    """Give departments after those above them; whose parent is not in the list hangs under the root."""
    ids, below = {one.id for one in listed.departments}, dict[str, list[DepartmentRow]]()
    for one in listed.departments:
        below.setdefault(one.parent if one.parent in ids else listed.root, []).append(one)
    waiting, given = [listed.root], 0
    while waiting:
        for one in below.pop(waiting.pop(), []):
            yield one
            given += 1
            waiting.append(one.id)
    if given < len(listed.departments):
        raise Refused(_("通讯录里的部门绕成了圈"))


def _person(plan: Plan, member: MemberRow, units: Mapping[str, int | None], standing: Standing) -> None:
    place = next((one for one in member.departments if one in units), plan.root)
    unit, identity = units[place], standing.identities.get(member.uid)
    if identity is not None:
        _joined_before(plan, Change(member, place, identity.person_id, identity.pk), unit, identity, standing)
        return
    numbered = standing.numbers.get(member.number) if member.number else None
    if numbered:
        plan.joined.append(Change(member, place, numbered.id))
        return
    alike = standing.names.get((member.name, unit), []) if unit else []
    if len(alike) == 1:
        plan.alike.append(Change(member, place, alike[0].id))
    elif alike:
        plan.skipped.append((member.name, _("本单位有几位同名的人，请先填工号")))
    else:
        plan.new.append(Change(member, place))


def _joined_before(plan: Plan, change: Change, unit: int | None, identity: Identity, standing: Standing) -> None:
    person = standing.people.get(identity.person_id)
    if person is None:
        plan.skipped.append((change.member.name, _("现在的单位不归您管")))
    elif identity.parted_at is not None and not person.left:
        plan.skipped.append((change.member.name, _("账号已由管理员解除关联，不会自动恢复")))
    elif person.left:
        plan.back.append(change)
    elif _differs(person, change.member, unit) or identity.union != change.member.union:
        plan.changed.append(change)


def _differs(person: Known, member: MemberRow, unit: int | None) -> bool:
    return unit is None or (person.name, person.unit) != (member.name, unit)


def _leavers(plan: Plan, there: set[str], standing: Standing) -> None:
    for uid, identity in sorted(standing.identities.items()):
        person = standing.people.get(identity.person_id)
        if uid in there or identity.parted_at is not None or person is None or person.left:
            continue
        change = Change(MemberRow(uid, identity.union, person.name, (), ""), "", person.id, identity.pk)
        (plan.parted if person.id in standing.elsewhere else plan.leaving).append(change)
