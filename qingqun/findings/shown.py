"""The words a finding shows: which of a message's labels decided, and the masked quote around its words."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from qingqun.enrich.facts.fact import CATALOGUE
from qingqun.findings.mask import Names
from qingqun.findings.quote import quotes, shown_whole
from qingqun.judge.rule import Rule

Span = tuple[int, int]
Spans = Callable[[pl.Series], Sequence[Mapping[str, Span]]]
SILENT = ("has_secret_mark", "is_shaming")  # never quoted: the text itself does the harm
BROAD = ("is_work", "is_notice")  # what nearly every message is: its words say little


def with_quotes(found: pl.DataFrame, rules: Mapping[str, Rule], names: Names, spans: Spans) -> pl.DataFrame:
    """Add `quote` to findings; null where nothing may be shown.

    Each distinct text is worked on once per rule; which words decided is asked only where not the whole text is shown.
    """
    may = pl.col("quotable") & ~pl.any_horizontal(pl.col(name).fill_null(value=True) for name in SILENT)
    marked = found.with_columns(shown=pl.when(may).then("text"))
    distinct = marked.select("rule", "shown").drop_nulls().unique(maintain_order=True)
    whole = shown_whole(distinct["shown"].unique(maintain_order=True), names)
    cut = distinct.filter(~pl.col("shown").is_in(list(whole)))
    texts = cut["shown"].unique(maintain_order=True)
    places = dict(zip(texts, spans(texts), strict=True))
    made = iter(quotes(((text, _around(rules[rule], places[text])) for rule, text in cut.iter_rows()), names))
    shown = [whole[text] if text in whole else next(made) for text in distinct["shown"]]
    return marked.join(
        distinct.with_columns(quote=pl.Series(shown, dtype=pl.String)), on=["rule", "shown"], how="left", maintain_order="left"
    )


def labels_read(rule: Rule) -> list[str]:
    """Name the facts a rule reads, as they stand in its one line; those that nearly every message has come last."""
    read = [name for name in rule.predicate.__code__.co_names if name in CATALOGUE]
    return sorted(read, key=lambda name: name in BROAD)


def deciding(rule: Rule, spans: Mapping[str, Span], also: Iterable[str] = ()) -> Span | None:
    """Return the words of a text that decided a rule, by what each label stands on; `also` names facts read after the rule's own.

    None where the whole text is meant.
    """
    read = [name.removeprefix("is_") for name in (*labels_read(rule), *also) if name not in BROAD]
    return next((spans[name] for name in read if name in spans), None)


def _around(rule: Rule, spans: Mapping[str, Span]) -> Span | None:
    """Return what a quote is cut around: the words that decided, or what makes the text work at all."""
    broad = (spans[name.removeprefix("is_")] for name in BROAD if name in labels_read(rule) and name.removeprefix("is_") in spans)
    return deciding(rule, spans) or next(broad, None)
