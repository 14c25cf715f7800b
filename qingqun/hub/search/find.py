"""What a person finds: in what lies in their inbox now, and, for an author, in what they sent. Nothing taken back."""

from datetime import datetime
from typing import NamedTuple

from qingqun.hub import sql
from qingqun.hub.models import State
from qingqun.hub.moment import to_ms
from qingqun.hub.search.grams import LONGEST, MOST_WORDS, key, wanted
from qingqun.hub.sql import Sql
from qingqun.i18n import _
from qingqun.words import Refused

MOST = 50


class Query(NamedTuple):
    """What is looked for: every word must be there, in title or text."""

    words: tuple[str, ...]  # as they are searched


class Found(NamedTuple):
    """A notice that was found; `delivery` is the searcher's own, None where only they wrote it. Moments are ms since the epoch, UTC."""

    notice: int
    delivery: int | None
    title: str
    text: str
    unit: str
    at: int
    head: bool  # every word stands in the title


_MINE = f"""
SELECT n.id, d.id, n.title, n.text, u.name, COALESCE(d.not_before, n.accepted_at), %s
FROM {{source}} JOIN hub_notice n ON n.id = s.notice_id JOIN hub_unit u ON u.id = n.unit_id
LEFT JOIN hub_delivery d ON d.notice_id = n.id AND d.person_id = %s AND d.not_before <= %s
  AND d.state IN ('{State.DELIVERED}', '{State.FOLDED}')
WHERE {{match}} AND n.withdrawn_at IS NULL AND (d.id IS NOT NULL OR (%s = 1 AND n.author_id = %s)){{exact}}
ORDER BY {{order}} DESC LIMIT %s
"""  # noqa: S608  words of states.py; every value is a parameter
_LITE, _POSTGRES = "hub_gram g JOIN hub_sought s ON s.notice_id = g.rowid", "hub_sought s"


def asked(text: str) -> Query:
    """Read what somebody typed: words between spaces. An empty one finds nothing.

    Raises:
        Refused: it is longer than anybody searches for.
    """
    text = text.replace("\0", " ").strip()
    if len(text) > LONGEST:
        raise Refused(_("搜索词最长 {n} 字").format(n=LONGEST))
    words = tuple(dict.fromkeys(word for part in text.split() if (word := key(part))))
    if len(words) > MOST_WORDS:
        raise Refused(_("最多搜 {n} 个词").format(n=MOST_WORDS))
    return Query(words)


def find(query: Query, person: int, now: datetime, *, author: bool = False) -> list[Found]:
    """Return what a person may see and was looking for: first where all stands in the title, then the others, newest first, at most 50.

    With `author`, what they themselves sent is among it.
    """
    if not query.words:
        return []
    heads = _found(query, person, now, author=author, head=True)
    known = {one.notice for one in heads}
    others = _found(query, person, now, author=author, head=False) if len(heads) < MOST else []
    return [*heads, *(one for one in others if one.notice not in known)][:MOST]


def _found(query: Query, person: int, now: datetime, *, author: bool, head: bool) -> list[Found]:
    match, exact = _match(query, head=head), _exact(query, head=head)
    source, order = (_POSTGRES, "n.id") if sql.postgres() else (_LITE, "g.rowid")
    text = _MINE.format(source=source, match=match.text, exact=exact.text, order=order)
    values = [int(head), person, to_ms(now), *match.params, int(author), person, *exact.params, MOST]
    return [Found._make([*row[:6], bool(row[6])]) for row in sql.rows(text, values)]


def _match(query: Query, *, head: bool) -> Sql:
    """Return the condition that the index answers; grams are letters and digits only."""
    whole, begun = wanted(query.words)
    if sql.postgres():
        return Sql(f"s.{'heads' if head else 'grams'} @@ %s::tsquery", (" & ".join([*whole, *(f"{one}:*" for one in begun)]),))
    every = " AND ".join([*whole, *(f"{one}*" for one in begun)])
    return Sql("hub_gram MATCH %s", (f"title : ({every})" if head else every,))


def _exact(query: Query, *, head: bool) -> Sql:
    """Return what the index leaves open: that a longer word's grams stand one after the other."""
    place = "strpos" if sql.postgres() else "instr"
    one = f" AND {place}(s.title, %s) > 0" if head else f" AND ({place}(s.title, %s) > 0 OR {place}(s.text, %s) > 0)"
    long = [word for word in query.words if len(word) > 2]
    return Sql(one * len(long), tuple(word for word in long for _time in range(1 if head else 2)))
