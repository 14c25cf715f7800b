"""Deadlines for columns of messages: texts are read once each, only where a time cue stands in them."""

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.cores import beside
from qingqun.enrich.deadline.inert import skeletons
from qingqun.enrich.deadline.parse import ITEM, SPACED, parse
from qingqun.enrich.deadline.read import START
from qingqun.enrich.deadline.resolve import earliest
from qingqun.enrich.deadline.spec import Due
from qingqun.enrich.normal import normalise
from qingqun.words import MOMENT, SHANGHAI

# A text without one of these names no moment at all.
CUE = (
    r"[0-9〇零一二两三四五六七八九十廿半](?:[日号点时:月/.年-]|[0-9]:|个?半?个?(?:小时|钟头|分钟|刻钟|工作日|天|周|星期|月))"
    r"|今|明[天日儿早晚晨]|后天|当[天日]|周|星期|礼拜|月[底末内]|年[底末终内]|季度|上午|中午|下午|午前|晚|夜|一早|下班|放学|收工|午[饭餐休]|节|假|元旦|除夕|清明|五一|端午|中秋|国庆|十一|营业结束|太阳[落下]|日落|[三六七八][一八]|五四|[0-9]月[0-9]|此前|此之前|睡|天黑|晌|日终"
)
BATCH = 4096  # texts weighed at once


def deadlines(texts: pl.Series, sent_at: pl.Series, hours: Hours) -> pl.Series:
    """Return for each message the moment by which it asks something to be done, or null.

    Args:
        texts: the messages as read; nulls give nulls.
        sent_at: when each was sent, aware moments (a naive column counts as UTC).
        hours: the unit's hours: its closing hour is 下班, its calendar counts working days.

    Returns:
        A column of MOMENT named deadline.
    """
    frame = pl.DataFrame({"text": texts, "sent_at": sent_at}).with_row_index("row")
    distinct = frame.select(pl.col("text").unique().drop_nulls())["text"]
    normal = readable(distinct)
    cued = normal.str.contains(CUE) & normal.str.contains(START)
    shape = skeletons(normal.filter(cued))
    read = _read(shape.unique().to_list())
    parsed = zip(distinct.filter(cued).to_list(), map(read.__getitem__, shape.to_list()), strict=True)
    return _resolved(frame, {text: dues for text, dues in parsed if dues}, hours)


def readable(texts: pl.Series) -> pl.Series:
    """Return texts as this room reads them: normalised, items apart from the hours behind them, hours without spaces."""
    return normalise(texts.str.replace_all(ITEM, ";")).str.replace_all(SPACED, "${1}:${2}")


def _read(texts: list[str]) -> dict[str, tuple[Due, ...]]:
    parts = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    return {text: dues for part, read in zip(parts, beside(parse, parts), strict=True) for text, dues in zip(part, read, strict=True)}


def _resolved(frame: pl.DataFrame, parsed: dict[str, tuple[Due, ...]], hours: Hours) -> pl.Series:
    rows = frame.filter(pl.col("text").is_in(pl.Series(list(parsed), dtype=pl.String).implode()) & pl.col("sent_at").is_not_null())
    keys = rows.select("text", "sent_at").unique()
    sent = keys["sent_at"].cast(MOMENT).dt.convert_time_zone(SHANGHAI).to_list()
    found = [earliest(parsed[text], at, hours) for text, at in zip(keys["text"].to_list(), sent, strict=True)]
    due = keys.with_columns(deadline=pl.Series(found, dtype=pl.Datetime("ms", SHANGHAI)).cast(MOMENT))
    return frame.join(due, on=["text", "sent_at"], how="left", maintain_order="left")["deadline"]
