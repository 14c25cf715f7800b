"""A register of groups to facts, at a day of inspection; what the chats know better than the register comes from the chats.

A group is found in the chats by its platform and id, or by its name where either side has no id.
"""

from datetime import date

import polars as pl

from qingqun.enrich.cell import known
from qingqun.enrich.habits import habits, talk
from qingqun.enrich.overlap import overlaps
from qingqun.enrich.owners import nicknames, owner_is_junior
from qingqun.enrich.strangers import strangers
from qingqun.words import SHANGHAI, GroupKind, Kind

_EMPTY = {Kind.EMOJI, Kind.RED_PACKET, Kind.TRANSFER, Kind.POKE, Kind.CALL, Kind.SYSTEM, Kind.RECALL, Kind.OTHER}
SUBSTANCE = tuple(kind.value for kind in Kind if kind not in _EMPTY)
_NOBODY = ("", "无", "暂无", "没有", "未定", "待定", "不详", "-", "/", "—")
_MACHINES = ("机器人", "系统消息", "系统提示", "小助手")
_CLOSING = r"[本此该]群[^。！!？?\n]{0,20}(?:解散|注销|停用|清理|关闭)"  # a warning that the group will end keeps no group alive
AGE = ("created", "file", "line")


def groups(register: pl.DataFrame, messages: pl.DataFrame, memberships: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add one column per fact of facts/groups.py.

    In: GROUPS, MESSAGES (with `is_receipt` where labelled), MEMBERSHIPS (with `person` where accounts were joined), the day.
    Out: the register in its own order, with the facts, `group` (its place, from 0) and `overlap_with` (the name of the earlier group);
    then the groups that only the chats show, of which nothing else is known. What is later than the day is left out. A register
    without a group stays an empty table.
    """
    numbered = register.with_row_index("group").with_columns(pl.col("group").cast(pl.Int64))
    used = _used(messages, on)
    frame = numbered.join(_found(numbered, used, ("last_word", "first_seen")), on="group", how="left", maintain_order="left")
    frame = _dated(frame, on)
    people = _members(numbered, memberships, *(["person"] if "person" in memberships.columns else []))
    for more in (
        _mains(frame),
        overlaps(frame, people),
        nicknames(_members(numbered, memberships, "card")),
        habits(frame, _linked(numbered, talk(messages, on)), on),
    ):
        frame = frame.join(more, on="group", how="left", maintain_order="left")
    return pl.concat([frame, strangers(register, messages, on)], how="diagonal")


def _used(messages: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return, for each group of the chats, the day of its first line and of the last human message with content."""
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    receipt = pl.col("is_receipt") if "is_receipt" in messages.columns else pl.lit(value=False)
    human = pl.col("kind").is_in(SUBSTANCE) & ~pl.col("sender_name").str.contains_any(list(_MACHINES)) & ~receipt
    content = human & (pl.col("text").str.strip_chars() != "") & ~pl.col("text").str.contains(_CLOSING)
    return (
        messages.lazy()
        .filter(day <= on)
        .group_by("platform", "group_id", "group_name")
        .agg(last_word=day.filter(content).max(), first_seen=day.min())
        .collect()
    )


def _found(register: pl.DataFrame, seen: pl.DataFrame, values: tuple[str, ...]) -> pl.DataFrame:
    """Bring values of the chats' groups to the register's, by id or else by name; the later value of several."""
    return _linked(register, seen).group_by("group").agg(pl.col(values[0]).max(), pl.col(values[1]).min())


def _linked(register: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Join rows that have platform, group_id and group_name with the register's groups, each row at most once per group."""
    keys = register.select("group", "platform", "group_id", "name")
    by_id = keys.filter(pl.col("group_id").is_not_null()).join(
        seen, left_on=["platform", "group_id"], right_on=["platform", "group_id"], how="inner"
    )
    rest = seen.filter(pl.col("group_id").is_null()) if keys["group_id"].null_count() == 0 else seen
    named = keys.join(rest, left_on="name", right_on="group_name", how="inner", suffix="_seen")
    named = named.filter(
        pl.col("platform").is_null() | (pl.col("platform") == pl.col("platform_seen")),
        pl.col("group_id").is_null() | pl.col("group_id_seen").is_null(),
    )
    values = [name for name in seen.columns if name not in {"platform", "group_id", "group_name"}]
    return pl.concat([by_id.select("group", *values), named.select("group", *values)])


def _dated(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Facts of days and of the owner."""
    last = pl.max_horizontal("last_word", pl.when(pl.col("last_active") <= on).then("last_active"))
    seen = pl.when(pl.col("first_seen").is_not_null()).then(pl.lit(value=False))
    named = ~pl.col("owner").str.strip_chars().is_in(_NOBODY).fill_null(value=True)
    return frame.with_columns(
        is_disbanded=(pl.col("disbanded") <= on).fill_null(value=False),
        is_registered=pl.lit(value=True),
        owner_is_junior=owner_is_junior(),
        has_security=known("security"),
        has_owner=named | (pl.col("managers").list.len() > 0).fill_null(value=False),
        days_past_end=pl.when(pl.col("task_ends") < on).then((on - pl.col("task_ends")).dt.total_days()),
        days_old=(on - pl.min_horizontal("created", "first_seen")).dt.total_days(),
        ever_used=pl.when(last.is_not_null()).then(pl.lit(value=True)).otherwise(seen),
        days_silent=(on - last).dt.total_days(),
    ).drop("last_word", "first_seen")


def _mains(frame: pl.DataFrame) -> pl.DataFrame:
    """Number the kept main groups of each unit by age: how many stood before this one."""
    kept = frame.filter((pl.col("kind") == GroupKind.MAIN.value) & ~pl.col("is_disbanded") & pl.col("unit").is_not_null())
    return kept.sort(*AGE, nulls_last=True).select("group", main_groups_before=pl.int_range(pl.len(), dtype=pl.Int64).over("unit"))


def _members(register: pl.DataFrame, memberships: pl.DataFrame, *first: str) -> pl.DataFrame:
    """Return (group, person) pairs; people are told apart by name, because ids differ from platform to platform.

    `first` names columns that are taken before the name: who an account was found to be, or what the group itself shows of a member.
    """
    texts = [pl.col(name).cast(pl.String) for name in (*first, "person_name")]
    shown = [pl.when(text.str.strip_chars() != "").then(text) for text in texts]
    person = pl.coalesce(*shown, "person_id")
    return _linked(register, memberships.select("platform", "group_id", "group_name", person=person)).drop_nulls().unique()
