"""What the hub knows before a directory is taken in: read in a few statements, however many people there are."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from qingqun.hub.models import Department, Identity, Person, Unit
from qingqun.i18n import _
from qingqun.words import Refused


@dataclass(frozen=True, slots=True)
class Known:
    """A person with what a directory may change of them."""

    id: int
    name: str
    unit: int
    number: str
    left: bool


class Standing:
    """Units and persons at or below the unit that a directory is put under; identities of the platform wherever they are."""

    def __init__(self, platform: str, root: int) -> None:
        self.platform, self.root = platform, root
        path = Unit.objects.filter(pk=root).values_list("path", flat=True).first()
        if not path:
            raise Refused(_("没有这个单位"))
        self.units = {unit.pk: unit for unit in Unit.objects.filter(path__startswith=path)}
        every = Person.objects.filter(unit__path__startswith=path).values_list("id", "name", "unit_id", "number", "left_at")
        self.people = {row[0]: Known(row[0], row[1], row[2], row[3] or "", row[4] is not None) for row in every}
        self.departments = {one.external: one for one in Department.objects.filter(platform=platform)}
        self.identities = {one.uid: one for one in Identity.objects.filter(platform=platform)}

    @cached_property
    def children(self) -> dict[tuple[int, str], int]:
        """Return the units by the one above them and their name."""
        return {(unit.parent_id or 0, unit.name): unit.pk for unit in self.units.values()}

    @cached_property
    def unjoined(self) -> list[Known]:
        """Return the present persons without a name on the platform."""
        joined = {one.person_id for one in self.identities.values() if one.parted_at is None}
        return [one for one in self.people.values() if one.id not in joined and not one.left]

    @cached_property
    def numbers(self) -> dict[str, Known]:
        """Return them by their number."""
        return {one.number: one for one in self.unjoined if one.number}

    @cached_property
    def names(self) -> dict[tuple[str, int], list[Known]]:
        """Return them by name and unit."""
        found: dict[tuple[str, int], list[Known]] = defaultdict(list)
        for one in self.unjoined:
            found[one.name, one.unit].append(one)
        return found

    @cached_property
    def elsewhere(self) -> set[int]:
        """Return who has a name on another platform too: missing here, they have not left."""
        others = Identity.objects.exclude(platform=self.platform).filter(parted_at__isnull=True, person_id__in=self.people)
        return set(others.values_list("person_id", flat=True)) if self.identities else set()
