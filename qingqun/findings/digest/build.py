"""Builds a digest: sort the messages into kinds, fold copies of a notice, say what each asks of this person."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.enrich.deadline import deadlines
from qingqun.enrich.repeats import cluster
from qingqun.findings.digest.changes import with_changes
from qingqun.findings.digest.model import Burden, Digest, Item
from qingqun.i18n import _
from qingqun.words import MOMENT, SHANGHAI, Kind

WORDLESS = (
    Kind.IMAGE,
    Kind.VOICE,
    Kind.VIDEO,
    Kind.EMOJI,
    Kind.POKE,
    Kind.CALL,
    Kind.RED_PACKET,
    Kind.TRANSFER,
    Kind.LOCATION,
    Kind.CONTACT,
)
_ZONE = ZoneInfo(SHANGHAI)
ASKS = ("is_reply_demand", "is_photo_proof", "is_forced_promotion")


def digest(messages: pl.DataFrame, me: str, *, hours: Hours, now: datetime, since: datetime | None = None) -> Digest:
    """Return what these messages ask of one person.

    Args:
        messages: a MESSAGES table of the person's own exports.
        me: the person's name as it stands in the groups, or a part of it.
        hours: the unit's working time, for 下班前 and off hours.
        now: aware; deadlines before it are overdue.
        since: aware; earlier messages are left out.
    """
    kept = messages if since is None else messages.filter(pl.col("sent_at") >= pl.lit(since.astimezone(UTC), MOMENT))
    facts = _sorted_out(enrich(kept, hours), me)
    notices = _notices(facts.filter(pl.col("fate") == "notice"), me, hours)
    items = with_changes(_items(notices, now))
    return Digest(
        me=me,
        since=since,
        until=now,
        total=facts.height,
        must_do=tuple(sorted((i for i in items if _asks_me(i)), key=_urgency)),
        to_know=tuple(sorted((i for i in items if not _asks_me(i)), key=lambda i: i.last_at, reverse=True)),
        folded=_folded(facts),
        burden=_burden(facts, items),
        known=_known(kept, me),
    )


def _mine(me: str) -> pl.Expr:
    return pl.col("sender_name").str.contains(me, literal=True) | pl.col("sender_card").fill_null("").str.contains(me, literal=True)


def _named(me: str) -> pl.Expr:
    return pl.col("mentions").list.eval(pl.element().str.contains(me, literal=True)).list.any().fill_null(value=False)


def _sorted_out(facts: pl.DataFrame, me: str) -> pl.DataFrame:
    """Give each message one fate: own, system, receipts, wordless, notice or talk. A message that names me is never folded."""
    to_me = _named(me)
    fate = (
        pl.when(_mine(me))
        .then(pl.lit("own"))
        .when(pl.col("kind").is_in([Kind.SYSTEM, Kind.RECALL]))
        .then(pl.lit("system"))
        .when(pl.col("is_notice") | pl.col("is_emergency") | (to_me & pl.col("is_work")))
        .then(pl.lit("notice"))
        .when(pl.col("is_receipt"))
        .then(pl.lit("receipts"))
        .when(pl.col("kind").is_in(WORDLESS))
        .then(pl.lit("wordless"))
        .otherwise(pl.lit("talk"))
    )
    return facts.with_columns(fate=fate, to_me=to_me)


def _notices(notices: pl.DataFrame, me: str, hours: Hours) -> pl.DataFrame:
    """Add the deadline, the fold number (copies of one notice share it) and whether it is for others by name."""
    fold = pl.struct("cluster", "text").rank("dense")
    others = (pl.col("mentions").list.len() > 0) & ~pl.col("to_me") & ~pl.col("mention_all")
    return (
        notices.with_columns(cluster=cluster(notices["text"]), due=deadlines(notices["text"], notices["sent_at"], hours))
        .with_columns(
            fold=pl.when(pl.col("cluster").is_null()).then(fold).otherwise(-pl.col("cluster") - 1),
            for_others=others & ~pl.col("text").str.contains(me, literal=True),
        )
        .sort("sent_at")
    )


def _items(notices: pl.DataFrame, now: datetime) -> list[Item]:
    folded = notices.group_by("fold", maintain_order=True).agg(
        pl.col("text", "sender_name").last(),
        pl.col("sent_at").min().alias("first_at"),
        pl.col("sent_at").max().alias("last_at"),
        pl.len().alias("copies"),
        pl.col("group_name").fill_null(pl.col("group_id")).unique(maintain_order=True).alias("groups"),
        pl.col("due").drop_nulls().last(),
        pl.col(*ASKS, "is_emergency", "to_me").any(),
        pl.col("mention_all").any(),
        pl.col("for_others").all(),
    )
    return [_item(row, now) for row in folded.iter_rows(named=True)]


def _item(row: dict[str, object], now: datetime) -> Item:
    due = _local(row["due"])
    return Item(
        text=str(row["text"]),
        sender=str(row["sender_name"]),
        first_at=_local(row["first_at"]) or now,
        last_at=_local(row["last_at"]) or now,
        copies=int(str(row["copies"])),
        groups=tuple(row["groups"]) if isinstance(row["groups"], list) else (),
        asks=_asks(row, emergency=_still(row, now)),
        why=_why(row),
        deadline=None if row["for_others"] else due,
        overdue=due is not None and due < now,
        emergency=_still(row, now),
    )


def _still(row: dict[str, object], now: datetime) -> bool:
    """An emergency asks something for a day; after that it is news."""
    last = _local(row["last_at"])
    return bool(row["is_emergency"]) and last is not None and now - last < timedelta(days=1)


def _asks(row: dict[str, object], *, emergency: bool) -> tuple[str, ...]:
    words = {
        "is_reply_demand": _("要求回复收到"),
        "is_photo_proof": _("要求交照片或截图"),
        "is_forced_promotion": _("要求安装、关注或转发"),
        "to_me": _("点到了你的名字"),
    }
    urgent = (_("紧急情况"),) if emergency else ()
    return () if row["for_others"] else (*urgent, *(word for column, word in words.items() if row[column]))


def _why(row: dict[str, object]) -> str:
    if row["to_me"]:
        return _("消息里@了你")
    if row["for_others"]:
        return _("消息里@的是别人")
    return _("消息@了所有人") if row["mention_all"] else _("你在这个群里")


def _local(moment: object) -> datetime | None:
    return moment.astimezone(_ZONE) if isinstance(moment, datetime) else None


def _asks_me(item: Item) -> bool:
    return bool(item.asks) or item.deadline is not None


def _urgency(item: Item) -> tuple[bool, bool, float, float]:
    """Emergencies, then what is still due by its deadline, then what is asked without one, then what is overdue."""
    due = item.deadline.timestamp() if item.deadline else float("inf")
    return (not item.emergency, item.overdue, due, -item.last_at.timestamp())


def _folded(facts: pl.DataFrame) -> dict[str, int]:
    counts = dict(facts.filter(pl.col("fate") != "notice").group_by("fate").len().iter_rows())
    return {fate: int(counts.get(fate, 0)) for fate in ("receipts", "talk", "wordless", "system", "own")}


def _burden(facts: pl.DataFrame, items: list[Item]) -> Burden:
    received = facts.filter(pl.col("fate") != "own")
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    copies = sum(item.copies for item in items)
    return Burden(
        groups=facts.select(pl.struct("platform", "group_id", "group_name").n_unique()).item() if facts.height else 0,
        days=facts.select(day.n_unique()).item(),
        messages=received.height,
        notices=len(items),
        repeats=copies - len(items),
        off_hours=received.filter(~pl.col("in_worktime")).height,
        reply_demands=received.filter(pl.col("is_reply_demand")).height,
    )


def _known(messages: pl.DataFrame, me: str) -> bool:
    return bool(messages.select((_mine(me) | _named(me)).any()).item())
