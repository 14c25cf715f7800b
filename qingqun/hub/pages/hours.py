"""Working hours of the units that an administrator looks after."""

from django.db.models import Q
from django.http import HttpResponse

from qingqun.clock import notes
from qingqun.hub import hold
from qingqun.hub.language import later
from qingqun.hub.models import Right, Unit
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import show

URL, NAME, ROLES, METHODS = "hours/", "hours", {Right.ADMINISTRATOR}, {"GET", "HEAD"}
NAV = (60, "hours", later("单位作息"))
MOST = 500


def page(request: Asked) -> HttpResponse:
    """List them with the hours that count for each."""
    mine = Q(pk__in=[])
    for right, path in request.visitor.powers:
        mine |= Q(path__startswith=path) if right == Right.ADMINISTRATOR else Q(pk__in=[])
    units = list(Unit.objects.filter(mine).order_by("path")[:MOST])
    every = hold.hours_of(hold.Group(unit.effective_id or 0, 0, 0) for unit in units)
    lines = [(unit, notes.described(every[unit.effective_id or 0]), unit.worktime_id is not None) for unit in units]
    return show(request, "hours", lines=lines)
