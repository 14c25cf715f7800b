"""MESSAGES to facts: each step adds columns, nothing is done once per message in Python."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from qingqun.clock.column import grade
from qingqun.clock.hours import Hours
from qingqun.enrich.context import look_back
from qingqun.enrich.cues import cues
from qingqun.enrich.due import due
from qingqun.enrich.facts.fact import Asked
from qingqun.enrich.instant import wants_at_once
from qingqun.enrich.keys import group_key, numbered, sender_key
from qingqun.enrich.labels import label_texts
from qingqun.enrich.normal import normalise
from qingqun.enrich.repeats import cluster
from qingqun.enrich.restdays import may_rest, works_on_rest_day
from qingqun.enrich.rounds import is_parents
from qingqun.enrich.secrets import marked
from qingqun.enrich.urgent import is_duty_group, urgent
from qingqun.enrich.wanted import counts_heads, hands_over, promotes_account, promotes_app, wants_data
from qingqun.enrich.worked import worked_to_deadline
from qingqun.words import Kind

ORDER = ("sent_at", "file", "line")
WORDLESS = tuple(
    kind.value for kind in (Kind.SYSTEM, Kind.RECALL, Kind.POKE, Kind.RED_PACKET, Kind.TRANSFER, Kind.CALL, Kind.CONTACT, Kind.LOCATION)
)
"""Kinds whose text is a machine's: they carry no label. A caption under a photo and the name of a file do."""
SUPPOSED = 0.5
"""The score of a text that is taken for work only because nothing says otherwise."""
PLAINLY = 0.98
SPOKEN = 20
"""Fewer characters are a remark in a talk, not something published to the group, unless they are PLAINLY work."""

SHOWN = (Kind.IMAGE.value, Kind.VOICE.value, Kind.VIDEO.value)
PLACEHOLDER = r"^ *\[[^\[\]]{1,8}\] *$"  # [图片]: what an export writes where there is no caption


def enrich(messages: pl.DataFrame, hours: Hours, asked: Iterable[Asked] = (), others: Sequence[Hours] = ()) -> pl.DataFrame:
    """Add one column per fact of facts/messages.py. In: MESSAGES, a unit's hours, the parametrised facts that rules ask for.

    With `others`, hours of other units, MESSAGES have a column `hours_no`: whose hours a message stands under, null where `hours`.
    Out: the messages ordered by sent_at, file and line, with the facts, `deadline` (MOMENT) and the keys `row` (its place, from 0),
    `group_no`, `sender_no`, `text_no`, `copy_no` (the same number: the same content), `notice_no` (the same, of notices only).
    Times are UTC, spans whole seconds.
    """
    frame = _worded(messages.sort(*ORDER).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)))
    for key, name in ((group_key(), "group_no"), (sender_key(), "sender_no"), (pl.col("words"), "text_no")):
        frame = numbered(frame, key, name)
    texts = frame.lazy().select("text_no", "words").unique("text_no").sort("text_no").collect()
    frame, labels = frame.drop("words"), _labelled(texts)
    with ThreadPoolExecutor(1) as aside:  # the one works in Polars, the other in Python
        numbers = aside.submit(_numbered, texts, labels)
        known = _on_rows(frame, labels)
        known = _clocked(known, hours, others)
        known = known.hstack(_on_rows(frame.select("text_no"), numbers.result()).drop("text_no").get_columns())
    return look_back(_published(known.with_columns(is_parents(known), is_duty_group(known), sent_on=_sent_on())), asked)


def _clocked(known: pl.DataFrame, hours: Hours, others: Sequence[Hours]) -> pl.DataFrame:
    """Add what the clock says of each message, by the hours it stands under."""
    if not others:
        dated = due(known.hstack(grade(known["sent_at"], hours).get_columns()), hours)
        return works_on_rest_day(worked_to_deadline(dated, hours), hours)
    by_number = dict(enumerate(others))
    parts = known.partition_by("hours_no", maintain_order=True, as_dict=True)
    clocked = [_clocked(part, by_number.get(number, hours), ()) for (number,), part in parts.items()]
    return pl.concat(clocked or [_clocked(known, hours, ())]).sort("row").drop("hours_no")


