"""A register of public accounts to facts, at a day of inspection."""

from datetime import date

import polars as pl

from qingqun.enrich.cell import known
from qingqun.enrich.level import is_department, level_of
from qingqun.enrich.normal import normalise

AGE = ("created", "file", "line")
_DENIED = r"(?:不|无|没有|禁止|杜绝)[^,;。!?\n()]*"
_AMUSING = "明星|八卦|追剧|影视(?:剧|资讯|推荐)|游戏|星座|情感|段子|搞笑|网红|娱乐|美妆|穿搭|养生偏方|鸡汤|探店|抽奖|福利社"
_SELLING = "带货|商业广告|广告推广|产品推广|商品|电商|团购|理财|彩票|房产销售|楼盘|微商|代购|付费"


def accounts(register: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add one column per fact of facts/accounts.py. In: ACCOUNTS and the day. Out: the register in its own order with `account`."""
    frame = register.with_row_index("account").with_columns(
        pl.col("account").cast(pl.Int64),
        is_closed=(pl.col("closed") <= on).fill_null(value=False),
        days_since_post=pl.when(pl.col("last_post") <= on).then((on - pl.col("last_post")).dt.total_days()),
        unit_level=level_of("unit"),
        is_department=is_department("unit"),
        off_topic=_off_topic(register["content"]),
        is_reviewed="reviewed",
        is_interactive="interactive",
        has_badge="badge",
        has_security=known("security"),
    )
    kept = frame.filter(~pl.col("is_closed")).drop_nulls(["unit", "platform"]).sort(*AGE, nulls_last=True)
    before = kept.select("account", accounts_before=pl.int_range(pl.len(), dtype=pl.Int64).over("unit", "platform"))
    return frame.join(before, on="account", how="left", maintain_order="left")


def _off_topic(content: pl.Series) -> pl.Series:
    """Say whether what an account publishes amuses or sells; null where nothing is written."""
    return normalise(content).str.replace_all(_DENIED, "").str.contains(f"{_AMUSING}|{_SELLING}")
