"""A register of government apps to facts, at a day of inspection; who asks to install them, the chats say."""

from datetime import date

import polars as pl

from qingqun.enrich.cell import known
from qingqun.enrich.functions import functions, tokens
from qingqun.enrich.level import level_of
from qingqun.enrich.normal import normalise
from qingqun.words import SHANGHAI

AGE = ("online", "file", "line")
_FREE = "免|不纳入|无需|不需"  # 可以不备案
_INSTALL = "安装|下载|注册|激活|登录|扫码|开通|装好|使用"


def apps(register: pl.DataFrame, messages: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add one column per fact of facts/apps.py. In: APPS, enriched MESSAGES, the day. Out: the register in its own order with `app`.

    What is later than the day is left out.
    """
    frame = register.with_row_index("app").with_columns(pl.col("app").cast(pl.Int64), plain=normalise(register["functions"]))
    frame = _stated(frame.hstack(functions(frame["plain"]).get_columns()), on)
    for more in (_before(frame), _collectors(frame), _likest(frame), _promoted(frame, messages, on)):
        frame = frame.join(more, on="app", how="left", maintain_order="left")
    return frame.drop("plain")


def _stated(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Facts of the row itself."""
    says = {name: known(name) for name in ("filing", "approval", "entry", "security", "special_basis")}
    named = pl.when(pl.col("owner").is_not_null()).then(known("owner") & pl.coalesce("unit", "user_unit").is_not_null())
    return frame.with_columns(
        is_closed=(pl.col("closed") <= on).fill_null(value=False),
        unit_level=pl.coalesce("level", level_of("unit")),
        built_here=pl.col("own").fill_null(value=True),
        is_filed=says["filing"] | pl.col("filing").str.contains(_FREE),
        is_approved=says["approval"],
        online_day=_number("online"),
        today=pl.lit(on.year * 10_000 + on.month * 100 + on.day, pl.Int64),
        has_basis=says["special_basis"].fill_null(value=False),
        in_entry=says["entry"],
        has_complaints="complaints",
        is_usable="usable",
        has_owner=named,
        has_security=says["security"],
        days_since_check=pl.when(pl.col("checked") <= on).then((on - pl.col("checked")).dt.total_days()),
    )


def _number(name: str) -> pl.Expr:
    day = pl.col(name).dt
    return day.year().cast(pl.Int64) * 10_000 + day.month().cast(pl.Int64) * 100 + day.day().cast(pl.Int64)


def _before(frame: pl.DataFrame) -> pl.DataFrame:
    """Number each unit's running apps for staff by age: how many stood before this one."""
    kept = frame.filter(~pl.col("is_closed") & (pl.col("audience") == "staff")).drop_nulls("unit").sort(*AGE, nulls_last=True)
    return kept.select("app", apps_before=pl.int_range(pl.len(), dtype=pl.Int64).over("unit"))


def _collectors(frame: pl.DataFrame) -> pl.DataFrame:
    """Number the running apps in which staff fill in forms, by age: how many stood before this one."""
    kept = frame.filter(~pl.col("is_closed") & (pl.col("audience") == "staff") & pl.col("collects")).sort(*AGE, nulls_last=True)
    return kept.select("app", collectors_before=pl.int_range(pl.len(), dtype=pl.Int64))


def _likest(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the greatest share of functions an app has in common with an earlier running one for the same people."""
    kept = frame.filter(~pl.col("is_closed")).sort(*AGE, nulls_last=True).with_row_index("age")
    has = tokens(kept).join(kept.select("app", "age", "audience"), on="app")
    sizes = has.group_by("app").agg(size=pl.len().cast(pl.Int64))
    both = has.join(has, on="function", suffix="_other").filter(
        pl.col("age_other") < pl.col("age"), pl.col("audience").eq_missing(pl.col("audience_other"))
    )
    shared = both.group_by("app", "app_other").agg(both=pl.len().cast(pl.Int64))
    sized = shared.join(sizes, on="app").join(sizes.rename({"app": "app_other", "size": "size_other"}), on="app_other")
    percent = pl.col("both") * 100 // (pl.col("size") + pl.col("size_other") - pl.col("both"))
    return sized.group_by("app").agg(likeness=percent.max())


def _promoted(frame: pl.DataFrame, messages: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return the last day on which a work group was asked to install or use an app of the register by its name."""
    names = frame.filter(pl.col("name").str.len_chars() > 1)["name"].unique().to_list()
    if not names:
        return pl.DataFrame(schema={"app": pl.Int64, "promoted_day": pl.Int64})
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date().alias("online")
    asks = pl.col("is_forced_promotion") | (pl.col("is_work") & pl.col("text").str.contains(_INSTALL))
    said = messages.filter(asks).select(day, name=pl.col("text").str.extract_many(names, overlapping=True)).filter(pl.col("online") <= on)
    found = said.explode("name", empty_as_null=True, keep_nulls=False).group_by("name").agg(pl.col("online").max())
    return frame.select("app", "name").join(found.select("name", promoted_day=_number("online")), on="name").drop("name")
