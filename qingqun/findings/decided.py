"""What an office has decided of two accounts: by the number of a join, or, where no key joined them, by the accounts as they are spelled.

An account is spelled as the sheet shows it: its platform, a blank, then its id, its name or its group card; a row of the register of
persons as 人员台账 and the row's words. What names no account, or several, decides nothing and is listed so.
"""

from dataclasses import dataclass

import polars as pl

from qingqun.findings.joins import JOINS, SAID, numbered
from qingqun.findings.roster import SEPARATOR

DECISIONS = pl.Schema(
    {
        "id": pl.String(),  # of the join; null where the two accounts are spelled
        "joined": pl.Boolean(),
        "by": pl.String(),  # who decided
        "on": pl.Date(),  # and when
        "a": pl.String(),  # platform, SEPARATOR, and how the account is spelled
        "b": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """The joins with what was decided, the decisions with the ids of their joins, and those that found nobody."""

    joins: pl.DataFrame
    said: pl.DataFrame
    unfound: pl.DataFrame


def hidden(account: pl.Expr) -> pl.Expr:
    """Show an account as the sheet does: no telephone number in full."""
    phone = account.str.contains("^[0-9]{11}$")
    return pl.when(phone).then(pl.concat_str(account.str.head(3), pl.lit("****"), account.str.tail(2))).otherwise(account)


def decide(joins: pl.DataFrame, nodes: pl.DataFrame, decisions: pl.DataFrame | None) -> Decided:
    """Take JOINS, nodes (node, platform, id, name, card) and DECISIONS, some of whose columns may be missing."""
    if decisions is None or decisions.is_empty():
        return Decided(joins, DECISIONS.to_frame(), DECISIONS.to_frame())
    given = pl.concat([DECISIONS.to_frame(), decisions], how="diagonal")
    known = given.join(joins.select("id"), on="id", how="semi")
    spelled_ = _found(given.join(known.select("id"), on="id", how="anti"), nodes)
    found = spelled_.filter(pl.col("join").is_not_null()).with_columns(id="join")
    said = pl.concat([known, found.select(DECISIONS.names())]).unique("id", keep="last", maintain_order=True)
    fresh = found.join(joins.select("id"), on="id", how="anti").unique("id", keep="last", maintain_order=True)
    made = fresh.select("id", a="node_a", b="node_b", by=pl.lit(SAID), score=pl.lit(1.0), joined="joined")
    both = pl.concat([joins, made.select(JOINS.names())]).join(said.select("id", word="joined"), on="id", how="left", maintain_order="left")
    decided = both.with_columns(joined=pl.coalesce("word", "joined")).drop("word")
    return Decided(decided, said, spelled_.filter(pl.col("join").is_null()).select(DECISIONS.names()))


def _found(given: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    """Add `node_a`, `node_b` and `join`, the id of their join, to decisions; null where one was not found, or several were."""
    spelling = _spellings(nodes)
    rows = []
    for row in given.iter_rows(named=True):
        ends = [_meant(spelling, row[end]) for end in ("a", "b")]
        pairs = {(min(a, b), max(a, b)) for a in ends[0] for b in ends[1] if a != b}
        fitting = [pair for pair in pairs if row["id"] in (None, numbered(*pair))]
        a, b = fitting[0] if len(fitting) == 1 else (None, None)
        rows.append(row | {"node_a": a, "node_b": b, "join": numbered(a, b) if a and b else None})
    return pl.DataFrame(rows, schema={**DECISIONS, "node_a": pl.String, "node_b": pl.String, "join": pl.String})


def _spellings(nodes: pl.DataFrame) -> pl.DataFrame:
    """Return `platform`, `said`, `rank`, `node`: every way an account may be spelled, the surest first."""
    account = pl.col("node").str.split_exact(SEPARATOR, 1).struct[1]
    ways = [account, hidden(account), pl.col("name"), pl.col("card")]
    parts = [nodes.select("platform", said=way, rank=pl.lit(max(rank, 1)), node="node") for rank, way in enumerate(ways)]
    return pl.concat(parts).drop_nulls("said").unique()


def _meant(spelling: pl.DataFrame, said: str | None) -> list[str]:
    """Return the accounts that a spelling means: by id if there are such, else by name, else by card."""
    platform, _blank, account = (said or "").partition(SEPARATOR)
    found = spelling.filter((pl.col("platform") == platform) & (pl.col("said") == account))
    return found.filter(pl.col("rank") == pl.col("rank").min())["node"].unique().sort().to_list()


def spelled(platform: str, account: str) -> str:
    """Return an account as DECISIONS holds it; for a row of the register of persons, payroll.ROW is the platform."""
    return f"{platform}{SEPARATOR}{account}"
