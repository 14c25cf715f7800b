"""What reading costs: the one formula for minutes, and its words. All three numbers are product defaults (产品默认), no text gives them."""

import polars as pl

from qingqun.i18n import _

CHARACTERS_PER_MINUTE = 400  # quiet reading of Chinese
SECONDS_PER_PING = 3  # looking at the phone and away again
SECONDS_PER_REPLY = 20  # finding the group, typing 收到


def minutes(characters: pl.Expr, replies: pl.Expr, pings: pl.Expr | int = 1) -> pl.Expr:
    """Return the estimated minutes for one reader."""
    return characters / CHARACTERS_PER_MINUTE + (pings * SECONDS_PER_PING + replies.cast(pl.Int64) * SECONDS_PER_REPLY) / 60


def explained() -> str:
    """Return the formula as a sentence for people, made of the same numbers."""
    return _(
        "估算分钟 = 字数 ÷ {speed} + (消息条数 × {ping} 秒 + 要求回复的条数 × {reply} 秒) ÷ 60。三个参数均为产品默认,没有文件依据。"
    ).format(speed=CHARACTERS_PER_MINUTE, ping=SECONDS_PER_PING, reply=SECONDS_PER_REPLY)
