"""Train how a moment's signs are weighed: `make model` reads data/messages/ and writes qingqun/enrich/deadline/weights.npz.

Two steps, as for the labels: first the words around every moment that stands before the due one, and of that, on all messages; then this
together with what the rules say, on messages nobody read while writing the rules. Reproducible. The figures are for messages the weights
have not seen, in five folds. The blind and the unseen file are never read here.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.asked import standing
from qingqun.enrich.deadline.parse import ITEM, closing_hour, spoken
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.resolve import moment
from qingqun.enrich.deadline.signs import BITS, Places, signs
from qingqun.enrich.deadline.verdicts import verdicts
from qingqun.enrich.deadline.weigh import shares
from qingqun.enrich.normal import normalise

ROOT = Path(__file__).parents[1]
CORPUS = [*sorted((ROOT / "data" / "messages").glob("train-*.jsonl")), *sorted((ROOT / "data" / "messages").glob("plain-*.jsonl"))]
CASES = ROOT / "tests" / "data" / "deadlines" / "cases.jsonl"
LINES = Path(__file__).parent / "moments.txt"
WEIGHTS = ROOT / "qingqun" / "enrich" / "deadline" / "weights.npz"
# The files whose even numbers were read while the rules were written.
READ = {f"train-{name}" for name in ("companies", "events", "pressure", "schools", "short", "streets")} | {"plain-chatter"}
FOLDS, RARE, SEED = 5, 3, 20260914
WORDS, RULES = 0.1, 0.3  # how freely the two steps may fit
THRESHOLD = 0.45
EVERYDAY = 2.0  # plain messages are far more of what people send than of the corpus
CERTAIN = 4.0  # a written case counts as so many messages: the forms of the guide must hold
MINUTE = 60
WRITTEN = ("cases", "lines")

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]


class Message(NamedTuple):
    """A text with the moments to learn from: which of them are due, and when each would be."""

    text: str
    source: str
    fresh: bool
    due: datetime | None
    found: list[Found]
    asked: list[bool]
    at: list[datetime | None]


class Table(NamedTuple):
    """The moments of all messages: their signs, whether they are due, whose they are, how much each counts."""

    features: csr_matrix
    truth: Truth
    group: NDArray[np.int64]
    heavy: Array


def main() -> None:
    """Weigh the signs, write them, print the figures on messages the fold's weights have not seen."""
    messages = [message for path in CORPUS for message in _file(path)] + list(_file(CASES)) + list(_lines())
    words, places = _words(messages)
    said, names = _rules(messages)
    fresh = np.array([message.fresh for message in messages])[words.group]
    guessed = csr_matrix(_unseen(words, WORDS)[:, None])
    rules = words._replace(features=hstack([guessed, said]).tocsr(), heavy=words.heavy * fresh)
    _print(messages, _unseen(rules, RULES))

    first, second = _fit(words, WORDS), _fit(rules, RULES)
    share, bias = second.coef_[0][0], second.intercept_[0] - np.log(THRESHOLD / (1 - THRESHOLD))
    np.savez_compressed(
        WEIGHTS,
        places=places.astype(np.uint32),
        weights=(first.coef_[0] * share).astype(np.float16),
        rules=np.array(names),
        said=second.coef_[0][1:].astype(np.float32),
        reach=np.percentile(said @ second.coef_[0][1:], (1, 99)).astype(np.float32),
        bias=np.float32(first.intercept_[0] * share + bias),
    )
    print(f"{len(words.truth)} moments, {len(places) + len(names)} signs, {WEIGHTS.stat().st_size / 1e3:.0f} kB")


def _text(text: str) -> str:
    return spoken(normalise(pl.Series([re.sub(ITEM, ";", text)], dtype=pl.String))[0])


def _file(path: Path) -> Iterator[Message]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        want = datetime.fromisoformat(row["deadline"]) if row["deadline"] else None
        fresh = path.stem not in READ or int(row["id"].rpartition("-")[2]) % 2 == 1
        yield _message(_text(row["text"]), path.stem, datetime.fromisoformat(row["sent_at"]), want, fresh=fresh)


