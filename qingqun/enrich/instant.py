"""Does a demand want its answer at once? Words of haste beside words of answering, on normalised text."""

import polars as pl

_HASTE = (
    "立即|立刻|马上|即刻|即时|实时|第一时间|赶紧|迅速|尽速|抓紧时间|秒回|速回|速复|火速|限时"
    "|[0-9一二两三四五六七八九十半]{1,3} ?(?:分钟|秒)(?:之?内|以内)"
)
_ANSWER = "回复|回应|响应|回话|回我|收到|接龙|报到|应答|答复|扣 ?[0-9]|打卡|签到"
_PATTERN = f"(?:{_HASTE})[^,;。!?\n]{{0,12}}(?:{_ANSWER})|(?:{_ANSWER})[^,;。!?\n]{{0,6}}(?:{_HASTE})|秒回|速回|速复"


def wants_at_once(texts: pl.Series) -> pl.Series:
    """Return yes or no for each normalised text; null counts as no. The dialect is RE2's."""
    return texts.str.contains(_PATTERN).fill_null(value=False).rename("wants_at_once")
