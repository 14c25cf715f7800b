"""Which accounts are one person: joined by keys, each join scored, listed to be confirmed, undone by a decision.

A name of which one platform has two accounts joins nobody; it is proposed. Where there is a register of persons, accounts are joined to
its rows, and two rows stay two persons. What an office has decided goes before every key, and joins what no key has joined.
"""

from dataclasses import dataclass, field

import polars as pl

from qingqun.findings import payroll
from qingqun.findings.apart import components, holding
from qingqun.findings.decided import DECISIONS, decide
from qingqun.findings.joins import JOINS, joins, keys
from qingqun.findings.payroll import ROW
from qingqun.findings.roster import SEPARATOR, keyed
from qingqun.findings.tree import Tree
from qingqun.intake.registers.people import PERSONS


@dataclass(frozen=True, slots=True)
class Office:
    """What an office says of its people: the register of persons (PERSONS), the tree of units, and DECISIONS."""

    persons: pl.DataFrame = field(default_factory=PERSONS.to_frame)
    tree: Tree = field(default_factory=Tree)
    decisions: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Accounts with their `person` (platform, id, name, person) and the JOINS that made them so.

    `said` are the decisions that were applied, `unfound` those that named no account; `homes` (person, unit) is what the register says;
    `met` of its `listed` persons have an account in the exports.
    """

    accounts: pl.DataFrame
    joins: pl.DataFrame = field(default_factory=JOINS.to_frame)
    said: pl.DataFrame = field(default_factory=DECISIONS.to_frame)
    unfound: pl.DataFrame = field(default_factory=DECISIONS.to_frame)
    homes: pl.DataFrame | None = None
    listed: int = 0
    met: int = 0


def people(messages: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, office: Office | None = None) -> People:
    """Take MESSAGES, MEMBERSHIPS, the ROSTER and what the office says; return who is who."""
    office = office or Office()
    nodes, rows = _nodes(messages, memberships, roster), payroll.listed(office.persons)
    theirs = payroll.keys(rows)
    known = pl.concat([keys(nodes, dict(office.tree.named), theirs), theirs])
    everybody = pl.concat([nodes.select("node", "platform", "name", "card"), rows.select("node", platform=pl.lit(ROW))], how="diagonal")
    decided = decide(payroll.sure(joins(known)), everybody, office.decisions)
    standing = holding(decided.joins, decided.said)
    numbered = components(everybody, standing.filter("joined"))
    accounts = nodes.select("node", "platform", "id", "name", "said").unique(maintain_order=True)
    placed_ = accounts.join(numbered, on="node", maintain_order="left")
    owned = rows.select("node", "unit").join(numbered, on="node")
    return People(
        placed_.drop("node", "id").rename({"said": "id"}),
        standing,
        decided.said,
        decided.unfound,
        owned.drop_nulls("unit").select("person", "unit").unique("person", maintain_order=True) if len(rows) else None,
        len(rows),
        owned.join(placed_, on="person", how="semi").height,
    )


def _nodes(messages: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame) -> pl.DataFrame:
    """One row an account, card and unit of its group: node, platform, id, name, card, unit."""
    units = roster.select("key", "unit")
    parts = (
        (memberships, "person_id", "person_name", "card"),
        (messages.filter(pl.col("kind") != "system"), "sender_id", "sender_name", "sender_card"),
    )
    frames = [keyed(frame).select("key", "platform", id=number, name=name, card=card).unique() for frame, number, name, card in parts]
    node = pl.concat_str(pl.coalesce("platform", pl.lit("")), pl.coalesce("id", "name"), separator=SEPARATOR)
    all_of_them = _numbered(pl.concat(frames).filter(pl.any_horizontal(pl.col("id", "name").is_not_null())))
    known = all_of_them.join(units, on="key", how="left")
    return known.with_columns(node=node).drop("key").unique().sort("node", "name", "card", "unit", nulls_last=True)


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Give who is known by name alone the account of that name, where their platform has just one."""
    only = rows.drop_nulls("id").select("platform", "name", own="id").unique().unique(["platform", "name"], keep="none")
    return rows.join(only, on=["platform", "name"], how="left").with_columns(id=pl.coalesce("id", "own"), said="id").drop("own")


def placed(frame: pl.DataFrame, found: People, number: str, name: str) -> pl.DataFrame:
    """Add `person` to messages or memberships, whose columns of account id and name are `number` and `name`."""
    known = found.accounts.unique(["platform", "id", "name"]).rename({"id": number, "name": name})
    return frame.join(known, on=["platform", number, name], how="left", nulls_equal=True, maintain_order="left")
