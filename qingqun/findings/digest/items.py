"""Notices to items: copies of one notice folded into one, with what it asks, by when, and of whom."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadlines
from qingqun.enrich.deadline.named import named
from qingqun.enrich.repeats import cluster
from qingqun.findings.digest.claim import Claim, Claimed, Said, claimed
from qingqun.findings.digest.cues import COME, FREE, HELD
from qingqun.findings.digest.model import Item
from qingqun.findings.digest.reader import Reader, people, places
from qingqun.i18n import _
from qingqun.words import SHANGHAI

_ZONE = ZoneInfo(SHANGHAI)
_ASKS = ("is_photo_proof", "is_forced_promotion", "wants_at_once", "is_reply_demand")
_URGENT = timedelta(days=1)  # after that an emergency is news


class Around(NamedTuple):
    """Who and what is met in the reader's groups: names of people, names of units."""

    people: frozenset[str]
    places: frozenset[str]


def items_of(facts: pl.DataFrame, reader: Reader, hours: Hours, now: datetime) -> list[Item]:
    """Return the distinct notices among messages with facts, `fate` and `to_me`, in order of time. `now` is aware."""
    notices = _claimed(facts.filter(pl.col("fate") == "notice"), reader, Around(people(facts) | set(reader.names), places(facts)))
    answered = facts.filter((pl.col("fate") == "own") & pl.col("asked_by").is_not_null())["asked_by"]
    notices = _numbered(notices, hours).with_columns(answered=pl.col("row").is_in(answered.to_list()))
    folded = notices.group_by("fold", maintain_order=True).agg(
        pl.col("text", "sender_name").last(),
        pl.col("text").first().alias("first_text"),
        pl.col("sent_at").min().alias("first_at"),
        pl.col("sent_at").max().alias("last_at"),
        pl.len().alias("copies"),
        pl.col("group_name").fill_null(pl.col("group_id")).fill_null("").unique(maintain_order=True).alias("groups"),
        pl.col("due").drop_nulls().last(),
        pl.col(*_ASKS, "is_emergency", "answered").any(),
        pl.col("text").filter(_comes()).len().gt(0).alias("comes"),
        pl.col("claim", "why", "asked", "elsewhere", "owing").sort_by("claim", ~pl.col("asked"), maintain_order=True).first(),
    )
    return [_item(row, now, hours) for row in folded.iter_rows(named=True)]


def _claimed(notices: pl.DataFrame, reader: Reader, around: Around) -> pl.DataFrame:
    """Add `claim` and `why`: few columns of few rows, read one by one because a form of address is a matter of grammar."""
    group = pl.col("group_name").fill_null(pl.col("group_id")).fill_null("")
    rows = notices.select("text", pl.col("mentions").fill_null([]), pl.col("mention_all").fill_null(value=False), "to_me", group)
    found = [
        claimed(Said(text, tuple(who), everyone, to_me, where), reader, *around) for text, who, everyone, to_me, where in rows.iter_rows()
    ]
    return notices.with_columns(
        _column("claim", found), _column("why", found), _column("asked", found), *(_column(name, found) for name in ("elsewhere", "owing"))
    )


def _column(name: str, found: list[Claimed]) -> pl.Series:
    kind = {"claim": pl.Int64(), "asked": pl.Boolean(), "elsewhere": pl.Boolean(), "owing": pl.Boolean()}.get(name, pl.String())
    return pl.Series(name, [getattr(one, name) for one in found], dtype=kind, strict=False)


def _numbered(notices: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Add the deadline and the fold number, which copies of one notice share."""
    fold = pl.struct("cluster", "text").rank("dense")
    known = notices.with_columns(cluster=cluster(notices["text"]), due=deadlines(notices["text"], notices["sent_at"], hours))
    return known.with_columns(fold=pl.when(pl.col("cluster").is_null()).then(fold).otherwise(-pl.col("cluster") - 1)).sort("sent_at")


def _item(row: dict[str, Any], now: datetime, hours: Hours) -> Item:
    due, last = _local(row["due"]), _local(row["last_at"])
    emergency = bool(row["is_emergency"]) and last is not None and now - last < _URGENT
    asks = _asks(row, emergency=emergency)
    held, ends = _held(row, hours) if due is None and asks else (None, None)
    return Item(
        text=row["text"],
        sender=row["sender_name"],
        first_at=_local(row["first_at"]) or now,
        last_at=last or now,
        copies=row["copies"],
        groups=tuple(row["groups"]),
        asks=asks,
        claim=Claim(row["claim"]),
        why=row["why"],
        deadline=due,
        overdue=any(end is not None and end < now for end in (due, ends)),
        emergency=emergency,
        key=hashlib.sha256(f"{due.isoformat() if due else ''} {row['first_text']}".encode()).hexdigest()[:32],
        only_answer=due is None and len(asks) == 1 and bool(row["is_reply_demand"]),
        answered=row["answered"],
        elsewhere=row["elsewhere"],
        held=held,
    )


def _held(row: dict[str, Any], hours: Hours) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment of what a notice calls to; none where it begins something that goes on, or somebody owes."""
    if row["owing"] or not re.search(HELD, row["text"]):
        return None, None
    found = named(row["text"], row["last_at"], hours)
    return (found[0].at, found[-1].at) if found and not any(one.words.endswith("起") for one in found) else (None, None)


def _asks(row: dict[str, Any], *, emergency: bool) -> tuple[str, ...]:
    """What is asked beside the deadline; an answer that was given is no longer asked."""
    words = {
        "is_photo_proof": _("要求交照片或截图"),
        "is_forced_promotion": _("要求安装、关注或转发"),
        "wants_at_once": _("要求马上办"),
        "comes": _("要求到场"),
    }
    urgent = (_("紧急情况"),) if emergency else ()
    answer = (_("要求回复收到"),) if row["is_reply_demand"] and not row["answered"] else ()
    said = tuple(word for column, word in words.items() if row[column])
    plain = (_("请办理"),) if row["asked"] and not (said or answer or row["due"]) else ()
    return (*urgent, *said, *answer, *plain)


def _comes() -> pl.Expr:
    """Whether a notice asks somebody to come, and does not leave it to them."""
    return pl.col("is_notice") & pl.col("text").str.contains(COME) & ~pl.col("text").str.contains(FREE)


def _local(moment: object) -> datetime | None:
    return moment.astimezone(_ZONE) if isinstance(moment, datetime) else None
