"""What many texts have in common: texts that differ in digits alone have one shape, and shapes are made of few kinds of sentence."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

SENTENCE = r"[^。!?;\n]+[。!?;\n]*"
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Texts, their shapes (each digit a 0) and the distinct sentences of the shapes. Tables have `row`, which counts, and `text`."""

    texts: pl.DataFrame
    shape_of: Numbers  # each text's shape
    shapes: pl.DataFrame
    kinds: pl.DataFrame
    kind_of: Numbers  # of each sentence, in order
    owner_of: Numbers  # the shape of each sentence

    def owners(self, kinds: Flags) -> Flags:
        """Return which shapes have one of these kinds of sentence."""
        owners = np.zeros(len(self.shapes), np.bool_)
        owners[self.owner_of[kinds[self.kind_of]]] = True
        return owners


def sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """Split `text` into sentences; each keeps its text's `row`."""
    return texts.select("row", pl.col("text").str.extract_all(SENTENCE)).explode("text").drop_nulls()


def shaped(texts: pl.Series) -> Shapes:
    """Find the shapes of texts and their kinds of sentence."""
    shapes, shape_of = _distinct(texts.str.replace_all("[0-9]", "0"))
    parts = sentences(shapes)
    kinds, kind_of = _distinct(parts["text"])
    whole = pl.DataFrame({"text": texts}).with_row_index("row")
    return Shapes(whole, shape_of, shapes, kinds, kind_of, parts["row"].to_numpy().astype(np.int64))


def _distinct(texts: pl.Series) -> tuple[pl.DataFrame, Numbers]:
    """Number the distinct texts in the order they come, and give each text's number."""
    each = pl.DataFrame({"text": texts})
    distinct = each.unique(maintain_order=True).with_row_index("row")
    number = each.join(distinct, on="text", how="left", maintain_order="left", nulls_equal=True)["row"]
    return distinct, number.to_numpy().astype(np.int64)
