"""Which joins hold together: the surest first, and none that would make one person of two that are two.

Two rows of the register of persons are two, and so are two accounts that an office has parted, whatever else they share. Accounts are
put together by columns; only where such a pair would come together are joins looked at one by one.
"""

from collections.abc import Iterable

import polars as pl

from qingqun.findings.payroll import ROW


def components(nodes: pl.DataFrame, joins: pl.DataFrame) -> pl.DataFrame:
    """Number the connected nodes (`node`) as `person`: each takes the smallest number among those it is joined to (a, b)."""
    numbered = nodes.select("node").unique(maintain_order=True).with_row_index("person")
    both = pl.concat([joins.select("a", "b"), joins.select(a="b", b="a")])
    while True:
        near = both.join(numbered, left_on="b", right_on="node").group_by("a").agg(pl.col("person").min().alias("near"))
        lower = numbered.join(near, left_on="node", right_on="a", how="left", maintain_order="left")
        moved = lower.with_columns(person=pl.min_horizontal("person", "near")).drop("near")
        if moved["person"].equals(numbered["person"]):
            return moved
        numbered = moved


def holding(joins: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Take JOINS and what was decided (id, joined); return JOINS with `joined` false where it would join two that are two."""
    word = joins.join(said.select("id", word="joined"), on="id", how="left", maintain_order="left")
    parted = word.filter(~pl.col("word")).select("a", "b")
    standing = word.filter("joined")
    nodes = pl.concat([joins.select(node="a"), joins.select(node="b")])
    where = components(nodes, standing)
    doubtful = _doubtful(where, parted)
    if not len(doubtful):
        return joins
    asked = standing.join(where.rename({"node": "a"}), on="a").filter(pl.col("person").is_in(doubtful.implode()))
    order = asked.sort(pl.col("word").fill_null(value=False), "score", "a", "b", descending=[True, True, False, False])
    dropped = _dropped(order.select("id", "a", "b", forced=pl.col("word").fill_null(value=False)).iter_rows(), parted.rows())
    return joins.with_columns(joined=pl.col("joined") & ~pl.col("id").is_in(dropped))


def _doubtful(where: pl.DataFrame, parted: pl.DataFrame) -> pl.Series:
    """Return the components in which there are two that are two."""
    rows = where.filter(pl.col("node").str.starts_with(ROW)).group_by("person").len().filter(pl.col("len") > 1)["person"]
    ends = parted.join(where.rename({"node": "a"}), on="a").join(where.rename({"node": "b", "person": "other"}), on="b")
    return pl.concat([rows, ends.filter(pl.col("person") == pl.col("other"))["person"]]).unique()


def _dropped(joins: Iterable[tuple[str, str, str, bool]], parted: Iterable[tuple[str, str]]) -> list[str]:
    """Take joins in the order in which they hold; return the ids of those that cannot."""
    of: dict[str, set[str]] = {}
    enemies: dict[str, set[str]] = {}
    for a, b in parted:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    dropped = []
    for number, a, b, forced in joins:
        one, other = of.setdefault(a, {a}), of.setdefault(b, {b})
        if one is other:
            continue
        if not forced and ((_rows(one) and _rows(other)) or any(enemies.get(node, set()) & other for node in one)):
            dropped.append(number)
            continue
        one |= other
        of |= dict.fromkeys(other, one)
    return dropped


def _rows(nodes: set[str]) -> bool:
    return any(node.startswith(ROW) for node in nodes)