def _worded(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `words`, what labels read: the text, for a file with its name, nothing for a machine's line."""
    shown = pl.col("kind").is_in(SHOWN) & pl.col("text").str.contains(PLACEHOLDER)
    words = frame.select(pl.when(~pl.col("kind").is_in(WORDLESS) & ~shown).then("text").alias("words"))["words"]
    files = (frame["kind"] == Kind.FILE.value).arg_true()
    if len(files):
        names = pl.col("attachments").list.join("\n")
        whole = (
            pl.when(pl.col("text").str.contains(names, literal=True)).then("text").otherwise(pl.concat_str("text", names, separator="\n"))
        )
        named = frame[files].select(whole)
        words = words.scatter(files, named.to_series())
    return frame.with_columns(words)


def _labelled(texts: pl.DataFrame) -> pl.DataFrame:
    """Label each distinct text: `text_no` and the labels."""
    labels = label_texts(texts["words"])
    plain = normalise(texts["words"].fill_null(""))
    evident = (labels["score_work"] > SUPPOSED) & labels["is_work"]
    said = labels["is_notice"] | (evident & ((plain.str.len_chars() >= SPOKEN) | (labels["score_work"] >= PLAINLY)))
    told = ~hands_over(plain)
    evident, said = evident & told, said & told
    known = texts.select("text_no").hstack(labels.select(pl.selectors.boolean()).get_columns())
    return known.with_columns(
        wants_at_once(plain) & labels["is_work"],
        marked(plain).rename("has_secret_mark"),
        said.rename("is_publishing"),
        evident.rename("evident"),
        may_rest(plain) & evident,
        wants_data(plain) & labels["is_work"],
        promotes_app(plain),
        promotes_account(plain),
        counts_heads(plain),
        *cues(plain).get_columns(),
        *urgent(plain).get_columns(),
        characters=plain.str.len_chars().cast(pl.Int64),
        says_special=plain.str.contains("专项"),
    )


def _numbered(texts: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Number what each distinct text publishes: `text_no`, `copy_no` and `notice_no`."""
    numbers = labels.select("text_no", "is_notice", _numbers(texts["words"], labels["is_publishing"]))
    return numbers.select("text_no", "copy_no", notice_no=pl.when("is_notice").then("copy_no"))


def _on_rows(frame: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Join back what is known of each distinct text."""
    placed = frame.select("text_no").join(known, on="text_no", how="left", maintain_order="left")
    return frame.hstack(placed.drop("text_no").get_columns())


def _sent_on() -> pl.Expr:
    """The day in Shanghai as a number, 20260313: the same on every engine."""
    day = pl.col("sent_at").dt.offset_by("8h").dt
    return day.year().cast(pl.Int64) * 10_000 + day.month().cast(pl.Int64) * 100 + day.day().cast(pl.Int64)


def _published(frame: pl.DataFrame) -> pl.DataFrame:
    """Count short words as published, too, where they are evidently work and set a time or take a day off."""
    timed = pl.col("evident") & (pl.col("deadline").is_not_null() | pl.col("works_on_rest_day"))
    return frame.with_columns(is_publishing=pl.col("is_publishing") | timed).drop("evident")


def _numbers(texts: pl.Series, publishing: pl.Series) -> pl.Series:
    """Number what is published: the same number, the same content; null where nothing is."""
    places = publishing.fill_null(value=False).arg_true()
    numbers = pl.Series("copy_no", [None], dtype=pl.Int64).new_from_index(0, len(texts))
    return numbers.scatter(places, cluster(texts.gather(places)).cast(pl.Int64)) if len(places) else numbers
