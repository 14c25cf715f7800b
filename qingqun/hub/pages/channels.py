"""Channels: which platforms ring, their credentials entered, tried out and switched; a secret that was kept is never shown again."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import deliver
from qingqun.hub.deliver import entered
from qingqun.hub.language import later
from qingqun.hub.models import Contact, Credential, Right, Ring
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import refused, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "channels/", "channels", {Right.ADMINISTRATOR}
NAV = (62, "office", later("提醒通道"))


def page(request: Asked) -> HttpResponse:
    """Show the channels, or one of them; keep, try or switch it."""
    if not _whole_house(request):
        return refused(request, 403, _("通道的凭据由最上级单位的管理员设置。"))
    name = request.GET.get("name", "")
    if not name:
        return _listed(request)
    if name not in deliver.CHANNELS or not deliver.CHANNELS[name].FIELDS:
        return refused(request, 404)
    if request.method != "POST":
        return _one(request, name)
    try:
        _act(request, name)
    except Refused as why:
        messages.warning(request, str(why))
    return HttpResponseRedirect(f"{reverse('channels')}?name={name}", status=303)


def _whole_house(request: Asked) -> bool:
    """A credential serves every unit, so it takes an administrator of a unit that has none above it."""
    return any(right == Right.ADMINISTRATOR and path.count("/") == 2 for right, path in request.visitor.powers)


def _listed(request: Asked) -> HttpResponse:
    active = dict(Credential.objects.order_by("active").values_list("channel", "active"))
    people = dict(Contact.objects.filter(person__left_at__isnull=True).values_list("channel").annotate(Count("pk")).order_by())
    shown = [(name, _(one.TITLE), active.get(name), people.get(name, 0)) for name, one in deliver.CHANNELS.items() if one.FIELDS]
    return show(request, "channels", one=None, title="", channels=shown)


def _one(request: Asked, name: str) -> HttpResponse:
    channel, row = deliver.CHANNELS[name], entered.kept(name)
    held = entered.opened(row)
    fields = [(field, _(field.label), _(field.hint) if field.hint else "", bool(held.get(field.name))) for field in channel.FIELDS]
    values = entered.shown(channel.FIELDS, held)
    mine = Contact.objects.filter(person=request.visitor.person, channel=name).values_list("address", flat=True).first() or ""
    lost = row is not None and not held
    return show(request, "channels", one=name, title=_(channel.TITLE), row=row, fields=fields, values=values, mine=mine, lost=lost)


def _act(request: Asked, name: str) -> None:
    act, by = request.POST.get("act"), request.visitor.person
    channel, row = deliver.CHANNELS[name], entered.kept(name)
    if act == "keep":
        entered.keep(name, entered.read(channel.FIELDS, request.POST.dict(), entered.opened(row)), by, now())
        messages.success(request, _("已保存并启用，半分钟内生效。请试发一次。"))
    elif act in {"stop", "start"}:
        entered.switch(name, by, now(), active=act == "start")
        messages.success(request, _("已启用。") if act == "start" else _("已停用，提醒会走其他通道。"))
    elif act == "try":
        _try(request, name)


def _try(request: Asked, name: str) -> None:
    address, held = request.POST.get("address", "").strip()[:240], entered.opened(entered.kept(name))
    if not address or not held:
        raise Refused(_("请先保存凭据，并填写试发给谁"))
    outcome = entered.try_out(deliver.Opened(name, deliver.CHANNELS[name], held), address, now())
    if outcome.state in {Ring.SENT, Ring.DELIVERED}:
        messages.success(request, _("平台收下了，请看手机上有没有。（{word}）").format(word=outcome.word))
    elif outcome.state == Ring.UNKNOWN:
        messages.warning(request, _("平台没有回答，不知道有没有收下。（{word}）").format(word=outcome.word))
    else:
        messages.warning(request, _("没有发成：{word}").format(word=outcome.word))
