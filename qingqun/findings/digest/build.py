"""Builds a digest: sort the messages into kinds, fold copies of a notice, put each notice where it belongs."""

from collections.abc import Iterable
from datetime import UTC, datetime

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.enrich.owing import behind
from qingqun.findings.digest.changes import with_changes
from qingqun.findings.digest.claim import Claim
from qingqun.findings.digest.cues import ALARM, STOOD_DOWN
from qingqun.findings.digest.items import items_of
from qingqun.findings.digest.model import PARTS, Burden, Digest, Item
from qingqun.findings.digest.reader import Reader, met
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


def digest(messages: pl.DataFrame, me: str | Reader, *, hours: Hours, now: datetime, since: datetime | None = None) -> Digest:
    """Return what these messages ask of one person.

    Args:
        messages: a MESSAGES table of the person's own exports.
        me: the person's name as it stands in the groups, or a part of it; or the person with nicknames, units and posts. Where no unit
            is told, what stands beside the name on the person's own cards is taken.
        hours: the unit's working time, for 下班前 and off hours.
        now: aware; deadlines before it are overdue.
        since: aware; earlier messages are left out.
    """
    reader = met(Reader((me,)) if isinstance(me, str) else me, messages)
    kept = messages if since is None else messages.filter(pl.col("sent_at") >= pl.lit(since.astimezone(UTC), MOMENT))
    facts = _sorted_out(_read_closely(enrich(kept, hours)), reader)
    items = with_changes(items_of(facts, reader, hours, now))
    return Digest(
        me=reader.names[0],
        units=reader.units,
        since=since,
        until=now,
        total=facts.height,
        **_parts(items),
        folded=_folded(facts),
        burden=_burden(facts, items),
        known=bool(kept.select((reader.sent() | reader.mentioned() | reader.named()).any()).item()),
    )


def _read_closely(facts: pl.DataFrame) -> pl.DataFrame:
    """For one reader the highest warning is an emergency whatever else it says."""
    text = pl.col("text").fill_null("")
    alarm = pl.col("is_notice") & text.str.contains(ALARM) & ~text.str.contains(STOOD_DOWN)
    return facts.with_columns(is_emergency=pl.col("is_emergency") | alarm)


def _sorted_out(facts: pl.DataFrame, reader: Reader) -> pl.DataFrame:
    """Give each message one fate: own, system, receipts, wordless, notice or talk. Work that names me or my unit as owing is not folded."""
    to_me, owing = reader.mentioned(), facts["text"].is_in(_owing(facts, reader))
    fate = (
        pl.when(reader.sent())
        .then(pl.lit("own"))
        .when(pl.col("kind").is_in([Kind.SYSTEM, Kind.RECALL]))
        .then(pl.lit("system"))
        .when(pl.col("is_notice") | pl.col("is_emergency") | ((to_me | reader.named()) & pl.col("is_work")) | owing)
        .then(pl.lit("notice"))
        .when(pl.col("is_receipt"))
        .then(pl.lit("receipts"))
        .when(pl.col("kind").is_in(WORDLESS))
        .then(pl.lit("wordless"))
        .otherwise(pl.lit("talk"))
    )
    return facts.with_columns(fate=fate, to_me=to_me)


def _owing(facts: pl.DataFrame, reader: Reader) -> list[str]:
    """Return the texts that say the reader's unit has not done something: only those that name it are read."""
    named = pl.any_horizontal([pl.col("text").str.contains(unit, literal=True) for unit in reader.units] or [pl.lit(value=False)])
    return [text for text in facts.filter(named & pl.col("is_work"))["text"].unique() if behind(text, reader.units)]


def _parts(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    """Put every notice into exactly one part, each part in its order."""
    parts: dict[str, list[Item]] = {name: [] for name in PARTS}
    for item in items:
        parts[_part(item)].append(item)
    newest = {name: sorted(parts[name], key=lambda i: i.last_at, reverse=True) for name in ("to_know", "others", "past", "replaced")}
    return {name: tuple(newest.get(name) or sorted(part, key=_urgency)) for name, part in parts.items()}


def _part(item: Item) -> str:
    if item.replaced:
        return "replaced"
    if item.claim is Claim.OTHERS and not item.emergency:
        return "others"
    if item.overdue:
        return "past"
    if item.emergency and item.elsewhere:
        return "perhaps"  # first there: help may be wanted, but nobody has asked the reader for it
    if item.emergency or item.claim is Claim.NAMED or (item.asking and item.claim is Claim.GROUP):
        return "must_do"
    return "perhaps" if item.asking else "to_know"


def _urgency(item: Item) -> tuple[int, float, int, float]:
    """Emergencies, then what has a time, then what is asked without one, then mere answers; in each the surest, the newest first.

    Which emergency is due first does not matter: all of them are now.
    """
    kind = 0 if item.emergency else 1 if item.when else 3 if item.only_answer else 2
    due = item.when.timestamp() if item.when and not item.emergency else float("inf")
    return (kind, due, item.claim, -item.last_at.timestamp())


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
