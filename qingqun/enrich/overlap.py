"""Which group is like an earlier one of the same unit and kind: by its members, or by its purpose."""

import polars as pl

from qingqun.enrich.purposes import same_purpose

_ALIKE = ["unit", "kind"]
_AGE = ("created", "file", "line")


def overlaps(groups: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return `group`, `overlap` (percent), `overlap_with` and `same_purpose` for groups that have an earlier kept one beside them.

    In: the register with `group` and `is_disbanded`; pairs of `group` and `person`. The likeness is Jaccard's: shared by all members.
    """
    kept = groups.filter(~pl.col("is_disbanded")).drop_nulls(_ALIKE).sort(*_AGE, nulls_last=True).with_row_index("age")
    return _likest(kept, members).join(same_purpose(kept, members), on="group", how="full", coalesce=True)


def _likest(kept: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Count shared people by joining the members with themselves inside one unit and kind, and keep the likest earlier group."""
    placed = kept.select("group", "age", "name", *_ALIKE).join(members, on="group")
    sizes = placed.group_by("group").agg(size=pl.len().cast(pl.Int64))
    earlier = placed.select(*_ALIKE, "person", "age", other="group", overlap_with="name")
    shared = (
        placed.lazy()
        .join(earlier.lazy(), on=[*_ALIKE, "person"], suffix="_earlier")
        .filter(pl.col("age_earlier") < pl.col("age"))
        .group_by("group", "other", "overlap_with")
        .agg(both=pl.len().cast(pl.Int64))
        .collect()
    )
    sized = shared.join(sizes, on="group").join(sizes.rename({"group": "other", "size": "size_other"}), on="other")
    percent = pl.col("both") * 100 // (pl.col("size") + pl.col("size_other") - pl.col("both"))
    ranked = sized.with_columns(percent.alias("overlap")).sort(pl.col("overlap"), -pl.col("other"), descending=True)
    return ranked.unique("group", keep="first", maintain_order=True).select("group", "overlap", "overlap_with")
