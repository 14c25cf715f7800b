"""The tree of units: what is derived from it and kept beside it."""

from qingqun.hub.models import Unit
from qingqun.i18n import _
from qingqun.words import Refused


def settle() -> None:
    """Write every unit's path and effective hours anew; call it in the transaction that changed parents or hours.

    Raises:
        Refused: a unit stands below itself; its name is in the message.
    """
    units = {unit.pk: unit for unit in Unit.objects.all()}
    changed = [unit for unit in units.values() if _settled(unit, units)]
    Unit.objects.bulk_update(changed, ["path", "effective"], batch_size=500)


def _settled(unit: Unit, units: dict[int, Unit]) -> bool:
    line = _line(unit, units)
    path = "/" + "".join(f"{one.pk}/" for one in reversed(line))
    effective = next((one.worktime_id for one in line if one.worktime_id), None)
    if (unit.path, unit.effective_id) == (path, effective):
        return False
    unit.path, unit.effective_id = path, effective
    return True


def _line(unit: Unit, units: dict[int, Unit]) -> list[Unit]:
    """Return the unit and all above it, nearest first."""
    line = [unit]
    while line[-1].parent_id is not None:
        line.append(units[line[-1].parent_id])
        if len(line) > len(units):
            raise Refused(_("单位“{name}”的上级绕成了圈").format(name=unit.name))
    return line
