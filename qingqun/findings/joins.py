"""What two accounts have in common, and how sure that makes it that they are one person's.

A key is a staff number, a telephone number, or a full name with the unit on the group card (群名片) or of the group; where there is a
register of persons, what it says of somebody. Accounts are put in order by key and joined to the first of their key; nothing is ever
compared pairwise, but for the few that share a full name and may be proposed to the office.
"""

from hashlib import sha256

import polars as pl

from qingqun.findings.roster import FULL_NAME, SEPARATOR

OWN, NICK = "own", "nick"  # the register of persons names the account by its id, or by its name on the platform
STAFF, PHONE, ACCOUNT, CARD, GROUP, NAME = "staff", "phone", "account", "card", "group", "name"
SAME, SAID = "same", "said"  # only proposed: one full name, but not the only one; joined by hand
SCORES = {OWN: 0.99, STAFF: 0.98, PHONE: 0.95, ACCOUNT: 0.95, NICK: 0.9, CARD: 0.9, GROUP: 0.7, NAME: 0.5}
"""How sure a join is, by its key: the first what a register says, the last a full name that nobody else on its platform has."""
PROPOSED = 0.3
UNIQUE = (NICK, CARD, GROUP, NAME)  # keys that two people may share
FEW_ALIKE = 4  # accounts of one name: among more, a proposal says nothing
_MOBILE = "(?:^|[^0-9])(1[3-9][0-9]{9})(?:[^0-9]|$)"
_STAFF = "(?:工号|编号|职工号)[:： ]*([A-Za-z]{0,3}[0-9]{3,12})"
_GIVEN = ("wecom", "dingtalk", "feishu", "zhezhengding", "lanxin", "welink")  # an office's own platforms, whose ids the office gives
_WORD = "([\u4e00-\u9fff]{2,20})[ _—·|/-]+([\u4e00-\u9fff]{2,4})$"  # 三里社区 李敏

JOINS = pl.Schema(
    {
        "id": pl.String(),  # the same for the same two accounts in every audit
        "a": pl.String(),
        "b": pl.String(),
        "by": pl.String(),  # of SCORES, or SAME or SAID
        "score": pl.Float64(),
        "joined": pl.Boolean(),
    }
)
KEYS = pl.Schema({"node": pl.String(), "platform": pl.String(), "by": pl.String(), "value": pl.String()})


def numbered(a: str, b: str) -> str:
    """Return the id of a join of two accounts."""
    return sha256("\n".join(sorted((a, b))).encode()).hexdigest()[:10]


def keys(nodes: pl.DataFrame, named: dict[str, str], register: pl.DataFrame) -> pl.DataFrame:
    """Return KEYS: everything an account could be known by. `named` has the full names of units, `register` the keys of its persons."""
    given, values = _values(named)
    parts = [nodes.select("node", "platform", by=pl.lit(by), value=value).drop_nulls("value") for by, value in values.items()]
    # whoever writes a unit on the card is met by those who are in that unit's groups, too
    met = nodes.select("node", "platform", by=pl.lit(GROUP), value=values[CARD]).drop_nulls("value")
    told = {OWN: pl.concat_str("platform", "id", separator=":"), NICK: pl.concat_str("platform", "name", separator=":")}
    own = pl.concat([nodes.select("node", "platform", by=pl.lit(by), value=value) for by, value in told.items()])
    listed = own.join(register.select("by", "value"), on=["by", "value"], how="semi")
    return pl.concat([_staff(nodes, given, register), *parts, met, listed]).unique()


def _staff(nodes: pl.DataFrame, given: pl.Expr, register: pl.DataFrame) -> pl.DataFrame:
    """Return the keys by staff number: on a card, or an account that is one of those: two offices may give one name to two people."""
    carded = pl.col("card").str.extract(_STAFF)
    numbers = nodes.select("node", "platform", by=pl.lit(STAFF), value=pl.coalesce(carded, given)).drop_nulls("value")
    stated = pl.concat([nodes.select(value=carded), register.filter(pl.col("by") == STAFF).select("value")])
    return numbers.join(stated.drop_nulls().unique(), on="value", how="semi")


def _values(named: dict[str, str]) -> tuple[pl.Expr, dict[str, pl.Expr]]:
    said = pl.concat_str(pl.col("card", "name", "id").fill_null(""), separator=" ")
    own = pl.col("platform").is_in(_GIVEN) & pl.col("id").str.contains("^[A-Za-z]{0,3}[0-9]{3,12}$")
    parted = pl.col("card").str.extract_groups(_WORD)
    spoken, full = parted.struct[1], pl.when(pl.col("name").str.contains(FULL_NAME)).then("name")
    person = pl.coalesce(spoken, full)
    given = pl.when(own & ~pl.col("id").str.contains(_MOBILE)).then("id")
    unit = parted.struct[0].replace(named) if named else parted.struct[0]
    return given, {
        ACCOUNT: pl.concat_str(given, person, separator=SEPARATOR),
        PHONE: said.str.extract(_MOBILE),
        CARD: pl.concat_str(unit, spoken, separator=SEPARATOR),
        GROUP: pl.concat_str("unit", person, separator=SEPARATOR),
        NAME: full,
    }


def joins(known: pl.DataFrame) -> pl.DataFrame:
    """Take KEYS; return JOINS, the surest first: every account to the first of its key, and not joined, those of one full name."""
    each = known.group_by("by", "value", "platform").agg(pl.len(), pl.col("node").min())
    sizes = each.group_by("by", "value").agg(crowd=pl.col("len").max(), size=pl.col("len").sum(), first=pl.col("node").min())
    shared = known.join(sizes.filter(pl.col("size") > 1), on=["by", "value"])
    alone = shared.filter((pl.col("crowd") == 1) | ~pl.col("by").is_in(UNIQUE))
    first = alone.filter(pl.col("node") != pl.col("first"))
    scored = first.select(a="first", b="node", by="by", score=pl.col("by").replace_strict(SCORES, return_dtype=pl.Float64), joined=True)
    best = pl.concat([scored, _proposed(shared)]).sort("score", "a", "b", descending=[True, False, False])
    once = best.unique(["a", "b"], keep="first", maintain_order=True)
    ids = [numbered(a, b) for a, b in once.select("a", "b").iter_rows()]
    return once.with_columns(id=pl.Series(ids, dtype=pl.String)).select(JOINS.names())


def _proposed(shared: pl.DataFrame) -> pl.DataFrame:
    """Pair the few accounts of one full name that are not the only ones of it on their platform."""
    few = shared.filter((pl.col("by") == NAME) & (pl.col("crowd") > 1) & (pl.col("size") <= FEW_ALIKE)).select("value", "node")
    both = few.join(few, on="value").filter(pl.col("node") < pl.col("node_right"))
    return both.select(a="node", b="node_right", by=pl.lit(SAME), score=pl.lit(PROPOSED), joined=False)
