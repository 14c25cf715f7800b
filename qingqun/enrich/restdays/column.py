"""The fact for a column: texts are read once each, and only where they may name a day off of the unit's calendar."""

from datetime import date, timedelta

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.column import readable
from qingqun.enrich.deadline.inert import skeletons
from qingqun.enrich.restdays.orders import orders
from qingqun.enrich.restdays.when import rests
from qingqun.enrich.restdays.words import CUE
from qingqun.words import SHANGHAI

_ALWAYS = (
    "(?:周|星期|礼拜)[六日天末6]|双休|休息日|公休|节假|假期|长假|假日|停休|休假|元旦|春节|除夕|过年|清明|五一|劳动节|端午|中秋|国庆|十一"
    "|[一二三四五六七八九十][日号]|[0-9][/.-][0-9]|20[0-9]{2}年|[明来]年"
)
_NEAR = "[今明次当][天日早晚晨]|明后|后天"
_DATE = "(?:[0-9]{1,2}月份?)?[0-9]+[日号]|[0-9]{1,2}月份?[0-9]{1,2}"
_NAMED = f"{_ALWAYS}|{_NEAR}|[0-9][日号月]"
_HOUR = r"(?:\([^()]{1,8}\))?(?:[上下中]午|[早晚]上?)?(?:[0-9]{1,2}(?::[0-9]{2}|[点时](?:半|[0-9]{1,2}分?)?)|下班)?"
_TILL = f"(?:(?:周|星期|礼拜)[六日天末6]|{_DATE}|{_NEAR}){_HOUR}(?:之?前|以前|截止|为止)"
_ARRIVAL = "(?:之?前|以前)((?:务必|准时|必须|统一|全部|都|请)?(?:到|赶到|抵达|集合|报到|在))"  # to be there before an hour is to be there
_AHEAD = 190  # days: a date without a year lies no further off


def may_rest(plain: pl.Series) -> pl.Series:
    """Return, for normalised texts, whether one names a time that may be a day off, and something to do. The dialect is RE2's."""
    return (plain.str.contains(_NAMED) & plain.str.contains(CUE)).fill_null(value=False).rename("may_rest")


def works_on_rest_day(frame: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Replace `may_rest` by `works_on_rest_day`: readers are told to do something on a day the unit is off.

    In: `text_no`, `text`, `sent_at`, and `may_rest`, null counting as no.
    """
    said = frame.select("text_no", "sent_at", "may_rest").filter("may_rest").drop("may_rest")
    said = said.with_columns(day=pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date())
    free = _free(said["day"], hours)
    texts = frame.lazy().filter("may_rest").select("text_no", "text").unique("text_no").collect()
    near = pl.any_horizontal(pl.col("day").dt.offset_by(f"{ahead}d").is_in(free.implode()) for ahead in range(3))
    asked = said.join(_named(texts, free), on="text_no").filter(pl.col("far") | near).unique(["text_no", "sent_at"])
    placed = frame.select("text_no", "sent_at").join(_rested(asked, hours), on=["text_no", "sent_at"], how="left", maintain_order="left")
    return frame.drop("may_rest").with_columns(placed["works_on_rest_day"].fill_null(value=False))


def _free(days: pl.Series, hours: Hours) -> pl.Series:
    """Return the days off that messages sent on these days may name."""
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return pl.Series([], dtype=pl.Date)
    every = (first + timedelta(days=n) for n in range((last - first).days + _AHEAD))
    return pl.Series([day for day in every if not hours.calendar.works(day)], dtype=pl.Date)


def _named(texts: pl.DataFrame, free: pl.Series) -> pl.DataFrame:
    """Return `text_no`, `plain` and `far` of texts that may name one of the days off; not `far`: by its distance from today alone."""
    plain = readable(texts["text"])
    begins = plain.str.replace_all(_ARRIVAL, "$1").str.replace_all(_TILL, "")
    month, day = free.dt.month().cast(pl.String), free.dt.day().cast(pl.String)
    days = pl.concat([month + "月" + day, day]).unique()
    dated = begins.str.extract_all(_DATE).list.eval(pl.element().str.strip_chars("日号").str.replace("月份", "月").is_in(days.implode()))
    named = texts.select("text_no", plain=plain, far=begins.str.contains(_ALWAYS) | dated.list.any(), near=begins.str.contains(_NEAR))
    return named.filter(pl.col("far") | pl.col("near")).drop("near")


def _rested(asked: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Read each text once, and see for each moment of sending where what it orders falls."""
    texts = asked.select("text_no", "plain").unique("text_no")
    asked = asked.drop("plain").join(texts.select("text_no", shape=skeletons(texts["plain"])), on="text_no")
    read = {text: told for text in asked["shape"].unique().to_list() if (told := orders(text))}
    keys = asked.filter(pl.col("shape").is_in(pl.Series(list(read), dtype=pl.String).implode())).select("text_no", "sent_at", "shape")
    sent = keys["sent_at"].dt.convert_time_zone(SHANGHAI).to_list()
    found = [any(rests(one, at, hours) for one in read[shape]) for shape, at in zip(keys["shape"].to_list(), sent, strict=True)]
    return keys.select("text_no", "sent_at").with_columns(works_on_rest_day=pl.Series(found, dtype=pl.Boolean))
