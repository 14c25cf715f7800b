"""Which groups there are: the register and the exports put together, one row a group; and who is in them.

A group of an export is found in the register by platform and id, else by platform and name, else by its name alone where the
register states no platform. A name that the register has twice decides nothing.
"""

import polars as pl

from qingqun.findings.table import ROSTER
from qingqun.words import SHANGHAI

SEPARATOR = "\x1f"  # no platform, id or name contains it
FULL_NAME = "^[\u4e00-\u9fff]{2,4}$"
_WHO_SPOKE = ("kind", "platform", "group_id", "group_name", "sender_id", "sender_name")
"""What a message tells of its sender: no text is carried along where millions of rows are copied."""


def keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `key` to messages, memberships or groups: the platform and the group's id, or its name where it has no id."""
    name = "group_name" if "group_name" in frame.columns else "name"
    parts = pl.coalesce("platform", pl.lit("")), pl.coalesce("group_id", name, pl.lit(""))
    return frame.with_columns(key=pl.concat_str(*parts, separator=SEPARATOR))


def members(messages: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """Return `key`, `person`, `listed`, one row a member: from the member lists; where a group has none, those who spoke in it.

    `person` is a number that means the same person in the same tables, however often they are asked. Accounts on several platforms
    are one person where the same full name belongs to one account on each of them; otherwise each account is a person. Where both
    tables have a `person` already (findings/people.py), that one counts.
    """
    listed = _accounts(keyed(memberships), "person_id", "person_name").with_columns(listed=True)
    said = messages.select(*_WHO_SPOKE, pl.selectors.by_name("person", require_all=False)).filter(pl.col("kind") != "system")
    spoke = _accounts(keyed(said), "sender_id", "sender_name").with_columns(listed=False)
    unlisted = spoke.join(listed.select("key").unique(), on="key", how="anti")
    both = pl.concat([listed, unlisted])
    if "person" in both.columns:
        return both.select(pl.col("key").cast(pl.String), "person", "listed").unique(["key", "person"], maintain_order=True)
    people = _people(pl.concat([listed, spoke]).select("platform", "id", "name").unique())
    joined = both.join(people, on=["platform", "id", "name"], nulls_equal=True, maintain_order="left")
    return joined.select(pl.col("key").cast(pl.String), "person", "listed").unique(["key", "person"], maintain_order=True)


def persons_called(messages: pl.DataFrame, memberships: pl.DataFrame, who: str) -> list[int]:
    """Return the numbers, as `members` gives them, of everybody with this account or name."""
    listed = _accounts(keyed(memberships), "person_id", "person_name")
    spoke = _accounts(keyed(messages.filter(pl.col("kind") != "system")), "sender_id", "sender_name")
    both = pl.concat([listed, spoke])
    people = both if "person" in both.columns else _people(both.select("platform", "id", "name").unique())
    called = people.filter(pl.any_horizontal(pl.col("id", "name").cast(pl.String) == who).fill_null(value=False))
    return called["person"].unique().sort().to_list()


def roster(messages: pl.DataFrame, memberships: pl.DataFrame, groups: pl.DataFrame, described: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the ROSTER: every group of the register, then those that only the exports know, some of which they describe (GROUPS)."""
    seen = _seen(messages, memberships)
    known = groups.with_columns(registered=True)
    if described is not None:
        known = pl.concat([known, described.with_columns(registered=False)])
    register = known.with_row_index("row")
    matched = _matched(seen, register)
    found = matched.join(register.drop("platform", "group_id"), on="row", how="left", nulls_equal=False)
    unseen = keyed(register.join(matched.select("row"), on="row", how="anti"))
    both = pl.concat([found, unseen], how="diagonal_relaxed").sort("row", "key", nulls_last=True)
    sizes = members(messages, memberships).group_by("key").agg(pl.len().alias("known"), pl.col("listed").first())
    return _shaped(both.join(sizes, on="key", how="left"))


def _accounts(frame: pl.DataFrame, id_column: str, name_column: str) -> pl.DataFrame:
    """Millions of rows: what is distinct is found on numbers, not on strings."""
    coded = frame.select(
        pl.col("key", "platform", id_column, name_column).cast(pl.Categorical), pl.selectors.by_name("person", require_all=False)
    )
    coded = coded.rename({id_column: "id", name_column: "name"})
    return coded.unique(maintain_order=True).filter(pl.any_horizontal(pl.col("id", "name").is_not_null()))


def _people(accounts: pl.DataFrame) -> pl.DataFrame:
    """Give each account its person: the name where it can be one and is nobody else's, else the platform and the account."""
    known = accounts.drop_nulls("id")
    shared = known.group_by("platform", "name").agg(pl.col("id").n_unique().alias("n")).filter(pl.col("n") > 1)
    renamed = known.group_by("platform", "id").agg(pl.col("name").n_unique().alias("n")).filter(pl.col("n") > 1)
    full = pl.col("name").cast(pl.String).str.contains(FULL_NAME).fill_null(value=False)
    one = full & ~pl.col("name").is_in(shared["name"].implode()) & ~pl.col("id").is_in(renamed["id"].implode()).fill_null(value=False)
    account = pl.concat_str(pl.coalesce("platform", pl.lit("")), pl.coalesce("id", "name"), separator=SEPARATOR)
    person = pl.when(one).then(pl.col("name").cast(pl.String)).otherwise(account)
    # The rank and not a category's code: Polars hands those out in turn, so the same tables asked again would number anew.
    return accounts.with_columns(person=person.rank("dense").cast(pl.UInt32))


def _seen(messages: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    by = ["platform", "group_id", "group_name"]
    said = pl.col("kind") != "system"
    if "is_receipt" in messages.columns:  # 收到 keeps no group alive
        said &= ~pl.col("is_receipt").fill_null(value=False)
    spoke = messages.group_by(by).agg(pl.len().alias("messages"), pl.col("sent_at").filter(said).max().alias("last"))
    listed = memberships.select(by).unique().with_columns(messages=pl.lit(0, pl.UInt32), last=pl.lit(None, messages.schema["sent_at"]))
    last_day = pl.col("last").max().dt.convert_time_zone(SHANGHAI).dt.date()
    columns = pl.col(by).drop_nulls().first(), pl.col("messages").sum().cast(pl.Int64), last_day
    return keyed(pl.concat([spoke, listed])).group_by("key").agg(*columns).with_columns(seen=True)


def _matched(seen: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    by_id = _only(register.drop_nulls(["platform", "group_id"]), ["platform", "group_id"])
    by_name = _only(register.drop_nulls(["platform"]), ["platform", "name"])
    by_bare_name = _only(register.filter(pl.col("platform").is_null()), ["name"])
    return (
        seen.join(by_id.rename({"row": "row_id"}), on=["platform", "group_id"], how="left")
        .join(by_name.rename({"row": "row_name", "name": "group_name"}), on=["platform", "group_name"], how="left")
        .join(by_bare_name.rename({"row": "row_bare", "name": "group_name"}), on="group_name", how="left")
        .with_columns(row=pl.coalesce("row_id", "row_name", "row_bare"))
        .drop("row_id", "row_name", "row_bare")
    )


def _only(register: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return register.select(*by, "row").unique(by, keep="none")


def _shaped(both: pl.DataFrame) -> pl.DataFrame:
    came = (
        pl.when(pl.col("listed"))
        .then(pl.lit("list"))
        .when(pl.col("members").is_not_null())
        .then(pl.lit("register"))
        .when(pl.col("known").is_not_null())
        .then(pl.lit("senders"))
    )
    counted = pl.when(came == "register").then(pl.col("members")).otherwise(pl.col("known").cast(pl.Int64))
    return both.with_columns(
        name=pl.coalesce("name", "group_name", "group_id"),
        members=counted,
        members_from=came,
        last_active=pl.max_horizontal("last_active", "last"),
        messages=pl.col("messages").fill_null(0),
        registered=pl.col("registered").fill_null(value=False),
        seen=pl.col("seen").fill_null(value=False),
        place=pl.when(pl.col("registered").fill_null(value=False)).then("row"),
    ).select([pl.col(name).cast(dtype) for name, dtype in ROSTER.items()])
