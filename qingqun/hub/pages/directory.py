"""A platform's directory: what it would change, and then the change."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import directory
from qingqun.hub.directory.standing import Standing
from qingqun.hub.models import Right, Setting, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._secrets import whole
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.platforms import PLATFORMS, Listed, kept
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "directory/", "directory", {Right.ADMINISTRATOR}
SHOWN = 50
ROOT = "directory."  # the setting that says under which unit a platform's directory stands


def page(request: Asked) -> HttpResponse:
    """Offer the platforms, show a plan, or do what was looked at."""
    if not whole(request.visitor):
        return refused(request, 403, _("通讯录由最上级单位的管理员导入。"))
    if request.method != "POST":
        return _offered(request)
    try:
        platform, root = _asked(request)
        listed = _listed(platform)
        if request.POST.get("act") == "take":
            return _taken(request, listed, platform, root)
        plan = directory.planned(listed, Standing(platform, root))
        return show(request, "directory", plan=plan, title=_(PLATFORMS[platform].TITLE), platform=platform, unit=root, most=SHOWN)
    except Refused as why:
        messages.warning(request, str(why))
        return back("directory")


def _offered(request: Asked) -> HttpResponse:
    platforms = [(name, _(module.TITLE)) for name, module in PLATFORMS.items() if (there := kept(name)) and there["active"]]
    units = Unit.objects.filter(parent__isnull=True).order_by("path").values_list("id", "name")
    return show(request, "directory", platforms=platforms, units=_mine(request, units), plan=None)


def _mine(request: Asked, units: object) -> list[tuple[int, str]]:
    return [(number, name) for number, name in units if request.visitor.may(Right.ADMINISTRATOR, f"/{number}/")]  # type: ignore[attr-defined]  # a query


def _asked(request: Asked) -> tuple[str, int]:
    platform, unit = request.POST.get("platform", ""), request.POST.get("unit", "")
    if platform not in PLATFORMS:
        raise Refused(_("请先选平台"))
    if not unit.isdigit() or not request.visitor.may(Right.ADMINISTRATOR, f"/{unit}/"):
        raise Refused(_("没有这个单位"))
    before = Setting.objects.filter(key=f"{ROOT}{platform}").values_list("value", flat=True).first()
    if before is not None and before != int(unit):
        raise Refused(_("这个平台的通讯录以前导入到别的单位下，请选那个单位"))
    return platform, int(unit)


def _listed(platform: str) -> Listed:
    there = kept(platform)
    if not there or not there["active"]:
        raise Refused(_("这个平台还没有启用"))
    found: Listed = PLATFORMS[platform].listed(there)
    return found


def _taken(request: Asked, listed: Listed, platform: str, root: int) -> HttpResponse:
    said = {name: request.POST.get(name) == "1" for name in ("alike", "really")}
    done = directory.take(listed, platform, root, now(), request.visitor.person, seen=request.POST.get("seen", ""), **said)
    Setting.objects.update_or_create(key=f"{ROOT}{platform}", defaults={"value": root})
    said_back = _("新增 {new} 人，关联 {joined} 人，更新 {changed} 人，离开 {left} 人；{handed} 条没办完的通知转给代理人。")
    messages.success(request, said_back.format(**asdict(done)))
    return back("directory")
