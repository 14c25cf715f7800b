"""Train the learned half of the labels: `make model` reads data/messages/ and writes qingqun/enrich/labels/weights.npz.

Reproducible: the same corpus, patterns and library give the same file. Thresholds and the printed figures come from messages
the fold's model has not seen. The blind file is never read here.
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
from fitting import Truth, f_measure, figures, fit, folded_apart, save, threshold, unseen, weighed_grams
from usual import usual

from qingqun.enrich import labels
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.learned import open_to
from qingqun.enrich.labels.reading import ready
from qingqun.enrich.labels.weights import pattern_features

ROOT = Path(__file__).parents[1]
CORPUS = [
    *sorted((ROOT / "data" / "messages").glob("train-*.jsonl")),
    *sorted((ROOT / "data" / "messages").glob("plain-*.jsonl")),
    ROOT / "tests" / "data" / "labels" / "settings.jsonl",
]
WEIGHTS = ROOT / "qingqun" / "enrich" / "labels" / "weights.npz"
SELDOM = ("train-hard", "train-pressure", "train-short")  # written to be hard: their figures stand apart
DENSE = (*SELDOM, "train-promote", "train-named")  # full of one kind, as no group is: thresholds are not chosen on them
GRAMS, PATTERNS = 5.0, 2.0  # how freely the two steps may fit
BETA = {
    "emergency": 1.3, "work": 1.0, "notice": 1.4, "receipt": 0.5, "reply_demand": 1.0, "assessed_promotion": 1.0, "shaming": 0.4,
    "photo_proof": 0.6,
}  # fmt: skip
# Missing an emergency is worse than a false one; to be told of shaming somebody, or of asking for proof, wrongly is worse than most.
CAREFUL = 0.8  # for what accuses somebody a false alarm is worse than a miss


def main() -> None:
    """Train on everything, choose thresholds on unseen messages, write the arrays, print the unseen messages' figures.

    Two steps: n-grams alone; then their logits, by models that had not seen the message, together with what the patterns say where the
    n-grams do not rule the label out. The figures are those of the messages with odd numbers, which nobody read while writing patterns.
    """
    lines = [(path.stem, line) for path in CORPUS for line in path.read_text(encoding="utf-8").splitlines()]
    written = [json.loads(line) for _, line in lines]
    rows, origin = usual(written)
    names = tuple(labels.labels())
    truth = np.array([[name in row["labels"] for name in names] for row in rows])
    texts = ready(pl.Series([row["text"] for row in rows], dtype=pl.String))
    features, places, weight = weighed_grams(texts)
    unread = _marked([int(row["id"].rpartition("-")[2]) % 2 == 1 for row in written], len(rows))
    ordinary, usual_mix = (unread & _marked([not name.startswith(kinds) for name, _ in lines], len(rows)) for kinds in (SELDOM, DENSE))
    folds = folded_apart(origin)

    guessed = unseen(features, truth, GRAMS, folds)
    spoken = weigh_all(texts, labels.labels(), open_to(guessed.astype(np.float32)))
    together = np.hstack([guessed, pattern_features(spoken, names).astype(np.float64)])
    logits = unseen(together, truth, PATTERNS, folds)
    thresholds = np.array([threshold(logits[usual_mix, i], truth[usual_mix, i], BETA.get(name, CAREFUL)) for i, name in enumerate(names)])
    for kind, chosen in (("ordinary", ordinary), ("all", unread)):
        _report(kind, names, logits[chosen] >= thresholds, truth[chosen])

    first = [fit(features, truth[:, i], GRAMS) for i in range(len(names))]
    second = [fit(together, truth[:, i], PATTERNS) for i in range(len(names))]
    save(WEIGHTS, names, (places, weight), (first, second), thresholds)
    print(f"{len(rows)} messages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


def _marked(marks: list[bool], length: int) -> Truth:
    """Return the marks as an array; what was made of messages carries none."""
    return np.array(marks + [False] * (length - len(marks)))


def _report(kind: str, names: tuple[str, ...], said: Truth, truth: Truth) -> None:
    print(f"\n{kind}: {len(truth)} messages the model had not seen")
    print("| label | precision | recall | F1 |\n| --- | --- | --- | --- |")
    for i, name in enumerate(names):
        print(f"| {name} | {figures(said[:, i], truth[:, i])} |")
    print(f"macro F1 {np.mean([f_measure(said[:, i], truth[:, i]) for i in range(len(names))]):.3f}")


if __name__ == "__main__":
    main()
