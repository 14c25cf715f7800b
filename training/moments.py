"""Train how a moment's signs are weighed: `make model` reads data/messages/ and writes qingqun/enrich/deadline/weights.npz.

Two steps, as for the labels: first the words around every moment, on all messages; then this together with what the rules say, on
messages nobody read while writing the rules. Reproducible. The blind and the unseen file are never read here.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.asked import standing
from qingqun.enrich.deadline.parse import ITEM, closing_hour, spoken
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.resolve import moment
from qingqun.enrich.deadline.signs import signs, verdicts
from qingqun.enrich.normal import normalise

ROOT = Path(__file__).parents[1]
CORPUS = [*sorted((ROOT / "data" / "messages").glob("train-*.jsonl")), *sorted((ROOT / "data" / "messages").glob("plain-*.jsonl"))]
# The files whose even numbers were read while the rules were written.
READ = {f"train-{name}" for name in ("companies", "events", "pressure", "schools", "short", "streets")} | {"plain-chatter"}
CASES = ROOT / "tests" / "data" / "deadlines" / "cases.jsonl"
LINES = Path(__file__).parent / "moments.txt"
WEIGHTS = ROOT / "qingqun" / "enrich" / "deadline" / "weights.npz"
FOLDS, RARE, SEED = 5, 3, 20260914
WORDS, RULES = 0.1, 0.3  # how freely the two steps may fit
THRESHOLD = 0.4
EVERYDAY = 2.0  # plain messages are far more of what people send than of the corpus
CERTAIN = 4  # a written case counts as so many messages: the forms of the guide must hold
MINUTE = 60

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]


class Example(NamedTuple):
    """A moment of a message: is it the due one? `group` is its message, `fresh` tells that no rule was written on it."""

    found: Found
    group: int
    fresh: bool
    due: bool
    at: datetime | None


class Message(NamedTuple):
    """A message's own due moment."""

    due: datetime | None
    source: str


def main() -> None:
    """Weigh the signs, write them, print the figures on messages the fold's weights have not seen."""
    messages, examples = _corpus()
    told = [signs(e.found) for e in examples]
    ruled = [verdicts(e.found) for e in examples]
    known, words = _table(told)
    rules_known, rules = _table(ruled)
    truth = np.array([e.due for e in examples])
    group = np.array([e.group for e in examples])
    fresh = np.array([e.fresh for e in examples])
    heavy = np.array([EVERYDAY if messages[e.group].source.startswith("plain") else 1.0 for e in examples])
    guessed = _unseen(words, truth, group, WORDS, heavy)
    together = hstack([csr_matrix(guessed[:, None]), rules]).tocsr()
    _print(messages, examples, _unseen(together, truth, group, RULES, heavy * fresh))

    first = _fit(words, truth, WORDS, heavy)
    second = _fit(together, truth, RULES, heavy * fresh)
    share = second.coef_[0][0]
    np.savez_compressed(
        WEIGHTS,
        names=np.array([*known, *rules_known]),
        weights=np.concatenate([first.coef_[0] * share, second.coef_[0][1:]]).astype(np.float32),
        bias=np.float32(first.intercept_[0] * share + second.intercept_[0] - np.log(THRESHOLD / (1 - THRESHOLD))),
    )
    print(f"{len(examples)} moments, {len(known) + len(rules_known)} signs, {WEIGHTS.stat().st_size / 1e3:.0f} kB")


def _corpus() -> tuple[list[Message], list[Example]]:
    messages: list[Message] = []
    examples: list[Example] = []
    for path in CORPUS:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            want = datetime.fromisoformat(row["deadline"]) if row["deadline"] else None
            fresh = int(row["id"].rpartition("-")[2]) % 2 == 1 or path.stem not in READ
            source = path.stem if path.stem not in READ or path.stem.startswith("plain") else ("odd" if fresh else "even")
            examples += _moments(row["text"], datetime.fromisoformat(row["sent_at"]), want, len(messages), fresh=fresh)
            messages.append(Message(want, source))
    written = len(examples)
    for row in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()):
        want = datetime.fromisoformat(row["deadline"]) if row["deadline"] else None
        examples += _moments(row["text"], datetime.fromisoformat(row["sent_at"]), want, len(messages), fresh=True)
        messages.append(Message(want, "cases"))
    examples += examples[written:] * (CERTAIN - 1)
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line[0] in "+-":
            examples += _line(line, len(messages))
            messages.append(Message(None, "lines"))
    return messages, examples


