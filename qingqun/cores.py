"""Work done side by side: Polars and numpy let go of the interpreter while they work, so that threads are enough."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

CORES = max(2, min(os.cpu_count() or 1, 8))
A = TypeVar("A")
B = TypeVar("B")


def beside(work: Callable[[A], B], each: Iterable[A], *, little: bool = False) -> list[B]:
    """Return what `work` makes of each, in their order; one after the other where there is `little` of it: threads cost more than that."""
    whole = list(each)
    if little or len(whole) < 2:
        return [work(one) for one in whole]
    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(work, whole))
