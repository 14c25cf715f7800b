"""Whom and what a row means: units by name, people by number, else by name within a unit, else by a name nobody else has."""

from qingqun.hub.models import Person, Unit


class Known:
    """Units and present persons within reach, looked up once."""

    def __init__(self, reach: tuple[str, ...]) -> None:
        self._units: dict[str, list[int]] = {}
        for unit in Unit.objects.select_related("parent"):
            if any(unit.path.startswith(path) for path in reach):
                for name in {unit.name, f"{unit.parent.name}/{unit.name}" if unit.parent else unit.name}:
                    self._units.setdefault(name, []).append(unit.pk)
        self._paths = {unit.pk: unit.path for unit in Unit.objects.all()}
        self._inside = {number for numbers in self._units.values() for number in numbers}
        self._numbers: dict[str, Person] = {}
        self._names: dict[str, list[Person]] = {}
        for person in Person.objects.filter(left_at__isnull=True):
            self.add(person)

    def add(self, person: Person) -> None:
        """Know a person from here on, unless out of reach."""
        if person.unit_id not in self._inside:
            return
        if person.number:
            self._numbers[person.number] = person
        self._names.setdefault(person.name, []).append(person)

    def again(self, person: Person, before: str) -> None:
        """Know somebody who was called `before` by what they are called now, and where."""
        self._names[before] = [one for one in self._names.get(before, []) if one.pk != person.pk]
        self.add(person)

    def unit(self, name: str) -> int | None:
        """Return the only unit of a name (or above/name); None where there is none or several."""
        found = self._units.get(name, [])
        return found[0] if len(found) == 1 else None

    def unnumbered(self, name: str, unit: int) -> Person | None:
        """Return the only person of a name in a unit who has no number yet: a number in the workbook becomes theirs."""
        found = [person for person in self._names.get(name, []) if person.unit_id == unit and not person.number]
        return found[0] if len(found) == 1 else None

    def person(self, said: str, unit: int | None) -> Person | None:
        """Return whom a number or a name means; a name counts in the unit first, then where nobody else has it."""
        if said in self._numbers:
            return self._numbers[said]
        named = self._names.get(said, [])
        near = [person for person in named if person.unit_id == unit]
        if unit is not None and near:
            return near[0] if len(near) == 1 else None
        return named[0] if len(named) == 1 and unit is None else None

    def member(self, said: str, unit: int | None) -> Person | None:
        """Return whom a group means: as `person` does, and where nobody in its unit has a name, the only one below it who does."""
        found = self.person(said, unit)
        if found or unit is None:
            return found
        named = self._names.get(said, [])
        below = [person for person in named if self._paths[person.unit_id].startswith(self._paths[unit])]
        return below[0] if len(below) == 1 else None
