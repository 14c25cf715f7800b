"""What a label reads: the text normalised, quotations masked, in lower case; code point for code point with the normalised text."""

import polars as pl

from qingqun.enrich.labels.quoting import mask
from qingqun.enrich.normal import normalise


def ready(texts: pl.Series) -> pl.Series:
    """Make texts ready for labelling; a null text is an empty one."""
    return matched(normalise(texts.fill_null("")))


def matched(normal: pl.Series) -> pl.Series:
    """Make normalised texts ready."""
    return mask(normal).str.to_lowercase()
