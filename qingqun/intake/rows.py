"""CSV within limits: rows with their line numbers; a broken row is a problem, the rest loads."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.opened import Opened
from qingqun.words import Problem

Record = dict[str, str]


def header(head: bytes) -> list[str]:
    """Return the cells of the first line, for sniffing."""
    first = decode_head(head[:4096]).removeprefix("\ufeff").replace("\r", "\n").partition("\n")[0]
    try:
        return [cell.strip() for cell in next(csv.reader([first], delimiter=_delimiter(first)), [])]
    except csv.Error:
        return []


def records(opened: Opened, needed: Sequence[str]) -> Iterator[tuple[int, Record] | Problem]:
    """Yield each row as a record by the names of the header. Short rows are padded, repeated header lines passed over."""
    names: list[str] = []
    for item in _rows(opened):
        if isinstance(item, Problem):
            yield item
            continue
        line, row = item
        if set(needed) <= {cell.strip() for cell in row}:
            names = [cell.strip() for cell in row]
        elif not names:
            yield opened.problem(line, "no_header", _("第 {line} 行在表头之前，未读取。").format(line=line))
        elif len(row) > len(names):
            yield opened.problem(line, "bad_row", _("第 {line} 行的列数多于表头。").format(line=line))
        else:
            named = zip(names, row + [""] * (len(names) - len(row)), strict=True)
            yield line, dict(reversed(list(named)))  # of two columns of one name the first counts


def _rows(opened: Opened) -> Iterator[tuple[int, list[str]] | Problem]:
    mark = _delimiter(decode_head(opened.head[:4096]).replace("\r", "\n").partition("\n")[0])
    lines = _Feed(opened)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    while True:
        lines.begin()
        row: list[str] | None
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = _alone(lines.back(), mark)
        start = lines.first
        if row is None:
            yield opened.problem(start, "bad_row", _("第 {line} 行不是完整的 CSV 行，或有一格过长。").format(line=start))
        elif any(cell.strip() for cell in row):
            yield start, row


def _alone(line: str, mark: str) -> list[str] | None:
    """Return the row of one line whose quotes are badly doubled; None where one of them is never closed."""
    rest = iter([line])
    more: list[str] = []

    def feed() -> Iterator[str]:
        yield from rest
        more.append(line)  # asked for only inside a quoted cell

    try:
        row = next(csv.reader(feed(), delimiter=mark), [])
    except csv.Error:
        return None
    return None if more else row


class _Feed:
    """Lines for the csv module, which does not say where a row with line ends inside began.

    A quote that is never closed swallows what follows: such lines are given back, each once, so that no file costs more than twice.
    """

    def __init__(self, opened: Opened) -> None:
        self._lines = opened.lines()
        self._again: deque[tuple[int, str]] = deque()
        self._taken: list[tuple[int, str]] = []
        self._furthest = 0  # up to here lines have been given back

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(taken)
        return taken[1] + "\n"

    def begin(self) -> None:
        """Begin a row."""
        self._taken.clear()

    @property
    def first(self) -> int:
        """The number of the row's first line."""
        return self._taken[0][0]

    def back(self) -> str:
        """Give back all lines of a broken row but the first, which is returned."""
        (_number, first), *others = self._taken
        new = [line for line in others if line[0] > self._furthest]
        self._again.extendleft(reversed(new))
        self._furthest = max([self._furthest, *(number for number, _text in new)])
        return first + "\n"


def _delimiter(line: str) -> str:
    return max(",\t;", key=line.count)
