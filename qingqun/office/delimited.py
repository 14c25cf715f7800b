"""Comma, semicolon and tab separated text, in and out."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.office.limits import Limits, OfficeError

# What a spreadsheet takes for a formula, also after blanks and zero-width characters. A leading TAB is itself dangerous (CVE-2021-41270).
FORMULA = re.compile("^(?:[\t\r]|[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
DELIMITERS = ",;\t"


def decode(data: bytes) -> str:
    """Return the text: UTF-16 with a mark (Excel's "Unicode text"), utf-8-sig, utf-8, then gb18030. NUL is dropped.

    Raises OfficeError for bytes that are no text.
    """
    codecs = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            text = data.decode(codec).replace("\0", "")
        except UnicodeDecodeError:
            continue
        if len(CONTROL.findall(text[:10_000])) * 50 <= len(text[:10_000]):
            return text
    raise OfficeError("not_a_table", _("不是表格文件，也不是文本，无法读取"))


def read_delimited(data: bytes, limits: Limits) -> list[list[str]]:
    """Return the rows as text, empty rows included, so that row n is row n in Excel. A field may hold 131,072 characters."""
    text = decode(data)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            cells += len(row)
            if len(rows) >= limits.rows or len(row) > limits.columns or cells > limits.cells:
                raise OfficeError("too_many_cells", _("文本表格行列过多，未读取"))
            rows.append(row)
    except csv.Error as error:
        raise OfficeError("damaged", _("文本表格第 {line} 行无法读取").format(line=len(rows) + 1)) from error
    if rows and text.count('"') % 2 and any("\n" in cell for cell in rows[-1]):  # a quote never closed would swallow all rows behind it
        raise OfficeError("damaged", _("文本表格第 {line} 行有引号没有成对，后面的行分不开，未读取").format(line=len(rows)))
    return rows


def _delimiter(text: str) -> str:
    head = text[:20_000].splitlines()[:20]
    return max(DELIMITERS, key=lambda mark: sum(line.count(mark) for line in head))


def plain(text: str) -> str:
    """Return the text with ' before it if a spreadsheet could run it as a formula."""
    return "'" + text if FORMULA.match(text) else text


def write_delimited(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV that Excel opens as Chinese (UTF-8 with mark) and in which nothing is a formula."""
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([plain(cell) for cell in header])
        writer.writerows([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
