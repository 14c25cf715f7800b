"""No two filters of a report, and no sum of its cells, tell of a group below k."""

import random
from itertools import combinations, product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.plan.forecast import Change, Span, forecast
from qingqun.findings.sums import shown
from qingqun.findings.suppress import EVERYBODY
from qingqun.findings.suppress import shown as units_shown
from qingqun.findings.tree import Tree

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


def a_tree(dice: random.Random) -> tuple[dict[str, int], dict[str, str], int]:
    """Make up to six units, some below others, and how many people are in each and in none."""
    units = [f"u{n}" for n in range(dice.randint(1, 6))]
    over = {unit: dice.choice(units[:n]) for n, unit in enumerate(units) if n and dice.random() < 0.7}
    return {unit: dice.choice([0, 1, 3, 4, 5, 6, 11, 40]) for unit in units}, over, dice.choice([0, 0, 2, 7])


def vector(cell: tuple[str, str], units: list[str], whole: Tree) -> list[float]:
    """Return which atoms, each unit's own people and then those of no unit, are in a cell."""
    kind, unit = cell
    if cell == EVERYBODY:
        return [1.0] * (len(units) + 1)
    return [*(float(one == unit or (kind == "all" and unit in whole.line(one))) for one in units), 0.0]


@pytest.mark.parametrize("k", [5, 10])
def test_no_combination_of_shown_units_and_their_sums_tells_of_a_few_people(k: int) -> None:
    dice = random.Random(k)
    for _ in range(1_500):
        people, over, outside = a_tree(dice)
        units, whole = list(people), Tree(over)
        atoms = np.array([*people.values(), outside])
        seen = [vector(cell, units, whole) for cell in units_shown(people, over, outside, k)]
        sets = np.array(list(product([0.0, 1.0], repeat=len(atoms))))
        few = sets[(sets @ atoms > 0) & (sets @ atoms < k)]
        span = np.linalg.svd(np.array(seen), full_matrices=False)[2][: np.linalg.matrix_rank(seen)] if seen else np.zeros((1, len(atoms)))
        assert not (np.abs(few - few @ span.T @ span).max(axis=1, initial=0) < 1e-9).any()


def test_if_all_but_one_child_could_be_shown_the_last_takes_another_with_it() -> None:
    over = dict.fromkeys(("东", "西", "南"), "街道")
    assert units_shown({"东": 3, "西": 8, "南": 20}, over) == {("all", ""), ("all", "街道"), ("own", "南")}


def test_a_hidden_child_is_not_had_through_the_unit_above_the_unit_above() -> None:
    over = {"一": "街道", "街道": "区", "二": "区"}
    told = units_shown({"一": 4, "街道": 0, "二": 30, "区": 20}, over)
    assert ("all", "街道") not in told
    assert told == {("all", ""), ("all", "区"), ("own", "二")}


def test_where_all_are_many_all_are_shown() -> None:
    told = units_shown({"一": 5, "街道": 6}, {"一": "街道"})
    assert told == {("all", ""), ("all", "街道"), ("own", "一"), ("own", "街道")}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=5))
def test_the_forecast_of_a_small_unit_cannot_be_had_by_subtraction(sizes: list[int]) -> None:
    standing = pl.DataFrame({"g": range(len(sizes)), "unit": [f"村{i}" for i in range(len(sizes))], "kind": ["main"] * len(sizes)})
    rows: list[Any] = [(g, 100 * g + i) for g, size in enumerate(sizes) for i in range(size)]
    people = pl.DataFrame(rows, schema={"g": pl.Int64, "person": pl.Int64}, orient="row")
    sent = pl.DataFrame({"g": range(len(sizes)), "n": [1] * len(sizes)})
    own, _rolled = forecast(standing.cast({"g": pl.Int64}), people, sent.cast({"g": pl.Int64}), Change(set(), []), Span(1))
    table = own.filter(pl.col("metric") == "groups")
    whole = table.filter(pl.col("unit").is_null())["people"].item()
    told = table.drop_nulls("unit")["people"].drop_nulls()
    assert all(n >= 5 for n in told)
    assert whole is None or whole - int(told.sum()) not in range(1, 5)
