"""The old Excel format: the rectangle of every sheet, measured before a reader allocates it.

Sources: [MS-CFB] for the compound file, [MS-XLS] 2.5 for the records; WPS .et files are the same.
"""

import struct
from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.office.limits import Limits, OfficeError
from qingqun.office.shape import Corner

BOUND_SHEET = 0x0085
END_OF_SHEET = 0x000A
DIMENSIONS = 0x0200
STRINGS = 0x00FC
MANY_NUMBERS = 0x00BD
ROW_COLUMN = {0x00FD, 0x0203, 0x027E, 0x0205, 0x0204, 0x0006, 0x00BD, 0x00D6, 0x0406, 0x0207}  # cells that begin with row, column
STREAMS = {"workbook", "book"}
END = 0xFFFFFFFA  # sector numbers from here on are marks
MINI = 4096
SHEETS = 256


def check_xls(data: bytes, limits: Limits) -> None:
    """Refuse a compound file without a workbook, a broken one, and sheets that span too much together."""
    try:
        stream = _workbook(data)
        if stream is None:
            raise OfficeError("not_a_table", _("不是表格文件，或已加密，无法读取"))
        _measure(stream, limits)
    except (struct.error, IndexError, ValueError) as error:
        raise OfficeError("damaged", _("文件已损坏，无法读取")) from error


def _measure(stream: bytes, limits: Limits) -> None:
    """Walk every sheet from where the list of sheets points to, as a reader would; all sheets stay in memory together."""
    sheets = [struct.unpack_from("<I", stream, start)[0] for kind, start, size in _records(stream, 0) if kind == BOUND_SHEET and size >= 4]
    if len(sheets) > SHEETS:
        raise OfficeError("too_many_entries", _("工作表超过 {count} 张，未读取").format(count=SHEETS))
    if any(kind == STRINGS and struct.unpack_from("<I", stream, start + 4)[0] > len(stream) for kind, start, _size in _records(stream, 0)):
        raise OfficeError("damaged", _("文件已损坏，无法读取"))
    cells = 0
    for start in sheets:
        corner = _corner(stream, start, limits)
        cells += corner.row * corner.column
        if cells > limits.cells * 2:
            raise OfficeError("too_many_cells", _("表格单元格总数过多，未读取"))


def _corner(stream: bytes, start: int, limits: Limits) -> Corner:
    corner = Corner(limits)
    for kind, place, size in _records(stream, start):
        if kind == DIMENSIONS and size >= 14:  # a reader sets memory aside for what it says
            top, bottom, left, right = struct.unpack_from("<IIHH", stream, place)
            if top > bottom or left > right:
                raise ValueError("a rectangle turned inside out")
            corner.reach(bottom, right)
        elif kind in ROW_COLUMN and size >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            last = struct.unpack_from("<H", stream, place + size - 2)[0] if kind == MANY_NUMBERS else column
            corner.reach(row + 1, max(column, last) + 1)
    return corner


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, start, size) up to the end of the sheet or of the list of sheets."""
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == END_OF_SHEET:
            return
        yield kind, place + 4, size
        place += 4 + size


def _workbook(data: bytes) -> bytes | None:
    """Return the Workbook stream, or None."""
    sector = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    table = _sector_table(data, sector)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], sector)
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    for entry in entries:
        if _name(entry).lower() in STREAMS:
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= MINI:
                return _chain(data, table, start, sector)[:size]
            small = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], sector)
            links = _numbers(_chain(data, table, struct.unpack_from("<I", data, 60)[0], sector))
            return _chain(b"\0" * 64 + small, links, start, 64)[:size]
    return None


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _sector_table(data: bytes, sector: int) -> list[int]:
    """The allocation table: 109 of its sectors are named in the head, the others in a chain."""
    named = _numbers(data[76:512])
    place, seen = struct.unpack_from("<I", data, 68)[0], 0
    while place < END and seen * sector < len(data):
        *more, place = _numbers(_sector(data, place, sector))
        named += more
        seen += 1
    return [number for place in named if place < END for number in _numbers(_sector(data, place, sector))]


def _chain(data: bytes, table: list[int], start: int, sector: int) -> bytes:
    pieces: list[bytes] = []
    while start < END:
        if len(pieces) > len(table):
            raise ValueError("a chain that never ends")
        pieces.append(_sector(data, start, sector))
        start = table[start]
    return b"".join(pieces)


def _sector(data: bytes, number: int, sector: int) -> bytes:
    return data[(number + 1) * sector : (number + 2) * sector]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(data) // 4}I", data))
