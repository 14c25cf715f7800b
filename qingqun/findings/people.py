"""Which accounts are one person: joined by keys, each join scored, listed to be confirmed, undone by a decision.

A key is what two accounts have in common: a staff number, a telephone number, or a full name with the unit on the group card (群名片) or
of the group. Accounts are put in order by key and joined to the first of their key; nothing is ever compared pairwise. A name of which
one platform has two accounts joins nobody. What an office has decided goes before every key.
"""

from dataclasses import dataclass, field
from hashlib import sha256

import polars as pl

from qingqun.findings.roster import FULL_NAME, SEPARATOR, keyed

STAFF, PHONE, ACCOUNT, CARD, GROUP, NAME = "staff", "phone", "account", "card", "group", "name"
SCORES = {STAFF: 0.98, PHONE: 0.95, ACCOUNT: 0.95, CARD: 0.9, GROUP: 0.7, NAME: 0.5}
"""How sure a join is, by its key: the first a number that one person has, the last a full name that nobody else on its platform has."""
UNIQUE = (CARD, GROUP, NAME)  # keys that two people may share
_MOBILE = "(?:^|[^0-9])(1[3-9][0-9]{9})(?:[^0-9]|$)"
_STAFF = "(?:工号|编号|职工号)[:： ]*([A-Za-z]{0,3}[0-9]{3,12})"
_OWN = ("wecom", "dingtalk", "feishu", "zhezhengding", "lanxin", "welink")  # an office's own platforms, whose ids the office gives
_WORD = "([\u4e00-\u9fff]{2,20})[ _—·|/-]+([\u4e00-\u9fff]{2,4})$"  # 三里社区 李敏

JOINS = pl.Schema(
    {
        "id": pl.String(),  # the same for the same two accounts in every audit
        "a": pl.String(),
        "b": pl.String(),
        "by": pl.String(),  # of SCORES
        "score": pl.Float64(),
        "joined": pl.Boolean(),
    }
)
DECISIONS = pl.Schema({"id": pl.String(), "joined": pl.Boolean(), "by": pl.String(), "on": pl.Date()})


@dataclass(frozen=True, slots=True)
class People:
    """Accounts with their `person` (platform, id, name, person) and the JOINS that made them so."""

    accounts: pl.DataFrame
    joins: pl.DataFrame = field(default_factory=JOINS.to_frame)


def people(messages: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, decisions: pl.DataFrame | None = None) -> People:
    """Take MESSAGES, MEMBERSHIPS, the ROSTER and what was decided (DECISIONS); return who is who."""
    nodes = _nodes(messages, memberships, roster)
    found = _joins(_keys(nodes))
    decided = found.join((DECISIONS.to_frame() if decisions is None else decisions).select("id", said="joined"), on="id", how="left")
    joins = decided.with_columns(joined=pl.coalesce("said", "joined")).drop("said").select(JOINS.names())
    apart = joins.group_by("id").agg(pl.col("joined").all()).filter("joined")  # one decision undoes every key the two share
    standing = joins.join(apart, on="id", how="semi").select("a", "b")
    accounts = nodes.select("node", "platform", "id", "name", "said").unique(maintain_order=True)
    return People(
        accounts.join(_persons(accounts, standing), on="node", maintain_order="left").drop("node", "id").rename({"said": "id"}), joins
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


def _keys(nodes: pl.DataFrame) -> pl.DataFrame:
    """Return (node, platform, by, value): everything an account could be known by."""
    said = pl.concat_str(pl.col("card", "name", "id").fill_null(""), separator=" ")
    own = pl.col("platform").is_in(_OWN) & pl.col("id").str.contains("^[A-Za-z]{0,3}[0-9]{3,12}$")
    parted = pl.col("card").str.extract_groups(_WORD)
    spoken = parted.struct[1]
    full = pl.when(pl.col("name").str.contains(FULL_NAME)).then("name")
    named = pl.coalesce(spoken, full)
    given = pl.when(own & ~pl.col("id").str.contains(_MOBILE)).then("id")
    values = {
        STAFF: pl.coalesce(pl.col("card").str.extract(_STAFF), given),
        ACCOUNT: pl.concat_str(given, named, separator=SEPARATOR),
        PHONE: said.str.extract(_MOBILE),
        CARD: pl.concat_str(parted.struct[0], spoken, separator=SEPARATOR),
        GROUP: pl.concat_str("unit", named, separator=SEPARATOR),
        NAME: full,
    }
    parts = [nodes.select("node", "platform", by=pl.lit(by), value=value).drop_nulls("value") for by, value in values.items()]
    # whoever writes a unit on the card is met by those who are in that unit's groups, too
    met = nodes.select("node", "platform", by=pl.lit(GROUP), value=values[CARD]).drop_nulls("value")
    stated = nodes.select(value=pl.col("card").str.extract(_STAFF)).drop_nulls().unique()
    numbers = parts[0].join(stated, on="value", how="semi")  # two offices may give one account name to two people
    return pl.concat([numbers, *parts[1:], met]).unique()


def _joins(keys: pl.DataFrame) -> pl.DataFrame:
    """Join every account to the first of its key: the JOINS, the surest first."""
    sizes = pl.col("node").n_unique().over("by", "value", "platform")
    alone = keys.with_columns(crowd=sizes.max().over("by", "value")).filter((pl.col("crowd") == 1) | ~pl.col("by").is_in(UNIQUE))
    first = alone.with_columns(first=pl.col("node").min().over("by", "value")).filter(pl.col("node") != pl.col("first"))
    scored = first.select(a="first", b="node", by="by", score=pl.col("by").replace_strict(SCORES, return_dtype=pl.Float64))
    best = scored.sort("score", "a", "b", descending=[True, False, False]).unique(["a", "b"], keep="first", maintain_order=True)
    ids = [sha256(f"{a}\n{b}".encode()).hexdigest()[:10] for a, b in best.select("a", "b").iter_rows()]
    return best.with_columns(id=pl.Series(ids, dtype=pl.String), joined=pl.lit(value=True)).select(JOINS.names())


def _persons(accounts: pl.DataFrame, joins: pl.DataFrame) -> pl.DataFrame:
    """Number the connected accounts: each takes the smallest number among those it is joined to, until nothing changes."""
    numbered = accounts.select("node").unique(maintain_order=True).with_row_index("person")
    both = pl.concat([joins.select("a", "b"), joins.select(a="b", b="a")])
    while True:
        near = both.join(numbered, left_on="b", right_on="node").group_by("a").agg(pl.col("person").min().alias("near"))
        lower = numbered.join(near, left_on="node", right_on="a", how="left", maintain_order="left")
        moved = lower.with_columns(person=pl.min_horizontal("person", "near")).drop("near")
        if moved["person"].equals(numbered["person"]):
            return moved
        numbered = moved


def placed(frame: pl.DataFrame, found: People, number: str, name: str) -> pl.DataFrame:
    """Add `person` to messages or memberships, whose columns of account id and name are `number` and `name`."""
    known = found.accounts.unique(["platform", "id", "name"]).rename({"id": number, "name": name})
    return frame.join(known, on=["platform", number, name], how="left", nulls_equal=True, maintain_order="left")
