"""Which cells of a table may be shown together, so that no sum or difference of shown cells tells of fewer than k people.

A table is people put into cells of the finest division (atoms) and cells that are unions of atoms: rows, columns, everybody, whatever a
filter picks. From shown cells a reader can work out every rational combination of them. So a set of cells is safe if, beside what it
shows, it does not determine the count of any atom, or of any cell or difference of two cells, that holds 1 to k-1 people. Cells are
shown largest first, each only if what is shown stays safe with it: complementary suppression falls out of that.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from qingqun.findings.suppress import FEW

Bits = npt.NDArray[np.bool_]
SURELY = 1e-9


def shown(atoms: Sequence[int], cells: Sequence[frozenset[int]], k: int = FEW) -> set[int]:
    """Take the people of each atom and the cells as sets of atoms; return the positions of the cells that may be shown together."""
    counts = np.asarray(atoms, np.int64)
    rows = np.zeros((len(cells), len(counts)), bool)
    for i, cell in enumerate(cells):
        rows[i, list(cell)] = True
    guarded = _small(rows, counts, k)
    order = sorted(range(len(cells)), key=lambda i: (-int(counts[rows[i]].sum()), i))
    chosen: list[int] = []
    for i in order:
        if not _tells([*chosen, i], rows, guarded):
            chosen.append(i)
    return set(chosen)


def _small(rows: Bits, counts: npt.NDArray[np.int64], k: int) -> npt.NDArray[np.float64]:
    """Return what must not be told: each atom, cell, part of a cell outside or inside another, with 1 to k-1 people."""
    parts = [np.eye(len(counts), dtype=bool), rows]
    for a, b in combinations(range(len(rows)), 2):
        parts.append(np.stack([rows[a] & ~rows[b], rows[b] & ~rows[a], rows[a] & rows[b]]))
    every = np.unique(np.concatenate(parts), axis=0)
    people = every @ counts
    return every[(people > 0) & (people < k)].astype(float)


def _tells(chosen: list[int], rows: Bits, guarded: npt.NDArray[np.float64]) -> bool:
    """Say whether a guarded set is a combination of the chosen cells: whether nothing of it is left beside their span."""
    if not len(guarded):
        return False
    basis = np.linalg.svd(rows[chosen].astype(float), full_matrices=False)
    span = basis.Vh[basis.S > SURELY]
    rest = guarded - guarded @ span.T @ span
    return bool((np.abs(rest).max(axis=1) < 1e-7).any())