def _text(text: str) -> str:
    return spoken(normalise(pl.Series([re.sub(ITEM, ";", text)], dtype=pl.String))[0])


def _moments(words: str, sent: datetime, want: datetime | None, group: int, *, fresh: bool) -> list[Example]:
    """Return the moments of a message that come before its due moment, and that one; later ones say nothing."""
    text = _text(words)
    found = [(each, moment(due(each, closing_hour(text)), sent.astimezone(BEIJING), Hours.default())) for each in Reader(text)]
    kept = [(each, at) for each, at in found if at and at >= sent and not standing(each) and (want is None or _same(at, want) or at < want)]
    return [Example(each, group, fresh, want is not None and _same(at, want), at) for each, at in kept]


def _same(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) < MINUTE


def _line(line: str, group: int) -> list[Example]:
    """Return the moments of a written line; where one stands behind a *, that one is due and the others are not."""
    star, text = _text(line[2:]).find("*"), _text(line[2:].replace("*", ""))
    found = [each for each in Reader(text) if not standing(each)]
    places = [text.find(each.sentence) + len(each.sentence) for each in found]
    return [
        Example(each, group, fresh=True, due=line[0] == "+" and star in (-1, at), at=None) for each, at in zip(found, places, strict=True)
    ]


def _table(told: list[set[str]]) -> tuple[list[str], csr_matrix]:
    """Return the signs that are not rare, in order, and which moment has which."""
    counted: dict[str, int] = {}
    for name in (name for each in told for name in each):
        counted[name] = counted.get(name, 0) + 1
    place = {name: at for at, name in enumerate(sorted(name for name, times in counted.items() if times >= RARE))}
    pairs = [(row, place[name]) for row, each in enumerate(told) for name in each if name in place]
    rows, columns = zip(*pairs, strict=True)
    return list(place), csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(told), len(place)))


def _fit(features: csr_matrix, truth: Truth, freedom: float, heavy: Array) -> LogisticRegression:
    used = heavy > 0
    return LogisticRegression(C=freedom, max_iter=3000).fit(features[used], truth[used], sample_weight=heavy[used])


def _unseen(features: csr_matrix, truth: Truth, group: NDArray[np.int64], freedom: float, heavy: Array) -> Array:
    """Return each moment's logit by weights that have not seen its message; those of no weight are not learned from."""
    logits = np.zeros(len(truth))
    for _, kept in KFold(FOLDS, shuffle=True, random_state=SEED).split(np.arange(group.max() + 1)):
        inside = np.isin(group, kept)
        logits[inside] = _fit(features[~inside], truth[~inside], freedom, heavy[~inside]).decision_function(features[inside])
    return logits


def _print(messages: list[Message], examples: list[Example], logits: Array) -> None:
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        said: dict[int, datetime] = {}
        for example, logit in zip(examples, logits, strict=True):
            if example.at and logit > np.log(threshold / (1 - threshold)):
                said[example.group] = min(example.at, said.get(example.group, example.at))
        for source in sorted({message.source for message in messages} - {"even", "lines", "cases"}):
            chosen = [(at, message.due) for at, message in enumerate(messages) if message.source == source]
            right = sum(due is not None and at in said and _same(said[at], due) for at, due in chosen)
            asked = sum(due is not None for _, due in chosen)
            invented = sum(due is None and at in said for at, due in chosen)
            print(f"{threshold} {source:<14} right {right / asked:.3f} of {asked}  invented {invented / (len(chosen) - asked):.4f}")


if __name__ == "__main__":
    main()
