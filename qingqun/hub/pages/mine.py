"""Mine: when I work, am away, who stands in; how large the type is; the way to everything else."""

from django.db.models import Q
from django.http import HttpResponse

from qingqun.clock import notes
from qingqun.hub import hold, sql
from qingqun.hub.language import later
from qingqun.hub.models import Leave, Person, Shift
from qingqun.hub.moment import to_ms
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show

URL, NAME, ROLES, METHODS = "mine/", "mine", {READER}, {"GET", "HEAD"}
NAV = (40, "mine", later("我的"))

_HOURS = "SELECT COALESCE(p.worktime_id, u.effective_id, 0) FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id WHERE p.id = %s"


def page(request: Asked) -> HttpResponse:
    """Show it."""
    who, at = request.visitor, now()
    number = sql.value(_HOURS, [who.person])
    hours = hold.hours_of([hold.Group(number, 0, 0)])[number]
    still = {"person": who.person, "ends__gt": to_ms(at)}
    deputy = Person.objects.values_list("deputy_id", flat=True).get(pk=who.person)
    colleagues = Person.objects.filter(Q(unit=who.unit) | Q(pk=deputy), left_at__isnull=True).exclude(pk=who.person)
    return show(
        request,
        "mine",
        hours=notes.described(hours),
        default=hours.product_default,
        leaves=Leave.objects.filter(**still).order_by("starts"),
        shifts=Shift.objects.filter(**still).order_by("starts"),
        deputy=deputy,
        others=colleagues.order_by("name").values_list("pk", "name"),
    )
