"""Train the learned half of the plain facts: `make model` reads data/cues/ and writes qingqun/enrich/cues/weights.npz.

A line of data/cues/ carries every fact it names and no other; so does a message of data/messages/ that data/cues/corpus.jsonl names, and
one that it does not name carries none. A line of tests/data/cues/ settles one fact alone. What is kept aside (aside.jsonl, the odd
lines of blind.tsv) is never read here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from fitting import Folds, Truth, f_measure, figures, fit, fit_few, save, threshold, weighed_grams
from numpy.typing import NDArray

from qingqun.enrich.cues import CUES, allowed, said
from qingqun.enrich.cues.learned import open_to
from qingqun.enrich.labels.reading import ready
from qingqun.enrich.labels.weights import pattern_features

ROOT = Path(__file__).parents[1]
CUE_FILES = sorted(path for path in (ROOT / "data" / "cues").glob("*.jsonl") if path.stem not in {"aside", "corpus"})
CORPUS = ROOT / "data" / "cues" / "corpus.jsonl"
UNREAD = ("train-promote", "train-named", "train-due", "train-usual")  # files of data/messages/ that nobody read for facts
MESSAGES = [
    path
    for kind in ("train-*", "plain-*")
    for path in sorted((ROOT / "data" / "messages").glob(f"{kind}.jsonl"))
    if not path.stem.startswith(UNREAD)
]
SINGLE = ROOT / "tests" / "data" / "cues"
WEIGHTS = ROOT / "qingqun" / "enrich" / "cues" / "weights.npz"
ENOUGH = 50  # messages that carry a fact; with fewer its patterns decide alone
GRAMS, PATTERNS, CAREFUL, RARE = 15.0, 2.0, 0.7, 6


@dataclass(frozen=True, slots=True)
class Row:
    """A message, the facts it carries, the one fact it settles, where it does not settle all, and the file, where written for facts."""

    text: str
    carries: frozenset[str]
    only: str | None = None
    file: str = ""


def main() -> None:
    """Train, choose thresholds on messages of writers the model had not read, write the arrays, print those messages' figures."""
    rows = [*_written(), *_single(), *_corpus()]
    names = tuple(sorted(name for name in CUES if sum(name in row.carries for row in rows) >= ENOUGH))
    truth = np.array([[name in row.carries for name in names] for row in rows])
    settled = np.array([[row.only in {None, name} for name in names] for row in rows])
    texts = ready(pl.Series([row.text for row in rows], dtype=pl.String))
    features, places, weight = weighed_grams(texts, RARE)
    folds = _by_writer(rows)

    guessed = np.zeros(truth.shape)
    for i, seen, kept in _turns(settled, folds):
        guessed[kept, i] = fit(features[seen], truth[seen, i], GRAMS).decision_function(features[kept])
    spoken = said(texts, allowed(texts), names, open_to(guessed.astype(np.float32)))
    together = np.hstack([guessed, pattern_features(spoken, names).astype(np.float64)])
    logits = np.zeros(truth.shape)
    for i, seen, kept in _turns(settled, folds):
        logits[kept, i] = fit_few(together[seen], truth[seen, i], PATTERNS).decision_function(together[kept])
    known = [np.flatnonzero(one) for one in settled.T]
    thresholds = np.array([threshold(logits[at, i], truth[at, i], CAREFUL) for i, at in enumerate(known)])
    _report(names, known, logits >= thresholds, truth)

    first = [fit(features[at], truth[at, i], GRAMS) for i, at in enumerate(known)]
    second = [fit_few(together[at], truth[at, i], PATTERNS) for i, at in enumerate(known)]
    save(WEIGHTS, names, (places, weight), (first, second), thresholds)
    print(f"{len(rows)} messages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


def _by_writer(rows: list[Row]) -> Folds:
    """Return which messages a fold's model sees and which it does not: each writer's in turn, and as large a part of the others."""
    files = sorted({row.file for row in rows if row.file})
    fold = np.array([files.index(row.file) if row.file else place % len(files) for place, row in enumerate(rows)])
    return [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(len(files))]


def _turns(settled: Truth, folds: Folds) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """Yield each fact with the messages its model learns from, as far as they settle it, and those it is asked about."""
    for seen, kept in folds:
        yield from ((i, seen[settled[seen, i]], kept) for i in range(settled.shape[1]))


def _written() -> Iterator[Row]:
    for path in CUE_FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Row(row["text"], frozenset(row["facts"]), file=path.stem)


def _single() -> Iterator[Row]:
    offices, blind = ((SINGLE / f"{name}.tsv").read_text(encoding="utf-8").splitlines() for name in ("offices", "blind"))
    for line in [*offices, *blind[1::2]]:
        fact, sign, text, *_ = line.split("\t")
        if fact in CUES:
            yield Row(text, frozenset({fact} if sign == "+" else ()), fact)


def _corpus() -> Iterator[Row]:
    named = {row["id"]: row["facts"] for row in map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())}
    for path in MESSAGES:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield Row(row["text"], frozenset(named.get(row["id"], ())))


def _report(names: tuple[str, ...], known: list[NDArray[np.int64]], found: Truth, truth: Truth) -> None:
    print("| fact | carried by | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    for i, (name, at) in enumerate(zip(names, known, strict=True)):
        print(f"| {name} | {truth[at, i].sum()} | {figures(found[at, i], truth[at, i])} |")
    print(f"macro F1 {np.mean([f_measure(found[at, i], truth[at, i]) for i, at in enumerate(known)]):.3f}")


if __name__ == "__main__":
    main()
