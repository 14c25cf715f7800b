"""To which unit a person belongs, once each, so that the units of a table add up to everybody."""

from dataclasses import dataclass, field

import polars as pl

from qingqun.findings.tree import Tree


@dataclass(frozen=True, slots=True)
class Units:
    """What is known of units: the tree, and `homes` (person, unit), where a register of persons says whose unit somebody is."""

    tree: Tree = field(default_factory=Tree)
    homes: pl.DataFrame | None = None


def home(rows: pl.DataFrame, groups: pl.DataFrame, stated: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return `person`, `unit`: the stated one (person, unit), else that of the smallest main group, else of the smallest registered group.

    `rows` has person and g, each pair once; `groups` has g, unit, kind. Whoever is in no group of a known unit is left out.
    """
    found = _by_groups(rows, groups)
    if stated is None or stated.is_empty():
        return found
    here = stated.join(rows.select("person").unique(), on="person", how="semi")
    return pl.concat([here.select("person", "unit"), found.join(here, on="person", how="anti")])


def _by_groups(rows: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    sized = groups.join(rows.group_by("g").agg(pl.len().alias("size")), on="g").drop_nulls("unit")
    main = (pl.col("kind") == "main").fill_null(value=False).alias("main")
    ranked = sized.with_columns(main).sort("main", "size", "unit", "g", descending=[True, False, False, False]).with_row_index("rank")
    best = rows.join(ranked.select("g", "rank"), on="g").group_by("person").agg(pl.col("rank").min())
    return best.join(ranked.select("rank", "unit"), on="rank").select("person", "unit")
