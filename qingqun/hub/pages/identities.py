"""Whose name on a platform opens which account: since when, joined by whom; joined and parted by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import directory, sql
from qingqun.hub.models import Identity, Person, Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.hub.platforms import PLATFORMS
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "identities/", "identities", {Right.ADMINISTRATOR}
SHOWN = 100
_PATH = "SELECT u.path FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id WHERE p.id = %s"


def page(request: Asked) -> HttpResponse:
    """List the joins of one's people, make one, undo one."""
    reach = tuple(path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR)
    if request.method != "POST":
        sought = request.GET.get("name", "").strip()[:60]
        found = directory.joined(reach, SHOWN, sought)
        titles = {name: _(module.TITLE) for name, module in PLATFORMS.items()}
        return show(request, "identities", identities=found, titles=titles, sought=sought, providers=_providers())
    try:
        if request.POST.get("act") == "part":
            _part(request)
        else:
            _join(request)
        messages.success(request, _("已保存。"))
    except Refused as why:
        messages.warning(request, str(why))
    return back("identities")


def _join(request: Asked) -> None:
    platform = request.POST.get("platform", "")
    if platform not in dict(_providers()):
        raise Refused(_("请先选平台"))
    number, name = request.POST.get("number", "").strip(), request.POST.get("name", "").strip()
    found = Person.objects.filter(number=number) if number else Person.objects.filter(name=name, left_at__isnull=True)
    mine = [one.pk for one in found[:20] if _reached(request, one.pk)]
    if len(mine) != 1:
        raise Refused(_("没有找到这个人，或者有同名，请写工号"))
    directory.join(platform, request.POST.get("uid", ""), mine[0], now(), request.visitor.person)


def _part(request: Asked) -> None:
    number = request.POST.get("identity", "")
    found = Identity.objects.filter(pk=int(number)).first() if number.isdigit() and len(number) < 19 else None
    if found is None or not _reached(request, found.person_id):
        raise Http404
    directory.part(found.pk, now(), request.visitor.person)


def _reached(request: Asked, person: int) -> bool:
    path = sql.value(_PATH, [person])
    return bool(path) and request.visitor.may(Right.ADMINISTRATOR, path)


def _providers() -> list[tuple[str, str]]:
    """Return what an account may be joined with: the platforms, and the identity providers of config.toml."""
    given = directory.providers()
    return [*((name, _(module.TITLE)) for name, module in PLATFORMS.items()), *given]
