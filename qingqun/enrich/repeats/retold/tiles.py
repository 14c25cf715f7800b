"""Which token of one text is which token of the other: the longest common stretches first, single ones where they stand alike."""

from collections.abc import Sequence

from qingqun.enrich.repeats.token import Token

# What only ties words together is never one and the same word elsewhere.
_TIES = frozenset("至在到来去从向给对上下里内中有会可能好完后前时做办用行")
_ISLAND = 2  # tokens


class Tiles:
    """Two token sequences and the places of each in the other; -1 where a token has no counterpart."""

    def __init__(self, a: Sequence[Token], b: Sequence[Token], *, near: bool = False) -> None:
        """Take two texts; `near`: no word is matched far away, nor a word or two between words that differ (切断, 断开)."""
        self.a, self.b = a, b
        self.near = near
        self.to_b = [-1] * len(a)
        self.to_a = [-1] * len(b)
        self._ends()
        while self._stretch():
            pass
        for at in range(len(a)):
            self._single(at)
        if near:
            self._islands()

    def _match(self, at: int, to: int, size: int = 1) -> None:
        for n in range(size):
            self.to_b[at + n], self.to_a[to + n] = to + n, at + n

    def _ends(self) -> None:
        """Match what both begin and end with alike."""
        least = min(len(self.a), len(self.b))
        head = next((n for n in range(least) if self.a[n].value != self.b[n].value), least)
        self._match(0, 0, head)
        rest = least - head
        tail = next((n for n in range(rest) if self.a[-n - 1].value != self.b[-n - 1].value), rest)
        self._match(len(self.a) - tail, len(self.b) - tail, tail)

    def _stretch(self) -> bool:
        """Match the longest stretch of two tokens or more that is left."""
        places: dict[str, list[int]] = {}
        for to, token in enumerate(self.b):
            if self.to_a[to] < 0:
                places.setdefault(token.value, []).append(to)
        best, lengths = (0, 0, 1), dict[int, int]()
        for at, token in enumerate(self.a):
            free = places.get(token.value, ()) if self.to_b[at] < 0 else ()
            lengths = {to: lengths.get(to - 1, 0) + 1 for to in free}
            for to, length in lengths.items():
                if length > best[2] or (length == best[2] > 1 and self._near(at, to, length) > self._near(*best)):
                    best = (at, to, length)
        at, to, size = best
        if size > 1:
            self._match(at - size + 1, to - size + 1, size)
        return size > 1

    def _near(self, at: int, to: int, size: int) -> int:
        """Return on how many sides a stretch that ends here joins what is matched already."""
        before = at >= size and to >= size and self.to_b[at - size] == to - size
        after = at + 1 < len(self.a) and to + 1 < len(self.b) and self.to_b[at + 1] == to + 1
        return before + after

    def _single(self, at: int) -> None:
        """Match one token: beside matched ones, or the only fact of its kind that is left."""
        if self.to_b[at] >= 0:
            return
        value = self.a[at].value
        free = [to for to, token in enumerate(self.b) if token.value == value and self.to_a[to] < 0]
        low, high = self._gap(at)
        inside = [to for to in free if low < to < high]
        left = sum(token.value == value and self.to_b[n] < 0 for n, token in enumerate(self.a))
        if inside or (len(free) == left == 1 and self._far(at)):
            self._match(at, (inside or free)[0])

    def _far(self, at: int) -> bool:
        """Return whether a lone token may be one that stands far away."""
        return bool(self.a[at].key) or not (self.near or self.a[at].value in _TIES)

    def _gap(self, at: int) -> tuple[int, int]:
        low = next((self.to_b[n] for n in range(at - 1, -1, -1) if self.to_b[n] >= 0), -1)
        high = next((self.to_b[n] for n in range(at + 1, len(self.a)) if self.to_b[n] >= 0), len(self.b))
        return low, high

    def _islands(self) -> None:
        """Give up what is matched between two stretches that differ, if it is short and no fact."""
        at = 0
        while at < len(self.a):
            end = next((n for n in range(at, len(self.a)) if self.to_b[n] != self.to_b[at] + n - at), len(self.a))
            if self.to_b[at] >= 0 and end - at <= _ISLAND and self._between(at, end) and not any(t.key for t in self.a[at:end]):
                for n in range(at, end):
                    self.to_a[self.to_b[n]] = self.to_b[n] = -1
            at = max(end, at + 1)

    def _between(self, at: int, end: int) -> bool:
        """Return whether something that differs stands on both sides, in whichever text."""
        to, last = self.to_b[at], self.to_b[end - 1] + 1
        before = (at > 0 and self.to_b[at - 1] < 0) or (to > 0 and self.to_a[to - 1] < 0)
        behind = (end < len(self.a) and self.to_b[end] < 0) or (last < len(self.b) and self.to_a[last] < 0)
        return before and behind
