"""A platform's directory: what it would change, and then the change. The worker reads it; this page shows how far that is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import directory
from qingqun.hub.directory.standing import Standing
from qingqun.hub.models import Job, Reading, Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._secrets import whole
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.platforms import PLATFORMS, kept
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "directory/", "directory", {Right.ADMINISTRATOR}
SHOWN = 50
REFRESH = "3"  # seconds


def page(request: Asked) -> HttpResponse:
    """Offer the platforms, ask for a directory to be read, show how far that is and what came of it."""
    if not whole(request.visitor):
        return refused(request, 403, _("通讯录由最上级单位的管理员导入。"))
    try:
        if request.method == "POST":
            return _ask(request)
        return _shown(request, request.GET.get("platform", ""))
    except Refused as why:
        messages.warning(request, str(why))
        return back("directory")


def _ask(request: Asked) -> HttpResponse:
    platform, root = _asked(request)
    said: dict[str, object] = {}
    if request.POST.get("act") == "take":
        said = {"seen": request.POST.get("seen", "")} | {name: request.POST.get(name) == "1" for name in ("alike", "really")}
    directory.ask(platform, root, request.visitor.person, now(), said)
    return HttpResponseRedirect(f"{reverse('directory')}?platform={platform}", status=303)


def _shown(request: Asked, platform: str) -> HttpResponse:
    reading = directory.latest(platform) if platform in PLATFORMS else None
    if reading is None or not _mine(request, reading.root_id):
        return _offered(request)
    given: dict[str, Any] = {"reading": reading, "title": _(PLATFORMS[platform].TITLE), "plan": None, "running": _running(reading)}
    if reading.state == Job.READ and (listed := directory.unpacked(reading)):
        given["plan"] = directory.planned(listed, Standing(platform, reading.root_id))
    response = show(request, "directory", platform=platform, unit=reading.root_id, most=SHOWN, **given)
    if given["running"]:
        response.headers["Refresh"] = REFRESH
    return response


def _offered(request: Asked) -> HttpResponse:
    there = [name for name in PLATFORMS if (entered := kept(name)) and entered["active"]]
    roots = Unit.objects.filter(parent__isnull=True).order_by("path").values_list("id", "name")
    last = [found for name in PLATFORMS if (found := directory.latest(name)) and _mine(request, found.root_id)]
    return show(
        request,
        "directory",
        platforms=[(name, _(PLATFORMS[name].TITLE)) for name in there],
        units=[(number, name) for number, name in roots if _mine(request, number)],
        readings=[(_(PLATFORMS[one.platform].TITLE), one, _running(one)) for one in last],
        reading=None,
    )


def _mine(request: Asked, unit: int) -> bool:
    return request.visitor.may(Right.ADMINISTRATOR, f"/{unit}/")


def _running(reading: Reading) -> bool:
    return reading.state in {Job.ASKED, Job.READING}


def _asked(request: Asked) -> tuple[str, int]:
    platform, unit = request.POST.get("platform", ""), request.POST.get("unit", "")
    if platform not in PLATFORMS:
        raise Refused(_("请先选平台"))
    if not unit.isdigit() or not _mine(request, int(unit)) or not Unit.objects.filter(pk=unit, parent__isnull=True).exists():
        raise Refused(_("没有这个单位"))
    before = directory.under(platform)
    if before is not None and before != int(unit):
        raise Refused(_("这个平台的通讯录以前导入到别的单位下，请选那个单位"))
    entered = kept(platform)
    if not entered or not entered["active"]:
        raise Refused(_("这个平台还没有启用"))
    return platform, int(unit)
