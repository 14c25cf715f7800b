"""What an attempt says: worded once for each notice of a batch, with each delivery's own link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub import links, sql
from qingqun.hub.deliver.ringing import MARK, WANTED, Ringing
from qingqun.hub.models import Confirm, Ring
from qingqun.hub.moment import from_ms, to_ms
from qingqun.i18n import _, moment, sentences

_SUMMARY = 80  # characters
_BEIJING = timedelta(hours=8)
_WHAT = f"""
SELECT a.id, d.id, substr(a.key, 1, {MARK}), COALESCE(c.address, ''), d.person_id, d.notice_id,
       CASE WHEN NOT {WANTED.format(d="d")} OR p.left_at IS NOT NULL OR c.address IS NULL THEN 1 ELSE 0 END
FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id JOIN hub_person p ON p.id = d.person_id
LEFT JOIN hub_contact c ON c.person_id = d.person_id AND c.channel = a.channel
WHERE a.id {{ids}} ORDER BY a.not_before, a.id
"""  # noqa: S608  a number
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


def worded(ids: list[int], now: datetime, *, urgent: bool) -> list[Ringing]:
    """Return what leased attempts say, earliest first, inside the claim. What is needless by now (read, withdrawn, left) ends here."""
    if not ids:
        return []
    which = sql.among(ids)
    rows = sql.rows(_WHAT.format(ids=which.text), which.params)
    words = _noticed({row[-2] for row in rows}, now, urgent=urgent)
    over = [row[0] for row in rows if row[-1] or row[-2] not in words]
    if over:
        needless = f"UPDATE hub_attempt SET state = %s, ended_at = %s, tried_at = NULL WHERE id IN ({sql.marks(over)})"  # noqa: S608  only marks
        sql.run(needless, [str(Ring.NEEDLESS), to_ms(now), *over])
    return [_ringing(row, words[row[-2]], urgent=urgent) for row in rows if not row[-1] and row[-2] in words]


def _noticed(numbers: Iterable[int], now: datetime, *, urgent: bool) -> dict[int, _Words]:
    """Return the words of each notice; none of one that was withdrawn."""
    which = sql.among(numbers)
    return {row[0]: _words(row, now, urgent=urgent) for row in sql.rows(_NOTICES.format(ids=which.text), which.params)}


def _words(row: tuple[Any, ...], now: datetime, *, urgent: bool) -> _Words:
    _number, title, text, unit, confirm, deadline, valid_until = row
    until = links.ends(now, deadline and from_ms(deadline), valid_until and from_ms(valid_until))
    return _Words(_titled(title, urgent=urgent), _summary(text, confirm, deadline), unit, links.signer(until))


def _ringing(row: tuple[Any, ...], words: _Words, *, urgent: bool) -> Ringing:
    attempt, delivery, mark, address, person, _notice, _over = row
    link = links.address(words.sign(delivery, mark))
    return Ringing(attempt, delivery, mark, address, words.title, words.summary, words.unit, link, urgent, person)


def _titled(title: str, *, urgent: bool) -> str:
    return _("【紧急】{title}").format(title=title) if urgent else title


def _summary(text: str, confirm: str, deadline: int | None) -> str:
    """Return the beginning of the text, what is asked and by when."""
    whole = " ".join(text.split())
    start = whole if len(whole) <= _SUMMARY else whole[:_SUMMARY] + "…"
    asked = {Confirm.CONFIRM: _("请点链接确认。"), Confirm.ANSWER: _("请点链接答复。")}.get(Confirm(confirm), "")
    by = _("截止：{when}。").format(when=moment(from_ms(deadline) + _BEIJING)) if deadline else ""
    return sentences([start, asked, by])
