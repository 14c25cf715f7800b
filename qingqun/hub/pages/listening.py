"""Live sources: each off until an administrator switches it on; which group chat belongs to which unit; what was turned away."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from qingqun.hub import ledger, sql
from qingqun.hub.language import later
from qingqun.hub.listen import CHANNEL, SOURCES, kept
from qingqun.hub.models import Chatroom, Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._secrets import entered, keep, shown, whole
from qingqun.hub.pages._show import back, refused, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "listening/", "listening", {Right.ADMINISTRATOR}
NAV = (63, "office", later("群消息自查"))
MOST = 200
_TURNED = "SELECT key, tokens FROM hub_bucket WHERE key LIKE 'listen:%%' ORDER BY key"


def page(request: Asked) -> HttpResponse:
    """Show sources and chats, and take a form of either."""
    if not whole(request.visitor):
        return refused(request, 403, _("这里的设置对所有单位有效，由最上级单位的管理员管理。"))
    if request.method != "POST":
        return _shown(request)
    try:
        _bound(request) if request.POST.get("act") == "bind" else _switched(request)
        messages.success(request, _("已保存。"))
    except Refused as why:
        messages.warning(request, str(why))
    return back("listening")


def _shown(request: Asked) -> HttpResponse:
    sources = []
    for name, module in SOURCES.items():
        there = kept(name)
        address = request.build_absolute_uri(reverse("listen", kwargs={"source": name}))
        fields = shown(module.FIELDS, there)
        sources.append(
            {"name": name, "title": _(module.TITLE), "fields": fields, "active": bool(there and there["active"]), "address": address}
        )
    rooms = Chatroom.objects.select_related("unit").order_by("-seen_at")[:MOST]
    units = Unit.objects.order_by("path").values_list("id", "name")
    return show(
        request,
        "listening",
        sources=sources,
        rooms=rooms,
        units=units,
        turned=_turned(),
        titles={one["name"]: one["title"] for one in sources},
    )


def _turned() -> list[tuple[str, str, int]]:
    words = {
        "forged": _("签名不对"),
        "stale": _("时间对不上，可能是重放"),
        "malformed": _("看不懂"),
        "large": _("太大"),
        "private": _("一对一聊天，没有读"),
    }
    found = [(*key.split(":")[1:], int(count)) for key, count in sql.rows(_TURNED)]
    return [(_(SOURCES[source].TITLE), words.get(why, why), count) for source, why, count in found if source in SOURCES]


def _switched(request: Asked) -> None:
    name = request.POST.get("source", "")
    if name not in SOURCES:
        raise Refused(_("没有这个来源"))
    values = entered(request, SOURCES[name].FIELDS, kept(name))
    keep(CHANNEL + name, values, now(), request.visitor.person, active=request.POST.get("active") == "1")


def _bound(request: Asked) -> None:
    room, unit = request.POST.get("room", ""), request.POST.get("unit", "")
    known = not unit or (unit.isdigit() and Unit.objects.filter(pk=int(unit)).exists())
    if not room.isdigit() or not known:
        raise Refused(_("没有这个单位"))
    with sql.act():
        Chatroom.objects.filter(pk=int(room)).update(unit_id=int(unit) if unit else None)
        ledger.write("listen to", now(), person=request.visitor.person, count=int(bool(unit)), data={"room": int(room)})
