"""Records into the database, in one act: units first, then people, then groups; what does not fit becomes a problem, the rest is taken."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qingqun.hub import ledger, sql, tree
from qingqun.hub.governance.roster.leaving import leave
from qingqun.hub.governance.roster.people import Known
from qingqun.hub.governance.roster.read import GroupRow, PersonRow, Read, UnitRow, Wrong
from qingqun.hub.models import Contact, Person, Project, ProjectMember, Role, RoleMember, Topic, TopicMember, Unit
from qingqun.i18n import _


@dataclass
class Taken:
    """What an import did."""

    units: int = 0
    people: int = 0
    changed: int = 0
    left: int = 0
    handed: int = 0  # deliveries that went to deputies
    groups: int = 0


def take(found: Read, now: datetime, by: int | None = None, reach: tuple[str, ...] = ("/",), *, dry: bool = False) -> Taken:
    """Take a workbook in. Rows that name what does not exist, or what lies out of `reach` (paths of units), are added to `found.wrong`.

    `dry` finds out what is wrong and changes nothing.
    """
    with sql.act():
        done = _taken(found, now, by, reach)
        if dry:
            transaction.set_rollback(True)
    return done


def _taken(found: Read, now: datetime, by: int | None, reach: tuple[str, ...]) -> Taken:
    done = Taken(units=_units(found, reach))
    known = Known(reach)
    leaving = [person for row in found.persons if (person := _person(found, row, known, done)) and row.left]
    for row in found.persons:
        _deputy(found, row, known)
    done.groups = sum(_group(found, group, known) for group in found.groups)
    done.left = len(leaving)
    done.handed = leave([one.pk for one in leaving], now, by)
    ledger.write("import", now, person=by, count=done.people + done.changed, data={"units": done.units, "left": done.left})
    return done


def _units(found: Read, reach: tuple[str, ...]) -> int:
    """Make the units that are new; those above come first, whatever their order in the sheet."""
    before, waiting = Unit.objects.count(), list(found.units)
    while waiting:
        later = [row for row in waiting if not _made(row, reach)]
        tree.settle()
        if len(later) == len(waiting):
            found.wrong += [Wrong("单位", row.line, _("没有上级单位“{name}”，或者不归您管").format(name=row.above)) for row in later]
            break
        waiting = later
    return Unit.objects.count() - before


def _made(row: UnitRow, reach: tuple[str, ...]) -> bool:
    """Make a unit below the one above it, or find it there; False while that one is not there, or out of reach."""
    if not row.above:
        known = Unit.objects.filter(name=row.name).exists()
        if not known and reach == ("/",):
            Unit.objects.create(name=row.name)
        return known or reach == ("/",)
    aboves = [unit for unit in Unit.objects.filter(name=row.above) if unit.name != row.name and any(map(unit.path.startswith, reach))]
    if len(aboves) != 1:
        return False
    Unit.objects.get_or_create(name=row.name, parent=aboves[0])
    return True


def _person(found: Read, row: PersonRow, known: Known, done: Taken) -> Person | None:
    unit = known.unit(row.unit)
    if unit is None:
        found.wrong.append(Wrong("人员", row.line, _("没有单位“{name}”，或者有几个，或者不归您管").format(name=row.unit)))
        return None
    person = known.person(row.number or row.name, unit)
    taken = person is None and row.number and Person.objects.filter(number=row.number).exists()
    person = person or (None if taken else known.unnumbered(row.name, unit))
    if person is None and row.left:
        return None
    if taken:
        found.wrong.append(Wrong("人员", row.line, _("工号 {number} 是别的单位的人，或者已离职的人的").format(number=row.number)))
        return None
    if person is None:
        person = Person.objects.create(name=row.name, number=row.number or None, unit_id=unit, inbox=row.inbox)
        known.add(person)
        done.people += 1
    elif (person.name, person.number or "", person.unit_id, person.inbox) != (row.name, row.number or person.number or "", unit, row.inbox):
        before = person.name
        person.name, person.number, person.unit_id, person.inbox = row.name, row.number or person.number, unit, row.inbox
        person.save(update_fields=["name", "number", "unit", "inbox"])
        known.again(person, before)
        done.changed += 1
    if row.mail:
        Contact.objects.update_or_create(person=person, channel="smtp", defaults={"address": row.mail})
    for place, (channel, address) in enumerate(row.accounts, 1):
        Contact.objects.update_or_create(
            person=person, channel=channel, defaults={"address": address}, create_defaults={"address": address, "rank": place}
        )
    for name in row.roles:
        RoleMember.objects.get_or_create(role=Role.objects.get_or_create(name=name)[0], person=person)
    return person


def _deputy(found: Read, row: PersonRow, known: Known) -> None:
    unit = known.unit(row.unit)
    person = known.person(row.number or row.name, unit) if unit else None
    if not row.deputy or person is None:
        return
    deputy = known.person(row.deputy, person.unit_id)
    if deputy is None or deputy.pk == person.pk:
        found.wrong.append(Wrong("人员", row.line, _("没有找到代理人“{name}”：请写工号，或本单位同事的姓名").format(name=row.deputy)))
        return
    Person.objects.filter(pk=person.pk).update(deputy=deputy)


def _group(found: Read, row: GroupRow, known: Known) -> int:
    unit = known.unit(row.unit) if row.unit else None
    if row.kind == "项目" and unit is None:  # a role and a topic belong to no unit
        found.wrong.append(Wrong("分组", row.line, _("项目要写明单位，并且归您管")))
        return 0
    members = [(name, known.member(name, unit)) for name in row.members]
    lacking = [name for name, person in members if person is None]
    found.wrong += [Wrong("分组", row.line, _("没有找到成员“{name}”，或者有同名，请写工号").format(name=name)) for name in lacking]
    people = [person for _name, person in members if person is not None]
    if row.kind == "岗位":
        role, _new = Role.objects.get_or_create(name=row.name)
        RoleMember.objects.bulk_create([RoleMember(role=role, person=person) for person in people], ignore_conflicts=True)
    elif row.kind == "话题":
        topic, _new = Topic.objects.get_or_create(name=row.name)
        TopicMember.objects.bulk_create([TopicMember(topic=topic, person=person) for person in people], ignore_conflicts=True)
    elif unit is not None:
        project, _new = Project.objects.get_or_create(name=row.name, unit_id=unit)
        ProjectMember.objects.bulk_create([ProjectMember(project=project, person=person) for person in people], ignore_conflicts=True)
    return 1
