"""The register of persons beside the accounts: each row is one person, and no two of them are ever joined into one.

An account goes to the row it has the surest key in common with; where two rows are as sure, to neither. Accounts joined to an account
of somebody's are that person's, too; what would join two persons of the register joins nobody, and stands in the list as not joined.
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


def apart(found: pl.DataFrame) -> pl.DataFrame:
    """Take JOINS; return them with `joined` false where it would make two rows of the register one person."""
    if not found["a"].str.starts_with(ROW).any():
        return found
    owner = _owners(found.filter("joined"))
    whose = found.join(owner.rename({"node": "a", "owner": "of_a"}), on="a", how="left", maintain_order="left")
    whose = whose.join(owner.rename({"node": "b", "owner": "of_b"}), on="b", how="left", maintain_order="left")
    direct = pl.col("a").str.starts_with(ROW)
    left = pl.when(direct).then("a").otherwise("of_a")
    kept = pl.when(direct).then(left.eq_missing(pl.col("of_b"))).otherwise((left == pl.col("of_b")).fill_null(value=True))
    return whose.with_columns(joined=pl.col("joined") & kept).select(found.columns)


def _owners(joined: pl.DataFrame) -> pl.DataFrame:
    """Return `node`, `owner`: the accounts that are somebody's, directly or by way of others."""
    direct = joined.filter(pl.col("a").str.starts_with(ROW))
    surest = direct.filter(pl.col("score") == pl.col("score").max().over("b"))
    owner = surest.filter(pl.len().over("b") == 1).select(node="b", owner="a")
    doubtful = direct.select(node="b").unique().join(owner, on="node", how="anti")
    rest = joined.filter(~pl.col("a").str.starts_with(ROW))
    both = pl.concat([rest.select("a", "b", "score"), rest.select(a="b", b="a", score="score")])
    both = both.join(doubtful, left_on="b", right_on="node", how="anti")
    while True:
        reached = both.join(owner, left_on="a", right_on="node").join(owner.select(b="node"), on="b", how="anti")
        if reached.is_empty():
            return owner
        best = reached.sort("score", "owner", descending=[True, False]).unique("b", keep="first", maintain_order=True)
        owner = pl.concat([owner, best.select(node="b", owner="owner")])
