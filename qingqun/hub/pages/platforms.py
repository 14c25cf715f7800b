"""The platforms an office is on: what the hub needs to read their directories and to let people sign in by them."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._secrets import entered, keep, shown, whole
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.platforms import CHANNEL, PLATFORMS, kept
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "platforms/", "platforms", {Right.ADMINISTRATOR}
NAV = (62, "office", later("平台与登录"))


def page(request: Asked) -> HttpResponse:
    """Show a form a platform, and take one."""
    if not whole(request.visitor):
        return refused(request, 403, _("这里的设置对所有单位有效，由最上级单位的管理员管理。"))
    if request.method != "POST":
        return show(request, "platforms", platforms=[_shown(request, name) for name in PLATFORMS])
    name = request.POST.get("platform", "")
    try:
        _taken(request, name)
        messages.success(request, _("已保存。"))
    except Refused as why:
        messages.warning(request, str(why))
    return back("platforms")


def _taken(request: Asked, name: str) -> None:
    if name not in PLATFORMS:
        raise Refused(_("没有这个平台"))
    values = entered(request, PLATFORMS[name].FIELDS, kept(name))
    keep(CHANNEL + name, values, now(), request.visitor.person, active=request.POST.get("active") == "1")


def _shown(request: Asked, name: str) -> dict[str, object]:
    there = kept(name)
    callback = request.build_absolute_uri(reverse("platform_callback", kwargs={"provider_id": name}))
    fields = shown(PLATFORMS[name].FIELDS, there)
    return {"name": name, "title": _(PLATFORMS[name].TITLE), "fields": fields, "active": bool(there and there["active"]), "back": callback}
