"""How fast the merge plan is, and how good: greedy against what HiGHS proves; the candidate pairs against scipy's A times its transpose.

    python bench/plan.py                     10,000 groups and 5,000 people; pairs of 100,000 groups (three shapes) against scipy
    python bench/plan.py --groups 500000     a whole city, as large as the machine allows

The people and groups are made up: units of neighbours, most groups a work's own, some copied once or several times with a few people
changed, most notices of a copied group sent to its copies too. The figures begin where the tables are numbered (g, person, notice).
"""

import argparse
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from gauge import Run, measure, peak

from qingqun.findings.plan.decide import decide
from qingqun.findings.plan.exact import prove
from qingqun.findings.plan.greedy import Greedy
from qingqun.findings.plan.limits import Limits
from qingqun.findings.plan.loads import loads
from qingqun.findings.plan.overlap import Index, Ints, close, pairs

UNIT = 56  # people
DAYS = 28
LIMITS = Limits()
SHAPES = ("100000-280000", "100000-56000", "100000-1400000")  # groups and people: a person is in nine groups, in 44, in two


@dataclass(frozen=True)
class City:
    """Made-up tables: `people` g, person; `sent` g, notice_no, n; `groups` g, unit, kind."""

    people: pl.DataFrame
    sent: pl.DataFrame
    groups: pl.DataFrame


def city(groups: int, people: int, seed: int = 9) -> City:
    """Make a city. A third of the groups are copies of another of their unit."""
    dice = np.random.default_rng(seed)
    units = max(1, people // UNIT)
    copied = dice.random(groups) < 0.35
    copied[0] = False
    origin = np.maximum.accumulate(np.where(copied, 0, np.arange(groups)))  # a copy stands behind what it is a copy of
    unit = dice.integers(0, units, groups)[origin]
    chance = dice.uniform(0.12, 0.75, groups)[origin]
    rows = _members(dice, origin, chance, groups)
    g, place = np.nonzero(rows) if isinstance(rows, np.ndarray) else rows
    listed = pl.DataFrame({"g": g, "person": unit[g] * UNIT + place})
    table = pl.DataFrame({"g": np.arange(groups), "unit": unit, "kind": np.full(groups, "department")})
    return City(listed, _sent(dice, origin, groups), table)


def _members(dice: np.random.Generator, origin: Ints, chance: np.ndarray, groups: int) -> tuple[Ints, Ints]:
    found_g, found_p = [], []
    for begin in range(0, groups, 50_000):
        which = np.arange(begin, min(begin + 50_000, groups))
        first = np.unique(origin[which])
        base = np.random.default_rng(first[0]).random((len(first), UNIT)) < chance[first, None]
        mine = base[np.searchsorted(first, origin[which])]
        changed = (dice.random(mine.shape) < dice.uniform(0, 0.12, len(which))[:, None]) & (origin[which] != which)[:, None]
        g, p = np.nonzero(mine ^ changed)
        found_g.append(g + begin)
        found_p.append(p)
    return np.concatenate(found_g), np.concatenate(found_p)


def _sent(dice: np.random.Generator, origin: Ints, groups: int) -> pl.DataFrame:
    rest = pl.DataFrame(
        {"g": np.arange(groups), "notice_no": None, "n": dice.geometric(0.02, groups)}, schema_overrides={"notice_no": pl.Int64}
    )
    notices = dice.integers(1, 12, groups)
    owner = np.repeat(np.arange(groups), notices)
    told = dice.random(len(owner)) < 0.7
    number = np.arange(len(owner)) - np.repeat(np.cumsum(notices) - notices, notices)
    shared = np.where(told, origin[owner] * 16 + number, 10**9 + np.arange(len(owner)))
    noted = pl.DataFrame({"g": owner, "notice_no": shared, "n": np.ones(len(owner), np.int64)}).unique(["g", "notice_no"])
    return pl.concat([rest, noted])


def planned(made: City) -> Run:
    """Plan a city; return the seconds and what came of it."""
    began, cpu = time.perf_counter(), time.process_time()
    found = pairs(made.people, made.groups, LIMITS.overlap)
    paired = time.perf_counter()
    load = loads(made.people, made.sent, len(made.groups), DAYS)
    decided = decide(load, found, pl.DataFrame(schema={"main": pl.Int64, "g": pl.Int64}), LIMITS)
    ended = sum(cluster.ended for cluster in decided.merges)
    return {
        "memberships": len(made.people),
        "pairs": len(found),
        "pair_seconds": paired - began,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "merges": len(decided.merges),
        "gone": sum(len(c.groups) - 1 for c in decided.merges),
        "refused": len(decided.refused),
        "ended": ended,
        "peak": peak(),
    }


def proven(made: City) -> Run:
    """Plan a city greedily and ask HiGHS how much better any plan could be."""
    found = pairs(made.people, made.groups, LIMITS.overlap)
    load = loads(made.people, made.sent, len(made.groups), DAYS)
    greedy = Greedy(load, LIMITS)
    ended = sum(cluster.ended for cluster in greedy.run(found))
    began = time.perf_counter()
    proof = prove(load, found, LIMITS, seconds=120)
    return {
        "seconds": time.perf_counter() - began,
        "greedy": ended,
        "best": proof.value,
        "bound": proof.bound,
        "parts": proof.parts,
        "open": proof.open,
        "gap": 100 * (1 - ended / proof.bound) if proof.bound else 0.0,
    }


def ours(made: City) -> Run:
    """Find the candidate pairs of all groups, whatever their unit."""
    g, person = made.people["g"].to_numpy(), made.people["person"].to_numpy()
    began, cpu = time.perf_counter(), time.process_time()
    a, *_ = close(Index.of(g, person, len(made.groups)), LIMITS.overlap)
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "pairs": len(a), "peak": peak()}


