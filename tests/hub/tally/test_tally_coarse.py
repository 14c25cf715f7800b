"""Steps and cells: whatever is counted, no reader of what is shown can work out what one of few people did."""

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.suppress import FEW
from qingqun.hub.tally.coarse import LEAST, Step, cells, safe, step, tells


@given(people=st.integers(0, 60))
def test_every_step_holds_at_least_five_counts_and_the_steps_meet(people: int) -> None:
    steps = list(dict.fromkeys(step(count, people) for count in range(people + 1)))
    assert (steps[0].low, steps[-1].high) == (0, people)
    assert all(after.low == before.high + 1 for before, after in pairwise(steps))
    assert all(one.high - one.low + 1 >= min(FEW, people + 1) for one in steps)


def test_of_too_few_people_nothing_is_said_and_nobody_looks_like_few() -> None:
    assert [tells(step(0, people), people) for people in (LEAST - 1, LEAST)] == [False, True]
    assert step(0, 20) == step(4, 20) == Step(0, 4)
    assert step(20, 20) == step(16, 20) == Step(15, 20)


TREE = {1: "/1/", 2: "/1/2/", 3: "/1/3/", 4: "/1/3/4/", 5: "/1/3/5/", 6: "/6/"}


@given(own=st.dictionaries(st.sampled_from(sorted(TREE)), st.integers(1, 15), min_size=1))
def test_cells_share_nobody_and_have_enough_people(own: dict[int, int]) -> None:
    found = cells(own, TREE)
    held = [unit for cell in found for unit in cell.units]
    assert len(held) == len(set(held))
    for cell in found:
        assert cell.people == sum(own[unit] for unit in cell.units) >= LEAST
        assert all(TREE[unit].startswith(TREE[cell.unit]) for unit in cell.units)
        assert cell.rest == any(TREE[unit].startswith(TREE[cell.unit]) and unit not in cell.units for unit in own)


def test_what_is_too_small_goes_to_the_unit_above() -> None:
    found = cells({1: 3, 2: 12, 4: 4, 5: 6}, TREE)
    assert [(cell.unit, set(cell.units), cell.rest) for cell in found] == [(2, {2}, False), (3, {4, 5}, False)]
    assert cells({2: 3, 4: 4}, TREE) == []


COUNTS = st.lists(st.tuples(st.integers(LEAST, 16), st.floats(0, 1)), max_size=3)


@given(parts=COUNTS, others=st.tuples(st.integers(0, 9), st.floats(0, 1)))
@settings(max_examples=150, deadline=None)
def test_the_whole_and_its_cells_together_never_tell_of_fewer_than_five(parts: list[tuple[int, float]], others: tuple[int, float]) -> None:
    """Try every count that fits what is shown: of no cell, nor of those in none, is "all", "nobody", or less than a step left."""
    people, done = [n for n, _share in parts], [round(n * share) for n, share in parts]
    total = sum(people) + others[0]
    whole = step(sum(done) + round(others[0] * others[1]), total)
    steps = [step(count, n) for count, n in zip(done, people, strict=True)]
    kept = safe([(whole, steps)], people, total)
    left = total - sum(people[place] for place in kept)
    fits = [
        (*counts, rest)
        for counts in product(*(range(steps[place].low, steps[place].high + 1) for place in kept))
        for rest in range(max(0, whole.low - sum(counts)), min(left, whole.high - sum(counts)) + 1)
    ]
    for place, n in enumerate([*(people[one] for one in kept), left]):
        seen = {one[place] for one in fits}
        assert n == 0 or n >= LEAST or seen == set(range(n + 1)) or not kept
        if kept and n >= LEAST:
            assert not (max(seen) < FEW and len(seen) < FEW)
            assert not (min(seen) > n - FEW and len(seen) < FEW)


@given(days=st.lists(st.integers(0, 40), min_size=2, max_size=9).map(sorted))
def test_from_day_to_day_a_figure_moves_by_whole_steps_or_not_at_all(days: list[int]) -> None:
    shown = [step(count, 40) for count in days]
    assert all((after.low - before.low) % FEW == 0 for before, after in pairwise(shown))