def _message(text: str, source: str, sent: datetime, want: datetime | None, *, fresh: bool) -> Message:
    """Keep the moments of a message that come before its due moment, and that one; later ones say nothing."""
    found = [
        (each, moment(due(each, closing_hour(text)), sent.astimezone(BEIJING), Hours.default()))
        for each in Reader(text)
        if not standing(each)
    ]
    kept = [(each, at) for each, at in found if at and at >= sent and (want is None or _same(at, want) or at < want)]
    asked = [want is not None and _same(at, want) for _, at in kept]
    return Message(text, source, fresh, want, [each for each, _ in kept], asked, [at for _, at in kept])


def _same(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) < MINUTE


def _lines() -> Iterator[Message]:
    """Read the written lines; where one moment stands behind a *, that one is due and the others are not."""
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line[0] in "+-":
            before, marked, after = line[2:].partition("*")
            star, text = len(_text(before)) if marked else -1, _text(before + after)
            found = [each for each in Reader(text) if not standing(each)]
            asked = [line[0] == "+" and star in (-1, each.start) for each in found]
            yield Message(text, "lines", True, None, found, asked, [None] * len(found))


def _rows(places: Places) -> csr_matrix:
    """Return which row has which sign, as one whatever the times it stands there."""
    starts = np.arange(0, places.size + 1, places.shape[1])
    rows = csr_matrix((np.ones(places.size), places.ravel(), starts), shape=(len(places), 1 + (1 << BITS)))
    rows.sum_duplicates()
    rows.data = np.ones_like(rows.data)
    return rows


def _words(messages: list[Message]) -> tuple[Table, NDArray[np.int64]]:
    """Return the moments with those of their signs that are not rare, and the places of these."""
    told = signs([message.text for message in messages], [message.found for message in messages])
    features = (_rows(told.near) + (diags(shares(told.whole).astype(float)) @ _rows(told.whole))[told.text]).tocsc()
    often = np.flatnonzero(np.diff(features.indptr) >= RARE)
    often = often[often > 0]
    counts = [CERTAIN if each.source == "cases" else EVERYDAY if each.source.startswith("plain") else 1.0 for each in messages]
    truth = np.array([asked for message in messages for asked in message.asked])
    return Table(features[:, often].tocsr(), truth, told.text, np.array(counts)[told.text]), often


def _rules(messages: list[Message]) -> tuple[csr_matrix, list[str]]:
    """Return which moment has which verdict, and the verdicts in order."""
    told = [verdicts(found) for message in messages for found in message.found]
    place = {name: at for at, name in enumerate(sorted({name for each in told for name in each}))}
    columns = [place[name] for each in told for name in each]
    starts = np.cumsum([0, *map(len, told)])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(told), len(place))), list(place)


def _fit(table: Table, freedom: float, without: Truth | None = None) -> LogisticRegression:
    used = table.heavy > 0 if without is None else (table.heavy > 0) & ~without
    return LogisticRegression(C=freedom, max_iter=3000).fit(table.features[used], table.truth[used], sample_weight=table.heavy[used])


def _unseen(table: Table, freedom: float) -> Array:
    """Return each moment's logit by weights that have not seen its message."""
    logits = np.zeros(len(table.truth))
    for _, kept in KFold(FOLDS, shuffle=True, random_state=SEED).split(np.arange(table.group.max() + 1)):
        inside = np.isin(table.group, kept)
        logits[inside] = _fit(table, freedom, inside).decision_function(table.features[inside])
    return logits


def _said(messages: list[Message], logits: Array, threshold: float) -> list[datetime | None]:
    each = iter(logits.tolist())
    passed = [[at for at in message.at if next(each) > np.log(threshold / (1 - threshold)) and at] for message in messages]
    return [min(ats, default=None) for ats in passed]


def _print(messages: list[Message], logits: Array) -> None:
    known = sorted({message.source for message in messages} - set(WRITTEN))
    for threshold in (0.35, 0.4, THRESHOLD, 0.5, 0.6):
        said = _said(messages, logits, threshold)
        for source in ("fresh", *known):
            sources = known if source == "fresh" else [source]
            chosen = [(each.due, at) for each, at in zip(messages, said, strict=True) if each.fresh and each.source in sources]
            right = sum(due is not None and at is not None and _same(at, due) for due, at in chosen)
            asked = sum(due is not None for due, _ in chosen)
            invented = sum(due is None and at is not None for due, at in chosen)
            print(f"{threshold} {source:<21} right {right / max(asked, 1):.3f} of {asked}  invented {invented / (len(chosen) - asked):.4f}")


if __name__ == "__main__":
    main()
