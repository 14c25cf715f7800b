"""One label = one file: text to yes or no, a score, and the span that shows it."""

import pkgutil
from functools import cache
from importlib import import_module

import polars as pl

from qingqun.enrich.labels._mild import offered, to_know
from qingqun.enrich.labels.bare import label_bare, shown_bare
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.label import Label
from qingqun.enrich.labels.learned import by_grams, decide, open_to
from qingqun.enrich.labels.reading import ready
from qingqun.enrich.labels.settle import settle
from qingqun.enrich.labels.span import spans_of


@cache
def labels() -> dict[str, Label]:
    """Find the labels by walking this folder: every module that has a LABEL."""
    modules = {found.name: import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}
    return {name: module.LABEL for name, module in sorted(modules.items()) if hasattr(module, "LABEL")}


def label_texts(texts: pl.Series) -> pl.DataFrame:
    """Label texts as read: one row a text, `is_<label>` Boolean and `score_<label>` Float32 (0 to 1); a null text has no label."""
    each = pl.DataFrame({"text": texts})
    distinct = each.unique(maintain_order=True).with_row_index("at")  # people forward, and answer with the same few words
    said = label_bare(distinct["text"], _labelled)
    if distinct.height == each.height:
        return said
    return said[each.join(distinct, on="text", how="left", maintain_order="left", nulls_equal=True)["at"]]


def scores(text: str) -> dict[str, float]:
    """Give every label's score for one text."""
    row = label_texts(pl.Series([text])).row(0, named=True)
    return {name: row[f"score_{name}"] for name in labels()}


def spans(texts: pl.Series) -> list[dict[str, tuple[int, int]]]:
    """Show, for each text and each label it carries, the part that shows it best: start and end in code points of the text as read."""
    read = ready(texts)
    shown = spans_of(texts.fill_null(""), read, _labelled(read), labels())
    return shown_bare(texts, shown, lambda undone: spans_of(undone, undone, _labelled(undone), labels()))


def _labelled(read: pl.Series) -> pl.DataFrame:
    """The n-grams say what may be, the patterns are asked about that, the learned weights decide, and the labels are made to agree."""
    hinted = by_grams(read)
    found = decide(read, hinted, weigh_all(read, labels(), open_to(hinted)))
    forced, asks = found["is_forced_promotion"], found["is_reply_demand"]
    return settle(found.with_columns(is_forced_promotion=forced & ~offered(read, forced), is_reply_demand=asks & ~to_know(read, asks)))
