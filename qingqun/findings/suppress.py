"""Small cells are hidden, and one more with them where a hidden one could be had by subtracting the shown ones from the total."""

from collections.abc import Sequence

FEW = 5
FEW_SENSITIVE = 10  # shaming and off hours


def counted(people: int, k: int = FEW) -> int | None:
    """Return a count of people, or None where it is from 1 to k-1."""
    return people if people >= k or not people else None


def hidden(counts: Sequence[int], k: int = FEW) -> set[int]:
    """Return the positions to hide: every count from 1 to k-1, then the next smallest until there are two and together at least k.

    A count of 0 says nothing about anybody and stays.
    """
    ascending = sorted((count, position) for position, count in enumerate(counts) if count > 0)
    chosen: list[tuple[int, int]] = [(count, position) for count, position in ascending if count < k]
    for count, position in ascending[len(chosen) :]:
        if not chosen or (len(chosen) > 1 and sum(count for count, _ in chosen) >= k):
            break
        chosen.append((count, position))
    return {position for _, position in chosen}
