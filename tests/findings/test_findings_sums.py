"""No two filters of a report, and no sum of its cells, tell of a group below k."""

import random
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.plan.forecast import Change, forecast
from qingqun.findings.sums import shown
from qingqun.findings.suppress import hidden

ROUNDS = 10_000


def filtered(dice: random.Random, units: int, kinds: int) -> frozenset[int]:
    """Pick any units and any kinds: the atoms of a filter."""
    some = [u for u in range(units) if dice.random() < 0.6]
    of = [k for k in range(kinds) if dice.random() < 0.7]
    return frozenset(u * kinds + k for u in some for k in of)


@pytest.mark.parametrize("k", [5, 10])
def test_ten_thousand_random_pairs_of_filters_never_tell_of_a_small_group(k: int) -> None:
    dice = random.Random(k)
    for _ in range(ROUNDS // 2):
        units, kinds = dice.randint(1, 4), dice.randint(1, 3)
        atoms = [dice.choice([0, 1, 2, 4, 5, 9, 12, 40]) for _ in range(units * kinds)]
        everybody = frozenset(range(len(atoms)))
        cells = [everybody, filtered(dice, units, kinds), filtered(dice, units, kinds)]
        seen = [cells[i] for i in shown(atoms, cells, k)]
        people = [sum(atoms[a] for a in cell) for cell in seen]
        assert all(n == 0 or n >= k for n in people)
        for (a, in_a), (b, in_b) in combinations(zip(seen, people, strict=True), 2):
            if a <= b or b <= a:
                assert abs(in_a - in_b) not in range(1, k)


def test_a_hidden_cell_cannot_be_had_from_any_sum_of_a_table_with_margins() -> None:
    dice = random.Random(3)
    for _ in range(300):
        atoms = [dice.choice([0, 1, 3, 6, 20]) for _ in range(9)]
        rows = [frozenset(range(3 * i, 3 * i + 3)) for i in range(3)]
        columns = [frozenset(range(i, 9, 3)) for i in range(3)]
        cells = [frozenset(range(9)), *rows, *columns, *(frozenset([i]) for i in range(9))]
        seen = shown(atoms, cells)
        matrix = np.array([[a in cells[i] for a in range(9)] for i in sorted(seen)], float).reshape(-1, 9)
        for i, people in enumerate(atoms):
            wanted = np.eye(9)[i]
            told = np.linalg.matrix_rank(np.vstack([matrix, wanted])) == np.linalg.matrix_rank(matrix)
            assert not (told and 0 < people < 5)


def test_what_is_large_everywhere_is_all_shown() -> None:
    assert shown([8, 9, 12], [frozenset([0, 1, 2]), frozenset([0]), frozenset([1]), frozenset([2])]) == {0, 1, 2, 3}


def test_a_small_cell_takes_another_with_it() -> None:
    assert shown([3, 9, 12], [frozenset([0, 1, 2]), frozenset([0]), frozenset([1]), frozenset([2])]) == {0, 3}


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.sampled_from([5, 10]))
def test_the_units_of_the_burden_table_are_safe_in_any_sum(counts: list[int], k: int) -> None:
    gone = hidden(counts, k)
    matrix = [[1.0] * len(counts), *(row for i, row in enumerate(np.eye(len(counts)).tolist()) if i not in gone)]
    if 0 < sum(counts) < k:
        return  # everybody together is hidden then, and every unit with them
    for i, people in enumerate(counts):
        told = np.linalg.matrix_rank([*matrix, np.eye(len(counts))[i]]) == np.linalg.matrix_rank(matrix)
        assert not (told and 0 < people < k)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=5))
def test_the_forecast_of_a_small_unit_cannot_be_had_by_subtraction(sizes: list[int]) -> None:
    standing = pl.DataFrame({"g": range(len(sizes)), "unit": [f"村{i}" for i in range(len(sizes))], "kind": ["main"] * len(sizes)})
    rows: list[Any] = [(g, 100 * g + i) for g, size in enumerate(sizes) for i in range(size)]
    people = pl.DataFrame(rows, schema={"g": pl.Int64, "person": pl.Int64}, orient="row")
    sent = pl.DataFrame({"g": range(len(sizes)), "n": [1] * len(sizes)})
    table = forecast(standing.cast({"g": pl.Int64}), people, sent.cast({"g": pl.Int64}), Change(set(), []), 1).filter(
        pl.col("metric") == "groups"
    )
    whole = table.filter(pl.col("unit").is_null())["people"].item()
    told = table.drop_nulls("unit")["people"].drop_nulls()
    assert all(n >= 5 for n in told)
    assert whole is None or whole - int(told.sum()) not in range(1, 5)
