"""What an attempt says: worded once for each notice of a batch, with each delivery's own link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from qingqun.hub import links, often, sql
from qingqun.hub.deliver.ringing import WANTED, Ringing
from qingqun.hub.models import Confirm, Ring
from qingqun.hub.moment import from_ms, to_ms
from qingqun.i18n import _, moment, sentences

_SUMMARY = 80  # characters
_BEIJING = timedelta(hours=8)
_WHOM = f"""
SELECT d.id, c.address, d.person_id, d.notice_id
FROM hub_delivery d JOIN hub_person p ON p.id = d.person_id JOIN hub_contact c ON c.person_id = d.person_id AND c.channel = %s
WHERE d.id {{ids}} AND {WANTED.format(d="d")} AND p.left_at IS NULL
"""  # noqa: S608  no value
_NOTICES = """
SELECT n.id, n.title, n.text, u.name, n.confirm, n.deadline, n.valid_until FROM hub_notice n JOIN hub_unit u ON u.id = n.unit_id
WHERE n.id {ids} AND n.withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    summary: str
    unit: str
    sign: Callable[[int, str], str]


class Leased(NamedTuple):
    """An attempt as it was claimed; the earliest comes first."""

    not_before: int
    attempt: int
    delivery: int
    mark: str


def worded(leased: list[Leased], channel: str, now: datetime, *, urgent: bool) -> list[Ringing]:
    """Return what leased attempts say, earliest first, inside the claim. What is needless by now (read, withdrawn, left) ends here."""
    if not leased:
        return []
    which = sql.among(one.delivery for one in leased)
    whom = {row[0]: row for row in often.rows(_WHOM.format(ids=which.text), [channel, *which.params])}
    words = _noticed({row[3] for row in whom.values()}, now, urgent=urgent)
    wanted = {delivery for delivery, row in whom.items() if row[3] in words}
    _end([one.attempt for one in leased if one.delivery not in wanted], now)
    before = links.before()
    return [_ringing(one, whom[one.delivery], words, before, urgent=urgent) for one in sorted(leased) if one.delivery in wanted]


def _end(over: list[int], now: datetime) -> None:
    if over:
        needless = f"UPDATE hub_attempt SET state = %s, ended_at = %s, tried_at = NULL WHERE id IN ({sql.marks(over)})"  # noqa: S608  only marks
        sql.run(needless, [str(Ring.NEEDLESS), to_ms(now), *over])


def _noticed(numbers: Iterable[int], now: datetime, *, urgent: bool) -> dict[int, _Words]:
    """Return the words of each notice; none of one that was withdrawn."""
    which = sql.among(numbers)
    return {row[0]: _words(row, now, urgent=urgent) for row in often.rows(_NOTICES.format(ids=which.text), which.params)}


def _words(row: tuple[Any, ...], now: datetime, *, urgent: bool) -> _Words:
    _number, title, text, unit, confirm, deadline, valid_until = row
    until = links.ends(now, deadline and from_ms(deadline), valid_until and from_ms(valid_until))
    return _Words(_titled(title, urgent=urgent), _summary(text, confirm, deadline), unit, links.signer(until))


def _ringing(one: Leased, whom: tuple[Any, ...], words: dict[int, _Words], before: str, *, urgent: bool) -> Ringing:
    delivery, address, person, notice = whom
    said = words[notice]
    link = before + said.sign(delivery, one.mark)
    return Ringing(one.attempt, delivery, one.mark, address, said.title, said.summary, said.unit, link, urgent, person)


def _titled(title: str, *, urgent: bool) -> str:
    return _("【紧急】{title}").format(title=title) if urgent else title


def _summary(text: str, confirm: str, deadline: int | None) -> str:
    """Return the beginning of the text, what is asked and by when."""
    whole = " ".join(text.split())
    start = whole if len(whole) <= _SUMMARY else whole[:_SUMMARY] + "…"
    asked = {Confirm.CONFIRM: _("请点链接确认。"), Confirm.ANSWER: _("请点链接答复。")}.get(Confirm(confirm), "")
    by = _("截止：{when}。").format(when=moment(from_ms(deadline) + _BEIJING)) if deadline else ""
    return sentences([start, asked, by])
