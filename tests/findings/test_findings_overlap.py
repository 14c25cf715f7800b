from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.plan.overlap import Index, close


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sets(st.integers(0, 200), max_size=14), min_size=2, max_size=14), st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0]))
def test_no_close_pair_is_missed_and_none_is_made_up(groups: list[set[int]], overlap: float) -> None:
    rows = [(g, p) for g, people in enumerate(groups) for p in people] or [(0, 0)]
    held = [{p for g, p in rows if g == i} for i in range(len(groups))]
    g, p = np.array(rows, np.int64).T
    a, b, common, everybody = close(Index.of(g, p, len(groups)), overlap)
    expected = {
        (i, j, len(held[i] & held[j]), len(held[i] | held[j]))
        for i, j in combinations(range(len(held)), 2)
        if held[i] & held[j] and len(held[i] & held[j]) >= overlap * len(held[i] | held[j]) - 1e-9
    }
    assert set(zip(a.tolist(), b.tolist(), common.tolist(), everybody.tolist(), strict=True)) == expected
