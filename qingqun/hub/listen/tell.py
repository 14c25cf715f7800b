"""The sender first, and nobody else: a routine notice to them alone, in their working time; never what they wrote."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qingqun.clock import BEIJING
from qingqun.hub import audience, hold, sql, story
from qingqun.hub.listen.call import digest
from qingqun.hub.models import Confirm, Heard, Importance, Notice, Person
from qingqun.hub.moment import from_ms, to_ms
from qingqun.i18n import _, listed, moment
from qingqun.judge import Binding
from qingqun.words import Refused

NUMBER = "qingqun"  # of the voice that speaks here; nobody signs in as it, and no audience holds it
FEW = 5
QUIET = timedelta(days=1)  # one and the same thing is told to one person once in this time
_TOLD = "SELECT rules FROM hub_heard WHERE person_id = %s AND told_at > %s"


def tell(heard: int, key: str, bindings: Iterable[Binding], now: datetime) -> bool:
    """Tell the sender of a message in the queue what hit it; False where there is nobody or nothing new to tell. Again, it is the same."""
    found = sql.rows(
        "SELECT h.person_id, h.sent_at, r.name, r.unit_id FROM hub_heard h JOIN hub_chatroom r ON r.id = h.room_id WHERE h.id = %s", [heard]
    )
    if not found or found[0][0] is None or found[0][3] is None:
        return False
    person, at, group, unit = found[0]
    rules = {one.rule.name: one.rule.title for one in bindings}
    before = {rule for (rules_then,) in sql.rows(_TOLD, [person, to_ms(now - QUIET)]) for rule in sql.json_value(rules_then)}
    said = [title for rule, title in rules.items() if rule not in before]
    if not said:
        return False
    notice = Notice(
        key=digest("tell", key)[:32],
        author_id=_voice(unit, now),
        unit_id=unit,
        title=_("只提示您本人：群消息{rules}").format(rules=listed(said)),
        text=_text(group, from_ms(at).astimezone(BEIJING), unit, person),
        audience={"persons": [person]},
        importance=Importance.ROUTINE,
        confirm=Confirm.NONE,
        valid_until=now + timedelta(days=7),
    )
    try:
        story.write(notice, now)
    except Refused:  # they left meanwhile
        return False
    with sql.act():
        row = Heard.objects.get(pk=heard)
        Heard.objects.filter(pk=heard).update(told_at=now, rules=sorted({*row.rules, *rules}))
    return True


def resting(unit: int, at: datetime, but: int = 0) -> int:
    """Return how many of a unit's people did not work at a moment, one left out."""
    who = hold.resting(audience.present({"unit": unit, "below": True}, at), at)
    return int(sql.value(f"SELECT count(*) FROM ({who.text}) AS r WHERE person_id <> %s", [*who.params, but])) if who else 0  # noqa: S608  no value in the text


def _text(group: str, at: datetime, unit: int, person: int) -> str:
    count = resting(unit, at, person)
    lines = [_("您 {when} 在“{group}”发过一条消息。").format(when=moment(at), group=group or _("工作群"))]
    if count >= FEW:
        lines.append(_("它到了 {n} 位正在休息的同事那里。").format(n=count))
    lines.append(_("在轻群写一次，会按各人的上班时间送到，不打扰休息的人。"))
    lines.append(_("这条提示只发给您，没有别人知道；消息的内容没有保存。"))
    return "\n".join(lines)


def _voice(unit: int, now: datetime) -> int:
    """Return the person that such notices come from: one who left before they came, so that nothing reaches them."""
    found, _new = Person.objects.get_or_create(
        number=NUMBER, defaults={"name": _("轻群提示"), "unit_id": unit, "left_at": now, "inbox": False}
    )
    return found.pk
