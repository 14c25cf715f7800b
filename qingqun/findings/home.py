"""To which unit a person belongs, once each, so that the units of a table add up to everybody."""

import polars as pl


def home(rows: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return `person`, `unit`: that of the smallest main group, else of the smallest registered group they are in.

    `rows` has person and g, each pair once; `groups` has g, unit, kind. Whoever is in no group of a known unit is left out.
    """
    sized = groups.join(rows.group_by("g").agg(pl.len().alias("size")), on="g").drop_nulls("unit")
    main = (pl.col("kind") == "main").fill_null(value=False).alias("main")
    ranked = sized.with_columns(main).sort("main", "size", "unit", "g", descending=[True, False, False, False]).with_row_index("rank")
    best = rows.join(ranked.select("g", "rank"), on="g").group_by("person").agg(pl.col("rank").min())
    return best.join(ranked.select("rank", "unit"), on="rank").select("person", "unit")
