"""CSV within limits: rows with their line numbers; a broken row is a problem, the rest loads."""

import csv
from collections.abc import Iterator, Sequence

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.opened import Opened
from qingqun.words import Problem

Record = dict[str, str]


def header(head: bytes) -> list[str]:
    """Return the cells of the first line, for sniffing."""
    first = decode_head(head[:4096]).removeprefix("\ufeff").partition("\n")[0].rstrip("\r")
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
            yield line, dict(zip(names, row + [""] * (len(names) - len(row)), strict=True))


def _rows(opened: Opened) -> Iterator[tuple[int, list[str]] | Problem]:
    lines = _Feed(opened)
    reader = csv.reader(lines, delimiter=_delimiter(decode_head(opened.head[:4096]).partition("\n")[0]))
    while True:
        start = lines.line + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield opened.problem(start, "bad_row", _("第 {line} 行不是完整的 CSV 行，或有一格过长。").format(line=start))
        else:
            if any(cell.strip() for cell in row):
                yield start, row


class _Feed:
    """Lines for the csv module, which does not say where a row with line ends inside began."""

    def __init__(self, opened: Opened) -> None:
        self._lines = opened.lines()
        self.line = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.line, text = next(self._lines)
        return text + "\n"


def _delimiter(line: str) -> str:
    return max(",\t;", key=line.count)
