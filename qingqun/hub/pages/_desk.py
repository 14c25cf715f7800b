"""What the pages of the desk share: whose draft, moments in a form, the cost in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest

from qingqun.clock import BEIJING
from qingqun.enrich.deadline.named import Named
from qingqun.hub.models import Draft, Importance, Notice
from qingqun.hub.preflight import Asked, Cost, Day, Due, Landing, few, opening
from qingqun.i18n import _, joined, moment
from qingqun.words import Refused

FORM = "%Y-%m-%dT%H:%M"


def own_draft(person: int, number: int) -> Draft:
    """Return a person's own draft; another's is not found."""
    found = Draft.objects.select_related("unit", "topic").filter(pk=number, author_id=person).first()
    if found is None:
        raise Http404
    return found


def own_notice(person: int, number: int) -> Notice:
    """Return a notice its author sent; another's is not found."""
    found = Notice.objects.select_related("unit", "author", "approver").filter(pk=number, author_id=person).first()
    if found is None:
        raise Http404
    return found


def moment_in(request: HttpRequest, name: str) -> datetime | None:
    """Read a form's moment as Beijing time; None where it is empty.

    Raises:
        Refused: it is no moment.
    """
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(_("看不懂的时间“{text}”").format(text=text[:30])) from error
    return found.replace(tzinfo=BEIJING) if found.tzinfo is None else found


def moment_out(at: datetime | None) -> str:
    """Write a moment as a form's field has it."""
    return at.astimezone(BEIJING).strftime(FORM) if at else ""


def counted(count: int) -> str:
    """Write a count of people; below five only that it is few."""
    return _("不到 5 人") if few(count) else _("{n} 人").format(n=count)


def glance(cost: Cost, held: int = 0, nobody: int = 0) -> list[str]:
    """Return what a notice costs, in the order people ask: to how many, ringing when for how many, who rests.

    `held` are those on leave for whom somebody stands in, `nobody` those for whom nobody does, of what cannot wait for them.
    Of an audience too small to hide in nothing is said that tells who of it is at work.
    """
    found = [_("发给 {n} 人").format(n=cost.people)]
    if few(cost.people):
        return [*found, _("各人在自己的上班时间才响。人少，这里不写谁在上班、谁在休息")]
    rings = [_("现在响 {n}").format(n=counted(cost.rings_now) if cost.rings_now else _("0 人"))]
    rings += [_("{when} 响 {n}").format(when=moment(wave.at), n=counted(wave.people)) for wave in cost.waves[:3]]
    if len(cost.waves) > 3:
        rings.append(_("更晚 {n}").format(n=counted(sum(wave.people for wave in cost.waves[3:]))))
    found.append(joined(rings))
    if cost.resting:
        found.append(_("{n}此刻在休息，不打扰").format(n=counted(cost.resting)))
    if cost.away:
        found.append(_("{n}在休假，回来才响").format(n=counted(cost.away)))
    if held:
        found.append(_("等不到{n}休假回来，另送他们的代理人").format(n=counted(held)))
    if nobody:
        found.append(_("{n}休假且无人代办，到时限还看不到").format(n=counted(nobody)))
    if cost.muted:
        found.append(_("{n}静音了这个话题，不响，收件箱里照样有").format(n=counted(cost.muted)))
    if any(few(one) for one in (cost.rings_now, cost.resting, cost.away, cost.muted, held, nobody, *(wave.people for wave in cost.waves))):
        found.append(_("不到 5 人时不写确切的数，免得看出是谁"))
    return found


def at_once(importance: str, landings: Iterable[Landing], start: datetime) -> list[str]:
    """Say of what is important that everybody sees it at once and hears it later; nothing where it rings at once for all."""
    later = [one.rings for one in landings if one.rings > start and one.code != "leave" and not one.muted]
    if importance != Importance.IMPORTANT or not later:
        return []
    return [_("重要：马上在收件箱里看得到；响要等各人上班，最早 {when}").format(when=moment(opening(min(later))))]


def hurry(cost: Cost) -> list[str]:
    """Return what is wrong with a deadline, and for how many; each of them is counted once."""
    said = [
        (cost.late, _("{n}看到时，时限已经过了。")),
        (cost.off, _("对{n}，时限落在下班或休息时间，等于要加班。")),
        (cost.hurried, _("{n}看到以后，离时限不到 1 小时工作时间。")),
    ]
    return [words.format(n=_("有的人") if few(cost.people) else counted(count)) for count, words in said if count]


def too_late(ahead: Named | Asked, landings: Iterable[Landing]) -> list[str]:
    """Return what is wrong with a moment that the text names, and what to do: it is over before people hear of it."""
    every = list(landings)
    deaf = [one for one in every if one.rings > ahead.at and one.code != "leave"]
    count, all_in_all = sum(one.people for one in deaf), sum(one.people for one in every)
    found = []
    if count:
        said = _("正文写的“{words}”（{when}）到的时候，{n}还没有收到提醒：最早 {rings} 才响。").format(
            words=ahead.words,
            when=moment(ahead.at),
            n=_("有的人") if few(all_in_all) else counted(count),
            rings=moment(opening(min(one.rings for one in deaf))),
        )
        found.append(said + _("真是突发事件、有依据的，改为“紧急”，只叫值班的人；否则把时间移到大家上班以后，或者只发给那天当班的人。"))
    return found


def over(asked: Asked) -> list[str]:
    """Say of a deadline of the text that it is over before anybody gets it."""
    return [_("正文写的“{words}”（{when}）已经过了，大家收到时已经来不及。").format(words=asked.words, when=moment(asked.at))]


def short(asked: Asked, landings: Iterable[Landing]) -> list[str]:
    """Say for how many less than an hour of work is left between hearing of a deadline of the text and it; to `landings` it is theirs."""
    every = list(landings)
    count, all_in_all = (
        sum(one.people for one in every if one.due is Due.HURRIED and one.rings <= asked.at),
        sum(one.people for one in every),
    )
    who = _("有的人") if few(all_in_all) else counted(count)
    said = _("{n}收到提醒以后，离正文写的“{words}”（{when}）不到 1 小时工作时间。")
    return [said.format(n=who, words=asked.words, when=moment(asked.at))] if count else []


def another_day(misread: Iterable[tuple[datetime, list[Day]]], landings: Iterable[Landing]) -> list[str]:
    """Say which days the text names otherwise than those take them who hear of it on another day, and when the first of them do."""
    every, found = list(landings), list(misread)
    if not found:
        return []
    heard = {at for at, _days in found}
    count, all_in_all = sum(one.people for one in every if one.rings in heard), sum(one.people for one in every)
    words = dict.fromkeys(f"“{day.words}”" for _at, days in found for day in days)
    said = _("{words}：{n}要到 {rings} 才收到提醒，会看成另一天。请写明日期。")
    who = _("有的人") if few(all_in_all) else counted(count)
    return [said.format(words="".join(words), n=who, rings=moment(opening(min(heard))))]


def day_off(rests: Named | None) -> list[str]:
    """Return which words order work on a day off, where a rule found that they do; what to do stands with the rule."""
    return [_("正文写的“{words}”（{when}）是休息日，等于要加班。").format(words=rests.words, when=moment(rests.at))] if rests else []


def pieces(whole: str, spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Cut a text at the marked stretches: what is marked and what is not, in order."""
    found: list[dict[str, Any]] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            found += [{"text": whole[at:start], "marked": False}, {"text": whole[start:end], "marked": True}]
            at = end
    return [one for one in [*found, {"text": whole[at:], "marked": False}] if one["text"]]
