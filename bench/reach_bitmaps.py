"""Audiences as Roaring bitmaps, in an environment of its own: PYTHON bench/reach_bitmaps.py [PEOPLE]; what they take.

The environment: python -m venv build/others && build/others/bin/pip install pyroaring
"""

import importlib
import random
import sys
import time
from typing import Any

TURNS = 20


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_400_000
    bitmap: Any = importlib.import_module("pyroaring").BitMap
    chance = random.Random(7)
    units = [range(start, start + 70) for start in chance.sample(range(0, people, 70), people // 700)]
    shapes = {
        "everybody": range(people),
        "one in ten, whole units of 70": [person for unit in units for person in unit],
        "one in ten, scattered": chance.sample(range(people), people // 10),
        "one in two, scattered": chance.sample(range(people), people // 2),
    }
    other = bitmap(chance.sample(range(people), people // 2))
    for name, persons in shapes.items():
        begun = time.perf_counter()
        found = bitmap(persons)
        found.run_optimize()
        made, size = time.perf_counter() - begun, len(found.serialize())
        met = min(_timed(lambda found=found: found & other) for _turn in range(TURNS))
        one = min(_timed(lambda found=found: people // 2 in found) for _turn in range(TURNS))
        words = f"made in {made * 1e3:.0f} ms; met with half of all in {met * 1e3:.2f} ms, one asked in {one * 1e6:.1f} microseconds"
        print(f"{name}: {len(found):,} persons, {size:,} bytes = {size / len(found):.3f} each; {words}")


def _timed(act: Any) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
