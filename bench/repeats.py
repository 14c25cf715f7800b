"""Claim: a million distinct notices are clustered in one run; a changed fact is not swallowed, and copies are found, beside MinHash.

Run: python bench/repeats.py [notices] [names]. Half of the notices are the demo's with another number at the end, half are made
from a few parts, so that thousands differ in one fact only; the copies are the demo's cosmetic edits. rensa and datasketch need an
environment that has them: pip install rensa datasketch. Names behind the number choose who runs: python bench/repeats.py 1000000 rensa.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from math import comb
from typing import Any

import polars as pl
from repeats_notices import planted

from qingqun.enrich.normal import normalise
from qingqun.enrich.repeats import cluster

LIKENESS, PERMUTATIONS = 0.8, 128
Numbers = list[int | None]
Sign = Callable[[list[str]], Any]


def shingles(texts: list[str]) -> Iterator[list[str]]:
    """Yield each text's three-character shingles, of the same normalised text that qingqun reads."""
    for text in normalise(pl.Series(texts)).to_list():
        yield [text[n : n + 3] for n in range(max(1, len(text) - 2))]


def first_alike(signs: Iterable[Any], lsh: Any) -> Numbers:
    """Number each text by the first one it is like, as MinHash is used to drop copies from a stream."""
    numbers: Numbers = []
    for at, sign in enumerate(signs):
        found = lsh.query(sign)
        numbers.append(min(found) if found else at)
        if not found:
            lsh.insert(at, sign)
    return numbers


def rensa(texts: list[str]) -> Numbers:
    made = import_module("rensa")

    def sign(parts: list[str]) -> Any:
        known = made.RMinHash(num_perm=PERMUTATIONS, seed=1)
        known.update(parts)
        return known

    lsh = made.RMinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS, num_bands=16)
    return first_alike(map(sign, shingles(texts)), lsh)


def datasketch(texts: list[str]) -> Numbers:
    made = import_module("datasketch")

    def sign(parts: list[str]) -> Any:
        known = made.MinHash(num_perm=PERMUTATIONS, seed=1)
        known.update_batch([part.encode() for part in parts])
        return known

    return first_alike(map(sign, shingles(texts)), made.MinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS))


def ours(texts: list[str]) -> Numbers:
    return cluster(pl.Series(texts)).to_list()


def pairs(numbers: Iterable[object]) -> int:
    return sum(comb(count, 2) for count in Counter(numbers).values())


def report(name: str, run: Callable[[list[str]], Numbers], texts: list[str], truth: list[int]) -> None:
    start = time.perf_counter()
    found = [-1 - at if number is None else number for at, number in enumerate(run(texts))]
    took = time.perf_counter() - start
    right, got, wanted = pairs(zip(found, truth, strict=True)), pairs(found), pairs(truth)
    print(f"| {name} | {len(texts):,} | {right / max(1, got):.4f} | {right / max(1, wanted):.4f} | {len(texts) / took:,.0f} |", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chosen = sys.argv[2:] or ["qingqun", "rensa", "datasketch"]
    texts, truth = planted(count, random.Random(1))
    cluster(pl.Series(texts[:100]))
    print("| | notices | precision | recall | notices/s |\n| --- | --- | --- | --- | --- |", flush=True)
    runs = {"qingqun": ours, "rensa": rensa, "datasketch": datasketch}
    for name in chosen:
        if find_spec(name):
            report(name, runs[name], texts, truth)
        else:
            print(f"{name} is not installed: pip install {name}, in an environment of its own")


if __name__ == "__main__":
    main()
