"""Where labels bear on each other, it is said here and nowhere else."""

import polars as pl

from qingqun.enrich.labels.label import THRESHOLD

# A text that asks, shames, presses or warns is about work and tells several people; only these rules make labels depend on each other.
_ORDERS = ("reply_demand", "shaming", "forced_promotion", "assessed_promotion", "photo_proof")

# A ranking is told to friends as it is told to the group; only what asks somebody for something is no order among friends.
_ASKS = tuple(name for name in _ORDERS if name != "assessed_promotion")

_PRIVATE = 0.05


def settle(found: pl.DataFrame) -> pl.DataFrame:
    """Make the labels of each text agree.

    A receipt stands alone, and is none where an answer is asked for at least as surely.
    An order is a notice; praise of leaders is a notice only with an order; a notice or such praise is work.
    """
    found = _not_in_private(found)
    asking = pl.col("is_reply_demand") & (pl.col("score_reply_demand") >= pl.col("score_receipt"))  # 请立即回复收到 ends as an answer does
    alone = pl.col("is_receipt") & ~pl.col("is_emergency") & ~asking
    orders = pl.any_horizontal(f"is_{name}" for name in _ORDERS)
    told = pl.col("is_notice") & (pl.col("score_work") >= THRESHOLD) & ~pl.col("is_leader_publicity")
    notice = (told | orders) & ~alone
    work = (pl.col("is_work") | notice | pl.col("is_leader_publicity")) & ~alone
    others = {name: pl.col(name) & ~alone for name in found.columns if name.startswith("is_") and name != "is_receipt"}
    return found.with_columns(**{**others, "is_receipt": alone, "is_notice": notice, "is_work": work})


def _not_in_private(found: pl.DataFrame) -> pl.DataFrame:
    """Friends who chat order nobody about: what is plainly private carries none of the bad kinds."""
    private = pl.col("score_work") < _PRIVATE
    return found.with_columns(*((pl.col(f"is_{name}") & ~private).alias(f"is_{name}") for name in _ASKS))
