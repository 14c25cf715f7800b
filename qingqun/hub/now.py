"""The one place where pages and workers learn the time. Everything below them takes `now` as an argument."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


class _Injected:
    clock: Clock = staticmethod(_system)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _Injected.clock()


@contextmanager
def kept_by(clock: Clock) -> Iterator[None]:
    """Let another clock tell the time meanwhile, in all threads: for tests and for the demo, which refuses real data."""
    before = _Injected.clock
    _Injected.clock = staticmethod(clock)
    try:
        yield
    finally:
        _Injected.clock = staticmethod(before)
