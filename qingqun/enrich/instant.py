"""Does a message want its answer at once? Words of haste beside words of answering or handing in, on normalised text."""

import polars as pl

HASTE = (
    "立即|立刻|马上|现在就|即刻|即时|实时|第一时间|赶紧|迅速|尽速|抓紧时间|秒回|速回|速复|火速|限时"
    "|[0-9一二两三四五六七八九十半]{1,3} ?(?:分钟|秒)(?:之?内|以内)"
)
_WITHIN = "(?:[0-9一二两三四五六七八九十]{1,3} ?(?:分钟|秒)|半个?(?:小时|钟头)|一刻钟)(?:之|以)?内"
_ANSWER = "回复|回应|响应|回话|回我|收到|接龙|应答|答复|回[“”\"'「『已个一1]|扣 ?[0-9]|打卡|签到"
_HAND_IN = (
    "发我|发给|发来|发过来|发到|传我|传给|传来|报我|报给|报来|报送|上报|提交|交给|交来|交到|给我|反馈|确认"
    "|交(?:[来到给上齐]|[,;。!]|$)|报[^告警名销废刊道纸到考案]"
)
_IF = "发现|如有|如遇|遇有|遇到|一旦|若有|若遇|出现|有情况|有异常"
_SAME = "[^,;。!?\n]"
_PATTERN = "|".join(
    (
        f"(?:{HASTE}){_SAME}{{0,12}}(?:{_ANSWER}|{_HAND_IN})",
        f"(?:{_ANSWER}){_SAME}{{0,6}}(?:{HASTE})",
        f"{_WITHIN}{_SAME}{{0,12}}[给报发交核确]",
        "秒回|速回|速复",
    )
)
_CONDITION = f"(?:{_IF})[^。!?\n]{{0,20}}(?:{HASTE})"


def wants_at_once(texts: pl.Series) -> pl.Series:
    """Return yes or no for each normalised text; null counts as no. The dialect is RE2's.

    What is to be reported if something happens is no demand.
    """
    wanted = texts.str.contains(_PATTERN) & ~texts.str.contains(_CONDITION)
    return wanted.fill_null(value=False).rename("wants_at_once")
