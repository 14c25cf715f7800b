"""Admission: only what was said in a group enters; what the format cannot tell, the user states."""

import re

import polars as pl

from qingqun.i18n import _
from qingqun.intake.stated import OWN, Stated
from qingqun.words import PROBLEMS, Chat, Kind

UNKNOWN_PLATFORM = "unknown"
_COLUMNS = {"{sender}": "sender_name", "{peer}": "group_name", "{file}": "file"}
_NONE = PROBLEMS.to_frame()
_IN_GROUP = (pl.col("chat") == Chat.GROUP) & (pl.coalesce("group_id", "group_name").fill_null("").str.strip_chars() != "")
_SLOT = re.compile(r"(\{[a-z]+\})")


def state(messages: pl.DataFrame, file: str, stated: Stated) -> pl.DataFrame:
    """Return the messages with what the user states about them: the group where it is unknown, the platform, names for ids."""
    told = [*_stated_group(stated.group_of(file)), *_stated_platform(stated.platform)]
    placed = messages.with_columns(told) if told else messages
    return placed.with_columns(names) if (names := _stated_names(stated)) else placed


def _stated_group(group: str | None) -> list[pl.Expr]:
    if group is None:
        return []
    unknown = pl.col("chat") == Chat.UNKNOWN
    return [
        pl.when(unknown).then(pl.lit(group)).otherwise("group_name").alias("group_name"),
        pl.when(unknown).then(pl.lit(Chat.GROUP.value)).otherwise("chat").alias("chat"),
    ]


def _stated_platform(platform: str | None) -> list[pl.Expr]:
    if platform is None:
        return []
    return [pl.when(pl.col("platform") == UNKNOWN_PLATFORM).then(pl.lit(platform)).otherwise("platform").alias("platform")]


def _stated_names(stated: Stated) -> list[pl.Expr]:
    if not stated.groups:
        return []
    named = pl.col("group_id").replace_strict(dict(stated.groups), default=None, return_dtype=pl.String())
    return [pl.coalesce(named, "group_name").alias("group_name")]


def name_only_room(messages: pl.DataFrame, name: str | None) -> pl.DataFrame:
    """Name the one group of which only the id is known by what the user stated without saying of which; of several, none."""
    bare = (pl.col("chat") == Chat.GROUP) & (pl.col("group_name").is_null() | (pl.col("group_name") == pl.col("group_id")))
    if name is None or messages.filter(bare)["group_id"].n_unique() != 1:
        return messages
    return messages.with_columns(group_name=pl.when(bare).then(pl.lit(name)).otherwise("group_name"))


def unused(stated: Stated, messages: pl.DataFrame) -> tuple[str, ...]:
    """Return what the user stated of groups, as it was typed, that is the name of no group now."""
    names = set(messages["group_name"].unique()) | ({OWN} if messages.height else set())
    pairs = [(f"{key}={name}", name) for key, name in stated.groups.items()]
    bare = [(stated.default_group, stated.default_group)] if stated.default_group else []
    return tuple(typed for typed, name in [*pairs, *bare] if name not in names)


def admit(messages: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the messages said in groups, and one problem for each other message."""
    admitted = messages.select(_IN_GROUP).to_series().fill_null(value=False)
    if admitted.all():
        return messages, _NONE
    refused = messages.filter(~admitted)
    return messages.filter(admitted), refused.select("file", "line", code=_code(), reason=_reason())


def _code() -> pl.Expr:
    return pl.when(pl.col("chat") == Chat.PRIVATE).then(pl.lit("private_chat")).otherwise(pl.lit("group_unknown"))


def _reason() -> pl.Expr:
    private = pl.col("chat") == Chat.PRIVATE
    nowhere = private & (pl.col("kind") == Kind.SYSTEM) & pl.col("group_name").is_null()
    return (
        pl.when(nowhere)
        .then(_fill(_("{sender} 的系统记录：不属于任何群，未导入")))
        .when(private & pl.col("group_name").is_null())
        .then(_fill(_("单聊 {sender}：不导入私人聊天")))
        .when(private)
        .then(_fill(_("单聊 {sender} → {peer}：不导入私人聊天")))
        .otherwise(_fill(_("看不出 {sender} 的消息在哪个群：请用 --group 说明文件 {file} 的群名")))
    )


def _fill(template: str) -> pl.Expr:
    pieces = _SLOT.split(template)
    return pl.concat_str([pl.col(_COLUMNS[piece]).fill_null("") if piece in _COLUMNS else pl.lit(piece) for piece in pieces])
