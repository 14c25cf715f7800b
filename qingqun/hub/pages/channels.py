"""Channels: which platforms ring, their credentials entered, tried out and switched; a secret that was kept is never shown again."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import deliver
from qingqun.hub.deliver import entered, summary
from qingqun.hub.deliver.ringing import Field
from qingqun.hub.deliver.robots import ROBOTS
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
    if not _fields(name):
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
    robots = [(name, _(one.TITLE), active.get(name), 0) for name, one in ROBOTS.items()]
    return show(request, "channels", one=None, title="", channels=shown, robots=robots)


def _one(request: Asked, name: str) -> HttpResponse:
    row, robot = entered.kept(name), name in ROBOTS
    held = entered.opened(row)
    fields = [(field, _(field.label), _(field.hint) if field.hint else "", bool(held.get(field.name))) for field in _fields(name)]
    values = entered.shown(_fields(name), held)
    title = ROBOTS[name].TITLE if robot else deliver.CHANNELS[name].TITLE
    mine = Contact.objects.filter(person=request.visitor.person, channel=name).values_list("address", flat=True).first() or ""
    lost = row is not None and not held
    return show(
        request,
        "channels",
        one=name,
        title=_(title),
        row=row,
        fields=fields,
        values=values,
        mine=mine,
        lost=lost,
        robot=robot,
        words=_choices(),
    )


def _choices() -> dict[str, str]:
    """Return what a field's choices are called."""
    return {"card": _("卡片"), "text": _("纯文字"), "starttls": "STARTTLS", "tls": "TLS", "no": _("不加密")}


def _fields(name: str) -> tuple[Field, ...]:
    """Return what a channel or a robot is asked for; nothing where there is none of that name."""
    if name in ROBOTS:
        return (*ROBOTS[name].FIELDS, *summary.FIELDS)
    return deliver.CHANNELS[name].FIELDS if name in deliver.CHANNELS else ()


def _act(request: Asked, name: str) -> None:
    act, by = request.POST.get("act"), request.visitor.person
    row = entered.kept(name)
    if act == "keep":
        active = name not in ROBOTS or bool(row and row.active)  # a robot is off until somebody switches it on
        entered.keep(name, entered.read(_fields(name), request.POST.dict(), entered.opened(row)), by, now(), active=active)
        messages.success(request, _("已保存并启用，半分钟内生效。请试发一次。") if active else _("已保存，还没有启用。"))
    elif act in {"stop", "start"}:
        entered.switch(name, by, now(), active=act == "start")
        messages.success(request, _("已启用。") if act == "start" else _("已停用，提醒会走其他通道。"))
    elif act == "try":
        _try(request, name)


def _try(request: Asked, name: str) -> None:
    address, held = request.POST.get("address", "").strip()[:240], entered.opened(entered.kept(name))
    if not held or not (address or name in ROBOTS):
        raise Refused(_("请先保存凭据，并填写试发给谁"))
    if name in ROBOTS:
        outcome = summary.tried(name, held)
    else:
        outcome = entered.try_out(deliver.Opened(name, deliver.CHANNELS[name], held), address, now())
    if outcome.state in {Ring.SENT, Ring.DELIVERED}:
        messages.success(request, _("平台收下了，请看手机上有没有。（{word}）").format(word=outcome.word))
    elif outcome.state == Ring.UNKNOWN:
        messages.warning(request, _("平台没有回答，不知道有没有收下。（{word}）").format(word=outcome.word))
    else:
        messages.warning(request, _said(outcome.word))


def _said(word: str) -> str:
    """Say why nothing went out; the platform's own word stands behind it, for who is asked to help."""
    reasons = {
        "Connect": _("连不上平台的服务器，请检查网络和接口地址"),
        "Timeout": _("平台太久没有回答"),
        "token": _("平台不认这套凭据"),
    }
    why = next((words for sign, words in reasons.items() if sign in word), _("平台没有收"))
    return _("没有发成：{why}。（{word}）").format(why=why, word=word)
