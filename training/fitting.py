"""What every training here does: weigh n-grams, fit, guess what was not seen, choose thresholds, write the arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from qingqun.enrich.labels.grams import PLACES, folded, grams

FOLDS, RARE, SAMPLES, SEED = 5, 4, 40, 20260914
STEPS = np.linspace(-2.5, 1.5, 41)
Array = NDArray[np.float64]
Truth = NDArray[np.bool_]
Rows = NDArray[np.int64]
Folds = list[tuple[Rows, Rows]]


def weighed_grams(texts: pl.Series, rare: int = RARE) -> tuple[csr_matrix, Rows, Array]:
    """Return the weighed grams a text, the places of those that `rare` texts have at least, and their weights: common ones weigh little."""
    parts = [csr_matrix((np.ones(len(row)), (row, place)), shape=(len(texts), PLACES)) for row, place in grams(folded(texts))]
    counted = sum(parts[1:], parts[0])
    spread = 1 / np.sqrt(np.maximum(np.asarray(counted.sum(axis=1)).ravel(), 1))
    within = np.bincount(counted.indices, minlength=PLACES)
    places = np.flatnonzero(within >= rare)
    weight = np.log((1 + len(texts)) / (1 + within[places])) + 1
    return (diags(spread) @ counted[:, places] @ diags(weight)).tocsr(), places, weight


def fit(features: csr_matrix | Array, truth: Truth, freedom: float) -> LogisticRegression:
    """Fit one name's yes and no; the larger `freedom`, the more freely."""
    return LogisticRegression(C=freedom, max_iter=2000).fit(features, truth)


def fit_few(features: Array, truth: Truth, freedom: float) -> LogisticRegression:
    """Fit as `fit` does where features are few and dense: to the end, in a tenth of the time."""
    return LogisticRegression(C=freedom, solver="newton-cholesky").fit(features, truth)


def folded_apart(origin: Rows) -> Folds:
    """Return which messages a fold's model sees and which it does not; what was made of a message stands on its side."""
    split = KFold(FOLDS, shuffle=True, random_state=SEED).split(np.zeros(origin.max() + 1))
    return [(np.flatnonzero(np.isin(origin, seen)), np.flatnonzero(np.isin(origin, kept))) for seen, kept in split]


def unseen(features: csr_matrix | Array, truth: Truth, freedom: float, folds: Folds) -> Array:
    """Return each message's logits by models that have not seen it."""
    logits = np.zeros(truth.shape)
    for seen, kept in folds:
        for i in range(truth.shape[1]):
            logits[kept, i] = fit(features[seen], truth[seen, i], freedom).decision_function(features[kept])
    return logits


def threshold(logits: Array, truth: Truth, beta: float) -> float:
    """Return the threshold with the best F on unseen messages, as the mean over samples of them: one sample's best is luck."""
    chance = np.random.default_rng(SEED)
    best = []
    for _sample in range(SAMPLES):
        drawn = chance.integers(0, len(truth), len(truth))
        reached = [f_measure(logits[drawn] >= at, truth[drawn], beta) for at in STEPS]
        best.append(STEPS[int(np.argmax(reached))])
    return float(np.mean(best))


def f_measure(said: Truth, truth: Truth, beta: float = 1.0) -> float:
    """Weigh precision and recall; `beta` above one favours recall."""
    right = float((said & truth).sum())
    return (1 + beta**2) * right / max(1.0, float(said.sum()) + beta**2 * float(truth.sum()))


def figures(said: Truth, truth: Truth) -> str:
    """Return precision, recall and F1 as cells of a table."""
    right = float((said & truth).sum())
    return f"{right / max(1, said.sum()):.3f} | {right / max(1, truth.sum()):.3f} | {f_measure(said, truth):.3f}"


def save(
    path: Path,
    names: Sequence[str],
    table: tuple[Rows, Array],
    steps: tuple[Sequence[LogisticRegression], Sequence[LogisticRegression]],
    thresholds: Array,
) -> None:
    """Write what qingqun/enrich/labels/weights.py reads; `table` are the places of the grams and their weights."""
    (places, weight), (first, second) = table, steps
    mixing = np.stack([model.coef_[0] for model in second])
    over_grams, over_patterns = mixing[:, : len(names)], mixing[:, len(names) :]
    np.savez_compressed(
        path,
        names=np.array(names),
        places=places.astype(np.uint32),
        grams=(np.stack([model.coef_[0] for model in first]) * weight).T.astype(np.float16),
        first=np.array([model.intercept_[0] for model in first], np.float32),
        mixing=over_grams.T.astype(np.float32),
        patterns=over_patterns.T.astype(np.float32),
        bias=np.array([model.intercept_[0] for model in second], np.float32),
        thresholds=thresholds.astype(np.float32),
    )
