"""The register of persons beside the accounts: each row is one person, and no two of them are ever joined into one.

An account goes to the row it has the surest key in common with; where two rows are as sure, to neither. What would join two rows joins
nobody (apart.py), and stands in the list as not joined.
"""

import polars as pl

from qingqun.findings.joins import ACCOUNT, CARD, GROUP, KEYS, NAME, NICK, OWN, PHONE, STAFF
from qingqun.findings.roster import SEPARATOR
from qingqun.intake.registers.people import PERSONS

ROW = "\x01"  # stands for a platform, and before all of them


def listed(persons: pl.DataFrame) -> pl.DataFrame:
    """Return PERSONS with `node`, by which a row is known: unit, name and staff number; the same in every audit."""
    words = pl.concat_str(pl.col("unit", "name", "staff").fill_null(""), separator=" ").str.replace_all(" +", " ").str.strip_chars()
    named = persons.with_columns(words=words).with_columns(again=pl.int_range(pl.len()).over("words"))
    told = pl.when(pl.col("again") > 0).then(pl.format("{} ({})", "words", pl.col("again") + 1)).otherwise("words")
    return named.with_columns(node=pl.concat_str(pl.lit(ROW + SEPARATOR), told)).select("node", *PERSONS.names())


def keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Take rows of `listed`; return KEYS. A number, a telephone or an account of two rows is no key."""
    values = {
        STAFF: pl.col("staff"),
        PHONE: pl.col("phone"),
        ACCOUNT: pl.concat_str("staff", "name", separator=SEPARATOR),
        CARD: pl.concat_str("unit", "name", separator=SEPARATOR),
        GROUP: pl.concat_str("unit", "name", separator=SEPARATOR),
        NAME: pl.col("name"),
    }
    parts = [rows.select("node", platform=pl.lit(ROW), by=pl.lit(by), value=value) for by, value in values.items()]
    accounts = rows.select("node", value="accounts").explode("value", empty_as_null=False)
    parts += [accounts.select("node", platform=pl.lit(ROW), by=pl.lit(by), value="value") for by in (OWN, NICK)]
    every = pl.concat([KEYS.to_frame(), *parts]).drop_nulls("value").unique()
    shared = pl.col("by").is_in([STAFF, PHONE, OWN, ACCOUNT]) & (pl.len().over("by", "value") > 1)
    return every.filter(~shared)


def sure(found: pl.DataFrame) -> pl.DataFrame:
    """Take JOINS; return them with `joined` false where an account could as surely be another row's."""
    direct = found.filter(pl.col("a").str.starts_with(ROW) & pl.col("joined"))
    best = direct.filter(pl.col("score") == pl.col("score").max().over("b"))
    shared = best.filter(pl.len().over("b") > 1).select("b").unique()
    doubtful = direct.join(shared, on="b", how="semi")["id"]
    return found.with_columns(joined=pl.col("joined") & ~pl.col("id").is_in(doubtful.implode()))
