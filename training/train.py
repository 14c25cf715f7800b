"""Train the learned half of the labels: `make model` reads data/messages/ and writes qingqun/enrich/labels/weights.npz.

Reproducible: the same corpus, patterns and library give the same file. Thresholds and the printed figures come from messages
the fold's model has not seen. The blind file is never read here.
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from qingqun.enrich import labels
from qingqun.enrich.labels.engine import weigh_all
from qingqun.enrich.labels.grams import PLACES, grams
from qingqun.enrich.labels.learned import pattern_features
from qingqun.enrich.labels.reading import ready

ROOT = Path(__file__).parents[1]
CORPUS = [*sorted((ROOT / "data" / "messages").glob("train-*.jsonl")), ROOT / "data" / "messages" / "plain.jsonl"]
WEIGHTS = ROOT / "qingqun" / "enrich" / "labels" / "weights.npz"
FOLDS, RARE, STRENGTH, SEED = 5, 2, 10.0, 20260914


def main() -> None:
    """Train on everything, choose thresholds on unseen folds, write the arrays, print the folds' figures."""
    rows = [json.loads(line) for path in CORPUS for line in path.read_text(encoding="utf-8").splitlines()]
    names = tuple(labels.labels())
    truth = np.array([[name in row["labels"] for name in names] for row in rows])
    texts = ready(pl.Series([row["text"] for row in rows], dtype=pl.String))
    counted, weight = _grams(texts)
    said = pattern_features(weigh_all(texts, labels.labels()), names)
    features = hstack([counted @ diags(weight), csr_matrix(said)]).tocsr()
    unseen = _unseen(features, truth)
    thresholds = np.array([_threshold(unseen[:, i], truth[:, i]) for i in range(len(names))], dtype=np.float32)
    for i, name in enumerate(names):
        print(f"{name:<20} {_figures(unseen[:, i] >= thresholds[i], truth[:, i])}")
    models = [_fit(features, truth[:, i]) for i in range(len(names))]
    coefficients = np.stack([model.coef_[0] for model in models])
    np.savez_compressed(
        WEIGHTS,
        names=np.array(names),
        grams=(coefficients[:, :PLACES] * weight).astype(np.float16),
        patterns=coefficients[:, PLACES:].T.astype(np.float32),
        bias=np.array([model.intercept_[0] for model in models], dtype=np.float32),
        thresholds=thresholds,
    )
    print(f"{len(rows)} messages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


def _grams(texts: pl.Series) -> tuple[csr_matrix, NDArray[np.float64]]:
    """Return grams a text, over the root of how many it has, and each place's weight: rare grams none, common ones little."""
    parts = [csr_matrix((np.ones(len(row)), (row, place)), shape=(len(texts), PLACES)) for row, place in grams(texts)]
    counted = sum(parts[1:], parts[0])
    spread = 1 / np.sqrt(np.maximum(np.asarray(counted.sum(axis=1)).ravel(), 1))
    within = np.asarray((counted > 0).sum(axis=0)).ravel()
    weight = np.where(within >= RARE, np.log((1 + len(texts)) / (1 + within)) + 1, 0.0)
    return (diags(spread) @ counted).tocsr(), weight


def _fit(features: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(features, truth)


def _unseen(features: csr_matrix, truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each message's logits by a model that has not seen it."""
    logits = np.zeros(truth.shape)
    for seen, kept in KFold(FOLDS, shuffle=True, random_state=SEED).split(truth):
        for i in range(truth.shape[1]):
            logits[kept, i] = _fit(features[seen], truth[seen, i]).decision_function(features[kept])
    return logits


def _threshold(logits: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Return the threshold with the best F1 on unseen messages."""
    candidates = np.linspace(-2.5, 1.0, 36)
    return float(max(candidates, key=lambda at: _f1(logits >= at, truth)))


def _f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return 2 * float((said & truth).sum()) / max(1.0, float(said.sum() + truth.sum()))


def _figures(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> str:
    right = float((said & truth).sum())
    return f"precision {right / max(1, said.sum()):.3f}  recall {right / max(1, truth.sum()):.3f}  F1 {_f1(said, truth):.3f}"


if __name__ == "__main__":
    main()
