"""Train the learned half of the labels: `make model` reads data/messages/ and writes qingqun/enrich/labels/weights.npz.

Reproducible: the same corpus, patterns and library give the same file. Thresholds and the printed figures come from messages
the fold's model has not seen. The blind file is never read here.
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from usual import usual

from qingqun.enrich import labels
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.grams import PLACES, folded, grams
from qingqun.enrich.labels.learned import open_to, pattern_features
from qingqun.enrich.labels.reading import ready

ROOT = Path(__file__).parents[1]
CORPUS = [
    *sorted((ROOT / "data" / "messages").glob("train-*.jsonl")),
    *sorted((ROOT / "data" / "messages").glob("plain-*.jsonl")),
    ROOT / "tests" / "data" / "labels" / "settings.jsonl",
]
WEIGHTS = ROOT / "qingqun" / "enrich" / "labels" / "weights.npz"
SELDOM = ("train-hard", "train-pressure", "train-short")  # written to be hard: their figures stand apart
FOLDS, RARE, SAMPLES, SEED = 5, 4, 40, 20260914
GRAMS, PATTERNS = 5.0, 2.0  # how freely the two steps may fit
BETA = {"emergency": 1.3, "work": 1.0, "notice": 1.4, "receipt": 0.8, "shaming": 0.6, "photo_proof": 0.6}
# Missing an emergency is worse than a false one; to be told of shaming somebody, or of asking for proof, wrongly is worse than most.
CAREFUL = 0.8  # for what accuses somebody a false alarm is worse than a miss

STEPS = np.linspace(-2.5, 1.5, 41)
Array = NDArray[np.float64]
Truth = NDArray[np.bool_]
Rows = NDArray[np.int64]


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
    features, places, weight = _grams(texts)
    unread = _marked([int(row["id"].rpartition("-")[2]) % 2 == 1 for row in written], len(rows))
    ordinary = unread & _marked([not name.startswith(SELDOM) for name, _ in lines], len(rows))
    folds = _folds(origin)

    guessed = _unseen(features, truth, GRAMS, folds)
    spoken = weigh_all(texts, labels.labels(), open_to(guessed.astype(np.float32)))
    together = np.hstack([guessed, pattern_features(spoken, names).astype(np.float64)])
    logits = _unseen(together, truth, PATTERNS, folds)
    thresholds = np.array([_threshold(logits[unread, i], truth[unread, i], BETA.get(name, CAREFUL)) for i, name in enumerate(names)])
    for kind, chosen in (("ordinary", ordinary), ("all", unread)):
        _report(kind, names, logits[chosen] >= thresholds, truth[chosen])

    first = [_fit(features, truth[:, i], GRAMS) for i in range(len(names))]
    second = [_fit(together, truth[:, i], PATTERNS) for i in range(len(names))]
    mixing = np.stack([model.coef_[0] for model in second])
    over_grams, over_patterns = mixing[:, : len(names)], mixing[:, len(names) :]
    np.savez_compressed(
        WEIGHTS,
        names=np.array(names),
        places=places.astype(np.uint32),
        grams=(np.stack([model.coef_[0] for model in first]) * weight).T.astype(np.float16),
        first=np.array([model.intercept_[0] for model in first], np.float32),
        mixing=over_grams.T.astype(np.float32),
        patterns=over_patterns.T.astype(np.float32),
        bias=np.array([model.intercept_[0] for model in second], np.float32),
        thresholds=thresholds.astype(np.float32),
    )
    print(f"{len(rows)} messages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


def _grams(texts: pl.Series) -> tuple[csr_matrix, Rows, Array]:
    """Return the weighed grams a text, the places of the grams that are not rare, and their weights: common ones weigh little."""
    parts = [csr_matrix((np.ones(len(row)), (row, place)), shape=(len(texts), PLACES)) for row, place in grams(folded(texts))]
    counted = sum(parts[1:], parts[0])
    spread = 1 / np.sqrt(np.maximum(np.asarray(counted.sum(axis=1)).ravel(), 1))
    within = np.bincount(counted.indices, minlength=PLACES)
    places = np.flatnonzero(within >= RARE)
    weight = np.log((1 + len(texts)) / (1 + within[places])) + 1
    return (diags(spread) @ counted[:, places] @ diags(weight)).tocsr(), places, weight


def _fit(features: csr_matrix | Array, truth: Truth, freedom: float) -> LogisticRegression:
    return LogisticRegression(C=freedom, max_iter=2000).fit(features, truth)


def _folds(origin: Rows) -> list[tuple[Rows, Rows]]:
    """Return which messages a fold's model sees and which it does not; what was made of a message stands on its side."""
    split = KFold(FOLDS, shuffle=True, random_state=SEED).split(np.zeros(origin.max() + 1))
    return [(np.flatnonzero(np.isin(origin, seen)), np.flatnonzero(np.isin(origin, kept))) for seen, kept in split]


def _unseen(features: csr_matrix | Array, truth: Truth, freedom: float, folds: list[tuple[Rows, Rows]]) -> Array:
    """Return each message's logits by models that have not seen it."""
    logits = np.zeros(truth.shape)
    for seen, kept in folds:
        for i in range(truth.shape[1]):
            logits[kept, i] = _fit(features[seen], truth[seen, i], freedom).decision_function(features[kept])
    return logits


def _marked(marks: list[bool], length: int) -> Truth:
    """Return the marks as an array; what was made of messages carries none."""
    return np.array(marks + [False] * (length - len(marks)))


def _report(kind: str, names: tuple[str, ...], said: Truth, truth: Truth) -> None:
    print(f"\n{kind}: {len(truth)} messages the model had not seen")
    print("| label | precision | recall | F1 |\n| --- | --- | --- | --- |")
    for i, name in enumerate(names):
        print(f"| {name} | {_figures(said[:, i], truth[:, i])} |")
    print(f"macro F1 {np.mean([_f(said[:, i], truth[:, i]) for i in range(len(names))]):.3f}")


def _threshold(logits: Array, truth: Truth, beta: float) -> float:
    """Return the threshold with the best F on unseen messages, as the mean over samples of them: one sample's best is luck."""
    chance = np.random.default_rng(SEED)
    best = []
    for _sample in range(SAMPLES):
        drawn = chance.integers(0, len(truth), len(truth))
        reached = [_f(logits[drawn] >= at, truth[drawn], beta) for at in STEPS]
        best.append(STEPS[int(np.argmax(reached))])
    return float(np.mean(best))


def _f(said: Truth, truth: Truth, beta: float = 1.0) -> float:
    right = float((said & truth).sum())
    return (1 + beta**2) * right / max(1.0, float(said.sum()) + beta**2 * float(truth.sum()))


def _figures(said: Truth, truth: Truth) -> str:
    right = float((said & truth).sum())
    return f"{right / max(1, said.sum()):.3f} | {right / max(1, truth.sum()):.3f} | {_f(said, truth):.3f}"


if __name__ == "__main__":
    main()
