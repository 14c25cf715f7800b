"""A directory taken in, in one act: units first, then people, then who has left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qingqun.hub import ledger, sql, tree
from qingqun.hub.deliver import CHANNELS
from qingqun.hub.directory.plan import Change, Plan, planned
from qingqun.hub.directory.standing import Standing
from qingqun.hub.governance import roster
from qingqun.hub.models import Contact, Department, Identity, Person, Unit, User
from qingqun.hub.platforms import Listed
from qingqun.i18n import _
from qingqun.words import Refused

BATCH = 500
RANK = 10  # of the address on the platform: what somebody chose themselves comes first


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    units: int
    new: int
    joined: int
    changed: int
    back: int
    left: int
    handed: int  # deliveries that went to deputies


def take(  # noqa: PLR0913  what an administrator said
    listed: Listed,
    platform: str,
    root: int,
    now: datetime,
    by: int,
    *,
    seen: str,
    alike: bool = False,
    really: bool = False,
    then: Callable[[Done], None] = lambda _done: None,
) -> Done:
    """Do what was looked at. `seen` is the digest of that plan; `alike` joins the same name in the same unit; `really`: so many have left.

    `then` is what belongs to the same act.

    Raises:
        Refused: it would change something else by now, or more would leave than is likely; nothing is changed.
    """
    with sql.act():
        plan = planned(listed, Standing(platform, root))
        if plan.digest != seen:
            raise Refused(_("通讯录或本系统的人员刚刚有变动，请重新看一遍再确认"))
        if plan.many_leave and not really:
            raise Refused(_("会有 {n} 人离职，比平常多得多：请确认不是应用的可见范围变小了").format(n=len(plan.leaving)))
        done = _done(plan, root, now, by, alike=alike)
        then(done)
    return done


def _done(plan: Plan, root: int, now: datetime, by: int, *, alike: bool) -> Done:
    units = _units(plan, root, now)
    joined = plan.joined + (plan.alike if alike else [])
    people = Person.objects.bulk_create(
        [Person(name=one.member.name, number=_number(one), unit_id=units[one.unit]) for one in _numbered(plan.new)], BATCH
    )
    made = [change._replace(person=person.pk) for change, person in zip(plan.new, people, strict=True)]
    _join(plan.platform, [*made, *joined], now, by)
    _move([*joined, *plan.changed, *plan.back], units)
    _return(plan.back)
    _refresh([*plan.changed, *plan.back], now, by)
    _reach(plan.platform, [*made, *joined, *plan.back])
    handed = roster.leave([one.person for one in plan.leaving], now, by)
    _part([*plan.leaving, *plan.parted], now, by)
    counts = {"units": len(plan.new_units), "new": len(made), "joined": len(joined), "back": len(plan.back), "left": len(plan.leaving)}
    ledger.write("directory", now, person=by, count=len(made) + len(joined) + len(plan.changed), data=counts)
    return Done(len(plan.new_units), len(made), len(joined), len(plan.changed), len(plan.back), len(plan.leaving), handed)


def _units(plan: Plan, root: int, now: datetime) -> dict[str, int]:
    """Make, rename and move units; return each department's."""
    units = {one.external: one.unit_id for one in Department.objects.filter(platform=plan.platform)} | {plan.root: root}
    Department.objects.bulk_create([Department(platform=plan.platform, external=row.id, unit_id=unit) for row, unit in plan.found_units])
    units |= {row.id: unit for row, unit in plan.found_units}
    for row in plan.new_units:
        units[row.id] = Unit.objects.create(name=row.name, parent_id=units[row.parent]).pk
    Department.objects.bulk_create(
        [Department(platform=plan.platform, external=row.id, unit_id=units[row.id]) for row in plan.new_units], BATCH
    )
    for row, unit in plan.changed_units:
        Unit.objects.filter(pk=unit).update(name=row.name, parent_id=units[row.parent])
    here = Department.objects.filter(platform=plan.platform)
    here.filter(external__in=[row.id for row, _unit in plan.changed_units]).update(gone_at=None)
    here.filter(external__in=plan.gone_units).update(gone_at=now)
    tree.settle()
    return units


def _numbered(changes: list[Change]) -> list[Change]:
    """Leave out numbers that somebody has already, here or out of reach, or that come twice."""
    numbers = [one.member.number for one in changes if one.member.number]
    taken = set(Person.objects.filter(number__in=numbers).values_list("number", flat=True)) | {""}
    found = []
    for one in changes:
        found.append(one._replace(member=one.member._replace(number="")) if one.member.number in taken else one)
        taken.add(one.member.number)
    return found


def _number(one: Change) -> str | None:
    return one.member.number or None


def _join(platform: str, changes: list[Change], now: datetime, by: int) -> None:
    made = [
        Identity(platform=platform, uid=one.member.uid, union=one.member.union, person_id=one.person, joined_at=now, joined_by_id=by)
        for one in changes
    ]
    Identity.objects.bulk_create(made, BATCH)
    if made:
        ledger.write("join", now, person=by, count=len(made))


def _move(changes: list[Change], units: dict[str, int]) -> None:
    rows = [Person(pk=one.person, name=one.member.name, unit_id=units[one.unit]) for one in changes]
    Person.objects.bulk_update(rows, ["name", "unit"], batch_size=BATCH)


def _return(changes: list[Change]) -> None:
    people = [one.person for one in changes]
    Person.objects.filter(pk__in=people).update(left_at=None)
    User.objects.filter(person__in=people).update(is_active=True)


def _refresh(changes: list[Change], now: datetime, by: int) -> None:
    rows = [Identity(pk=one.identity, union=one.member.union) for one in changes]
    Identity.objects.bulk_update(rows, ["union"], batch_size=BATCH)
    parted = Identity.objects.filter(pk__in=[one.identity for one in changes], parted_at__isnull=False)
    parted.update(parted_at=None, parted_by=None, joined_at=now, joined_by_id=by)


def _reach(platform: str, changes: list[Change]) -> None:
    """Let the platform's channel ring them, where they have no address on it yet."""
    if platform in CHANNELS:
        rows = [Contact(person_id=one.person, channel=platform, address=one.member.uid, rank=RANK) for one in changes]
        Contact.objects.bulk_create(rows, BATCH, ignore_conflicts=True)


def _part(changes: list[Change], now: datetime, by: int) -> None:
    if changes:
        Identity.objects.filter(pk__in=[one.identity for one in changes]).update(parted_at=now, parted_by_id=by)
        ledger.write("part", now, person=by, count=len(changes))
