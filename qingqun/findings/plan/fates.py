"""What becomes of every group: keep, merge, topic or dissolve, one row a group."""

import polars as pl

from qingqun.findings.plan.merge import Merge
from qingqun.findings.table import FATES


def fates(standing: pl.DataFrame, gone: set[int], made: list[tuple[str, Merge]]) -> pl.DataFrame:
    """Take the standing groups (ROSTER with g), those to dissolve, and what is merged by which action; return FATES."""
    going: list[tuple[int, str, int | None]] = [(g, action, merge.groups[0]) for action, merge in made for g in merge.groups[1:]]
    going += [(g, "dissolve", None) for g in sorted(gone)]
    acted = pl.DataFrame(going, schema={"g": pl.Int64, "fate": pl.String, "t": pl.Int64}, orient="row")
    targets = standing.select(t="g", target_key="key", target="name")
    joined = standing.join(acted, on="g", how="left", maintain_order="left").join(targets, on="t", how="left", maintain_order="left")
    return joined.with_columns(pl.col("fate").fill_null("keep")).select([pl.col(name).cast(kind) for name, kind in FATES.items()])
