"""The summary for a group: what one unit sent to the whole of itself today, once a day at most, on working days, only where switched on."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings

from qingqun.clock import BEIJING
from qingqun.clock.calendar import shipped
from qingqun.hub import ledger, sql
from qingqun.hub.deliver.entered import opened
from qingqun.hub.deliver.ringing import Credentials, Field, Outcome
from qingqun.hub.deliver.robots import ROBOTS
from qingqun.hub.deliver.speak import told
from qingqun.hub.models import Credential, Importance, Notice, Setting, Unit
from qingqun.hub.moment import to_ms
from qingqun.i18n import _

_log = logging.getLogger(__name__)
FIELDS = (
    Field("unit", _("哪个单位的摘要"), hint=_("单位全称；只含发给本单位全体的通知")),
    Field("at", _("每天几点"), default="16:40", hint=_("避开整点、半点；只在工作日发，没有通知就不发")),
)
MOST = 20  # titles
_TURN = 7_302  # of one summary at a time
_LATE = timedelta(hours=1)
Clock = Callable[[], datetime]


def summarise(clock: Clock) -> int:
    """Say every summary that is due; return how many were said."""
    now = clock()
    rows = Credential.objects.filter(active=True, channel__in=ROBOTS).order_by("pk")
    return sum(_said(row, opened(row), now) for row in rows)


def _said(row: Credential, held: Credentials, now: datetime) -> bool:
    local = now.astimezone(BEIJING)
    if not held or not _due(str(held.get("at", "")), local) or not shipped().works(local.date()):
        return False
    text = text_of(str(held.get("unit", "")), local)
    if not text or not _first(row.pk, local.date(), now):
        return False
    outcome = told(lambda: ROBOTS[row.channel].post(text, held))
    _log.info("the summary of %s: %s %s", row.channel, outcome.state, outcome.word)
    return True


def tried(name: str, held: Credentials) -> Outcome:
    """Say a word in a robot's group, to see whether it works."""
    return told(lambda: ROBOTS[name].post(_("试发：群摘要已接通。以后每天最多一条，不@任何人。"), held))


def text_of(name: str, local: datetime) -> str:
    """Return the summary of a unit's day, empty where there is nothing to say."""
    unit = Unit.objects.filter(name=name).values_list("pk", flat=True).first()
    if unit is None:
        return ""
    begin = to_ms(local.replace(hour=0, minute=0, second=0, microsecond=0))
    every = Notice.objects.filter(unit=unit, accepted_at__gte=begin, accepted_at__lte=to_ms(local), withdrawn_at__isnull=True)
    mine = every.exclude(importance=Importance.EMERGENCY).order_by("accepted_at").values_list("title", "audience")
    titles = [title for title, audience in mine if audience.get("unit") == unit and set(audience) <= {"unit", "below"}]
    if not titles:
        return ""
    lines = [f"{place}. {title}" for place, title in enumerate(titles[:MOST], 1)]
    head = _("{unit}今天发了 {n} 条通知：").format(unit=name, n=len(titles))
    return "\n".join([head, *lines, _("详情和确认请看各自的收件箱：{address}").format(address=settings.ADDRESS)])


def _due(at: str, local: datetime) -> bool:
    try:
        moment = datetime.strptime(at, "%H:%M").replace(tzinfo=BEIJING).timetz()
    except ValueError:
        return False
    begin = datetime.combine(local.date(), moment)
    return begin <= local < begin + _LATE  # whoever was down for long says nothing in the evening


def _first(row: int, day: date, now: datetime) -> bool:
    """Take the day's only turn, durably, before anything is said: a lost answer is no reason to say it twice."""
    key = f"robot.{row}"
    with sql.act():
        sql.alone(_TURN)
        kept = Setting.objects.filter(key=key).values_list("value", flat=True).first()
        if kept == day.isoformat():
            return False
        Setting.objects.update_or_create(key=key, defaults={"value": day.isoformat()})
        ledger.write("summary", now, data={"robot": row})
    return True
