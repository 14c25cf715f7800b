"""Any number of messages of the demo's kind, for measuring speed: many streets like the demo's, side by side."""

from pathlib import Path
from random import Random

import orjson
import polars as pl

from qingqun.demo.office import SEED, imagine
from qingqun.demo.week import MONDAY
from qingqun.demo.write.chatlab import TYPES
from qingqun.demo.write.room import EXPORTED
from qingqun.words import MESSAGES

LONG = 8  # characters: a shorter text is not varied
TAILS = ("，第{}号", "（编号{}）", "，分机{}", "，共{}户", "，批次{}", " {}份")


def scale(n_messages: int, distinct_share: float = 0.2, seed: int = SEED) -> pl.DataFrame:
    """Return messages as a table with the schema MESSAGES, in order of time.

    The demo's week is repeated, once a street; texts are varied in a number at their end until `distinct_share` of all messages
    are distinct (at most so many as there are long texts). Equal arguments give equal tables.
    """
    week = _week(seed)
    tiled = pl.select(number=pl.int_range(n_messages)).with_columns(
        row=pl.col("number") % week.height, street=pl.col("number") // week.height
    )
    frame = tiled.join(week, on="row", how="left", maintain_order="left")
    return _table(_vary(frame, round(n_messages * distinct_share), Random(seed)))


def _week(seed: int) -> pl.DataFrame:
    """Return the demo's week as columns; the rows keep their order."""
    world = imagine(seed)
    said, places, people = world.week, world.places, world.people
    columns = {
        "at": [one.at for one in said], "text": [one.text for one in said], "kind": [one.kind for one in said],
        "platform": [places[one.group].platform for one in said], "group": [one.group for one in said],
        "group_name": [places[one.group].name for one in said], "sender": [one.sender for one in said],
        "name": [people[one.sender].name for one in said], "card": [people[one.sender].card for one in said],
    }  # fmt: skip
    return pl.DataFrame(columns).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))


def _vary(frame: pl.DataFrame, wanted: int, rng: Random) -> pl.DataFrame:
    """Return the frame with as many distinct texts as wanted."""
    have = frame["text"].n_unique()
    if have > wanted:
        return _narrow(frame, wanted)
    able = frame.filter((pl.col("kind") == "text") & (pl.col("text").str.len_chars() >= LONG) & (pl.col("street") > 0))["number"].to_list()
    chosen = rng.sample(able, min(wanted - have, len(able)))
    tail = pl.DataFrame({"number": chosen, "serial": range(1000, 1000 + len(chosen))}, schema={"number": pl.Int64, "serial": pl.Int64})
    tails = tail.select("number", tail=_tail())
    return frame.join(tails, on="number", how="left", maintain_order="left").with_columns(
        text=pl.col("text") + pl.col("tail").fill_null("")
    )


def _tail() -> pl.Expr:
    serial = pl.col("serial")
    said = pl.lit("")
    for number, form in enumerate(TAILS):
        said = pl.when(serial % len(TAILS) == number).then(pl.format(form, serial)).otherwise(said)
    return said


def _narrow(frame: pl.DataFrame, wanted: int) -> pl.DataFrame:
    """Return the frame with the texts beyond the first `wanted` ones replaced by those."""
    first = frame["text"].unique(maintain_order=True)[:wanted]
    rank = frame["text"].rank("dense").cast(pl.Int64) - 1
    return frame.with_columns(
        text=pl.when(pl.col("text").is_in(first.implode())).then("text").otherwise(first.gather(rank % max(wanted, 1)))
    )


def _table(frame: pl.DataFrame) -> pl.DataFrame:
    street = pl.col("street")
    known = frame.select(
        platform="platform",
        chat=pl.lit("group"),
        group_id=pl.format("g{}-{}", street, "group"),
        group_name=pl.format("{}{}", "group_name", pl.when(street > 0).then(street.cast(pl.String)).otherwise(pl.lit(""))),
        message_id=pl.format("m{}", "number"),
        sent_at=pl.lit(MONDAY) + pl.duration(seconds="at"),
        precision=pl.lit("s"),
        sender_id=pl.format("u{}-{}", street, "sender"),
        sender_name="name",
        sender_card="card",
        kind="kind",
        text="text",
        mentions=pl.lit([], dtype=pl.List(pl.String)),
        mention_all=pl.col("text").str.contains("@所有人", literal=True),
        reply_to=pl.lit(None, dtype=pl.String),
        attachments=pl.lit([], dtype=pl.List(pl.String)),
        recalled=pl.lit(False),
        file=pl.lit("scale.jsonl"),
        line=pl.col("number") + 1,
        source=pl.lit("chatlab_jsonl"),
    )
    return known.cast(pl.Schema(MESSAGES)).sort("sent_at", "line")


def write_scale(frame: pl.DataFrame, folder: Path) -> list[Path]:
    """Write a table of messages as ChatLab JSON lines, one file a group; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = frame.sort("group_id", maintain_order=True)
    rows = ordered.select(*_message()).write_ndjson().split("\n")
    heads = ordered.group_by("group_id", maintain_order=True).agg(pl.first("group_name", "platform", "chat"), pl.len())
    paths, start = [], 0
    for group_id, name, platform, chat, count in heads.iter_rows():
        meta = {"name": name, "platform": platform, "type": chat, "groupId": group_id}
        head = orjson.dumps({"_type": "header", "chatlab": {"version": "0.0.2", "exportedAt": EXPORTED}, "meta": meta})
        paths.append(folder / f"{group_id}.jsonl")
        paths[-1].write_bytes(head + b"\n" + "\n".join([*rows[start : start + count], ""]).encode())
        start += count
    return paths


def _message() -> list[pl.Expr]:
    return [
        pl.lit("message").alias("_type"),
        pl.col("sender_id").alias("sender"),
        pl.col("sender_name").alias("accountName"),
        pl.col("sender_card").alias("groupNickname"),
        (pl.col("sent_at").dt.timestamp("ms") // 1000).alias("timestamp"),
        pl.col("kind").replace_strict(TYPES, default=99, return_dtype=pl.Int64).alias("type"),
        pl.col("text").alias("content"),
        pl.col("message_id").alias("platformMessageId"),
    ]
