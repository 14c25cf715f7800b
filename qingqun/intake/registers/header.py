"""Where a sheet's header stands, and which column is which. One or two lines, after any title lines."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qingqun.intake.registers.column import ERRORS, Headings, fold, known
from qingqun.office import Value

SCANNED = 20
ENOUGH = 3
SUBHEADS = re.compile("姓名|名称|时间|日期|电话|手机|号码|账号|单位|数量|职务|是否|平台|类型|备注|内容|情况")


class Header(NamedTuple):
    """A recognised header. Rows are counted from 0."""

    first: int
    last: int  # the same as `first` for a single line
    fields: Mapping[int, str]  # column -> field
    texts: tuple[str, ...]


def find(rows: Sequence[Sequence[Value]], table: Headings, enough: int = ENOUGH) -> Header | None:
    """Return the header with most known headings among the first 20 rows, or None if no row knows enough of them."""
    found = [header for number in range(min(SCANNED, len(rows))) for header in _at(rows, number, table)]
    best = max(found, key=lambda header: (len(header.fields), header.first == header.last), default=None)
    return best if best and len(best.fields) >= enough else None


def is_repeated(row: Sequence[Value], header: Header) -> bool:
    """Say whether a row is the header again, as printed pages have it."""
    same = sum(cell is not None and str(cell).strip() == header.texts[column].strip() for column, cell in _cells(row, header))
    return same >= min(ENOUGH, len(header.fields))


def _cells(row: Sequence[Value], header: Header) -> list[tuple[int, Value]]:
    return [(column, cell) for column, cell in enumerate(row[: len(header.texts)]) if column in header.fields]


def _at(rows: Sequence[Sequence[Value]], number: int, table: Headings) -> list[Header]:
    upper = _texts(rows[number])
    single = Header(number, number, _fields(upper, table), tuple(upper))
    if number + 1 >= len(rows):
        return [single]
    lower = _texts(rows[number + 1])
    if not _is_second_line(upper, lower, table):
        return [single]
    width = max(len(upper), len(lower))
    pairs = list(zip(_filled(upper, width), _filled(lower, width), strict=True))
    texts = [_join(above, below, table) for above, below in pairs]
    return [single, Header(number, number + 1, _fields(texts, table), tuple(texts))]


def _is_second_line(upper: list[str], lower: list[str], table: Headings) -> bool:
    """A second header line holds nothing but headings, and at least one that the first does not have."""
    above = set(upper)
    likely = [text for text in lower if text]
    fresh = [text for text in likely if text not in above]
    return bool(fresh) and all(text in above or SUBHEADS.fullmatch(fold(text)) or known(text, table) is not None for text in likely)


def _join(above: str, below: str, table: Headings) -> str:
    """The lower heading if it is known by itself, the two together if they are, else the upper one."""
    if above == below or not below:
        return above
    together = above + below
    if known(together, table) is not None:
        return together
    says_more = known(below, table) is not None and not (known(above, table) and SUBHEADS.fullmatch(fold(below)))
    return below if says_more else above or below


def _fields(texts: Sequence[str], table: Headings) -> dict[int, str]:
    """Columns by field; of two columns for one field the first counts."""
    fields: dict[int, str] = {}
    for column, text in enumerate(texts):
        field = known(text, table) if text and fold(text) != ERRORS else None
        if field is not None and field not in fields.values():
            fields[column] = field
    return fields


def _texts(row: Sequence[Value]) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in row]


def _filled(texts: list[str], width: int) -> list[str]:
    return texts + [""] * (width - len(texts))
