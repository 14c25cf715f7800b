"""Who a draft would name in public for not having answered: their author can remind them instead, one by one and unseen by others."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from qingqun.hub import preflight, sql
from qingqun.hub.desk import amend, result
from qingqun.hub.models import Confirm, Draft, Notice, State
from qingqun.hub.moment import to_ms
from qingqun.hub.tally import TOLD

SPAN = timedelta(days=30)
MOST = 300
SHAMING = "shaming"  # the rule
_UNANSWERED = re.compile(r"未|没|逾期|迟迟|拖|催|欠|缺|漏")
_NAMED = f"""
SELECT n.id, p.id, p.name FROM hub_notice n JOIN hub_delivery d ON d.notice_id = n.id JOIN hub_person p ON p.id = d.person_id
WHERE n.author_id = %s AND n.accepted_at > %s AND n.withdrawn_at IS NULL AND n.confirm <> '{Confirm.NONE}'
AND d.done_at IS NULL AND {TOLD} AND d.state = '{State.DELIVERED}' AND p.left_at IS NULL AND %s LIKE '%%' || p.name || '%%'
ORDER BY n.id DESC LIMIT %s
"""  # noqa: S608  words of states.py
_LAST = f"""
SELECT n.id FROM hub_notice n WHERE n.author_id = %s AND n.accepted_at > %s AND n.withdrawn_at IS NULL AND n.confirm <> '{Confirm.NONE}'
AND EXISTS (SELECT 1 FROM hub_delivery d WHERE d.notice_id = n.id AND d.done_at IS NULL AND d.state = '{State.DELIVERED}')
ORDER BY n.id DESC LIMIT 5
"""  # noqa: S608  same


class Instead(NamedTuple):
    """A notice of the author's whose unanswered can be reminded: those the draft names, or all of them where it names nobody."""

    notice: int
    title: str
    people: tuple[int, ...]  # whom the draft names; empty for everybody who has not done it
    names: tuple[str, ...]
    many: int


def instead(draft: Draft, rules: Iterable[str], now: datetime) -> Instead | None:
    """Return what could be done in the place of naming them; None where the draft names and shames nobody, or nobody may be reminded."""
    whole = preflight.published(draft)
    shames = SHAMING in rules
    if not shames and not _UNANSWERED.search(whole):
        return None
    since = to_ms(now - SPAN)
    named: dict[int, dict[int, str]] = {}
    for notice, person, name in sql.rows(_NAMED, [draft.author_id, since, whole, MOST]):
        named.setdefault(notice, {})[person] = name
    titles = dict(Notice.objects.filter(pk__in=named).values_list("pk", "title"))
    for notice in sorted(named, key=lambda one: (-len(named[one]), -_shared(titles[one], whole), -one)):
        found = _offered(notice, named[notice], now)
        if found:
            return found
    if not shames:
        return None
    last = [row[0] for row in sql.rows(_LAST, [draft.author_id, since])]
    return next((found for one in last if (found := _offered(one, {}, now))), None)


def _shared(title: str, text: str) -> int:
    """Return how many pairs of signs of a title stand in a text: of several notices the one that it speaks of."""
    return sum(title[at : at + 2] in text for at in range(len(title) - 1))


def _offered(number: int, people: dict[int, str], now: datetime) -> Instead | None:
    notice = Notice.objects.get(pk=number)
    if not result.may_name(notice, now) or amend.may_remind(notice, now):
        return None
    return Instead(number, notice.title, tuple(people), tuple(people.values()), len(people) or amend.undone(notice))
