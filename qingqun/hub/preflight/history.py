"""The hub's recent notices, while valid, as messages that a draft is judged after."""

from datetime import datetime, timedelta

import polars as pl

from qingqun.hub import sql
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.words import joined
from qingqun.words import MESSAGES, Chat, Kind, Message

SPAN = timedelta(days=7)  # as far as the judge looks back
MOST = 300

_RECENT = """
SELECT n.id, n.unit_id, n.author_id, n.accepted_at, n.title, n.text FROM hub_notice n
WHERE n.accepted_at > %s AND n.accepted_at <= %s AND n.withdrawn_at IS NULL AND (n.valid_until IS NULL OR n.valid_until > %s)
ORDER BY n.id DESC LIMIT %s
"""


def recent(now: datetime) -> pl.DataFrame:
    """Return them as MESSAGES, oldest first: the office that sent one is its group, its author the sender."""
    at = to_ms(now)
    found = sql.rows(_RECENT, [to_ms(now - SPAN), at, at, MOST])
    return table([message(joined(title, text), sent, unit, author, notice) for notice, unit, author, sent, title, text in reversed(found)])


def table(messages: list[Message]) -> pl.DataFrame:
    """Return messages as the audit's table."""
    return pl.DataFrame(messages, schema=MESSAGES, orient="row")


def message(text: str, at: int, unit: object, author: object, line: int) -> Message:
    """Return what an office publishes as the audit would read it; `at` is milliseconds since the epoch."""
    return Message(
        platform="qingqun",
        chat=Chat.GROUP,
        group_id=str(unit),
        group_name=None,
        message_id=None,
        sent_at=at,
        precision="s",
        sender_id=str(author),
        sender_name=str(author),
        sender_card=None,
        kind=Kind.TEXT,
        text=text.strip("\n"),
        mentions=[],
        mention_all=False,
        reply_to=None,
        attachments=[],
        recalled=False,
        file="hub",
        line=line,
        source="hub",
    )
