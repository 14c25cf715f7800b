"""How fast labelling alone is, over a column of messages: one in five distinct, and all distinct.

The texts are those of data/messages, varied so that no sentence stays as it was: in every clause one pair of characters gives way to
a pair from another message. In one run, interleaved: label_texts over the column, (a) hashing the same column with Polars,
(b) label_texts called once a message (for 10 seconds, as a rate). Each measurement is a process of its own, so that peak memory is its own.
"""

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

import polars as pl
from gauge import measure, peak, rate

from qingqun.enrich.labels import label_texts

CORPUS = Path(__file__).parents[1] / "data" / "messages"
SEED, SINGLY_SECONDS = 7, 10.0
CLAUSE = re.compile(r"[^，。！？；\n]+[，。！？；\n]*")
WORDS = re.compile("[\u4e00-\u9fff]{2,}")


def main() -> None:
    """Print messages per second, ratios, CPU seconds and peak memory for both shares of distinct texts."""
    options = _options()
    if options.child:
        print(json.dumps(_child(options.child, Path(options.path))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, n, share in (("one in five distinct", options.messages, 0.2), ("all distinct", options.messages // 5, 1.0)):
            path = Path(folder) / "texts.parquet"
            column(n, share).to_frame("text").write_parquet(path, compression="lz4")
            print(f"\n{n:,} messages, {name}, {options.rounds} rounds interleaved")
            _compare(path, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=sorted(CHILDREN))
    parser.add_argument("--path")
    return parser.parse_args()


def column(n: int, share: float) -> pl.Series:
    """Return n texts of which this share is distinct, in an order that does not show it."""
    rng = Random(SEED)
    texts = [json.loads(line)["text"] for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    distinct = _distinct(texts, max(1, round(n * share)), rng)
    repeated = [*distinct, *rng.choices(distinct, k=n - len(distinct))]
    rng.shuffle(repeated)
    return pl.Series(repeated)


def _distinct(texts: list[str], n: int, rng: Random) -> list[str]:
    pairs = [word[at : at + 2] for text in texts for word in WORDS.findall(text) for at in range(0, len(word) - 1, 2)]
    found: dict[str, None] = {}
    for text in cycle(texts):
        found[_varied(text, pairs, rng)] = None
        if len(found) == n:
            return list(found)
    raise AssertionError


def _varied(text: str, pairs: list[str], rng: Random) -> str:
    return "".join(_changed(clause, pairs, rng) for clause in CLAUSE.findall(text)) or rng.choice(pairs)


def _changed(clause: str, pairs: list[str], rng: Random) -> str:
    words = list(WORDS.finditer(clause))
    if not words:
        return clause
    word = rng.choice(words)
    at = rng.randrange(word.start(), word.end() - 1)
    return clause[:at] + rng.choice(pairs) + clause[at + 2 :]


def _compare(path: Path, rounds: int) -> None:
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in CHILDREN}
    for _round in range(rounds):
        for name in CHILDREN:
            runs[name].append(measure(__file__, name, path))
    for name, found in runs.items():
        rates = [rate(run) for run in found]
        spread, peak = f"(min {min(rates):,.0f}, max {max(rates):,.0f})", max(run["peak"] for run in found)
        cpu = statistics.median(run["cpu"] for run in found)
        print(f"{name:<8} {statistics.median(rates):>12,.0f} messages/s   {spread}   peak {peak:,.0f} MiB, {cpu:.1f} s of CPU")
    for other, what in (("hash", "of hashing with Polars"), ("singly", "x one call a message")):
        ratio = statistics.median(rate(a) / rate(b) for a, b in zip(runs["column"], runs[other], strict=True))
        print(f"column / {other}: {ratio:.4g} {what}")


def _child(name: str, path: Path) -> dict[str, float]:
    texts = pl.read_parquet(path)["text"]
    started, cpu = time.perf_counter(), time.process_time()
    messages = sum(CHILDREN[name](texts))
    seconds = time.perf_counter() - started
    return {"messages": messages, "seconds": seconds, "cpu": time.process_time() - cpu, "peak": peak()}


def _column(texts: pl.Series) -> Iterator[int]:
    yield label_texts(texts).height


def _hash(texts: pl.Series) -> Iterator[int]:
    yield texts.hash().len()


def _singly(texts: pl.Series) -> Iterator[int]:
    """Label message by message for SINGLY_SECONDS."""
    until = time.perf_counter() + SINGLY_SECONDS
    for text in texts:
        if time.perf_counter() > until:
            return
        yield label_texts(pl.Series([text])).height


CHILDREN = {"column": _column, "hash": _hash, "singly": _singly}

if __name__ == "__main__":
    main()