def scipys(made: City) -> Run:
    """Find the same pairs with scipy: the sparse product of the memberships with themselves."""
    import scipy.sparse as sp  # noqa: PLC0415  only this child needs it

    g, person = made.people["g"].to_numpy(), made.people["person"].to_numpy()
    began, cpu = time.perf_counter(), time.process_time()
    matrix = sp.csr_matrix((np.ones(len(g), np.int32), (g, person)), shape=(len(made.groups), int(person.max()) + 1))
    common = sp.triu(matrix @ matrix.T, k=1, format="coo")
    size = np.asarray(matrix.sum(axis=1)).ravel()
    enough = common.data >= LIMITS.overlap * (size[common.row] + size[common.col] - common.data) - 1e-9
    found = int(enough.sum())
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "pairs": found, "peak": peak()}


CHILDREN = {"planned": planned, "proven": proven, "ours": ours, "scipy": scipys}


def child(name: str, path: Path) -> Run:
    """Do one measurement in this process; `path` is named groups-people."""
    groups, people = map(int, path.name.split("-"))
    return CHILDREN[name](city(groups, people))


def told(name: str, run: Run) -> None:
    """Print one measurement with the load of the machine."""
    figures = ", ".join(f"{key} {value:,.2f}" if value % 1 else f"{key} {value:,.0f}" for key, value in run.items())
    print(f"{name}: {figures} (load {os.getloadavg()[0]:.1f})", flush=True)


def main() -> None:
    """Measure."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--groups", type=int)
    asked.add_argument("--people", type=int)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--child")
    asked.add_argument("--path", type=Path)
    given = asked.parse_args()
    if given.child:
        print(json.dumps(child(given.child, given.path)))
        return
    if given.groups:
        told("planned", measure(__file__, "planned", Path(f"{given.groups}-{given.people or given.groups * 14 // 5}")))
        return
    for name in ("planned", "proven"):
        told(name, measure(__file__, name, Path("10000-5000")))
    for shape in SHAPES:
        print(shape)
        for _ in range(given.rounds):
            for name in ("ours", "scipy"):
                told(name, measure(__file__, name, Path(shape)))


if __name__ == "__main__":
    main()
