"""Office files: hostile ones are refused before they are unpacked, and what is written holds no formula."""

import contextlib
import io
import os
import struct
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.office import Limits, Mark, OfficeError, Sheet, plain, read_data, read_tables, sheet_name, write_book, write_delimited
from qingqun.office.shape import check_xlsb

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "  =1",
    "\n=1",
    "\u200b=1",
    "\ufeff@a",
    '=HYPERLINK("http://x")',
]
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def workbook(*cells: tuple[int, int, object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("表")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return stream.getvalue()


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **change}:
            new.writestr(name, change.get(name) or old.read(name))
    return stream.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(OfficeError) as caught:
        read_data(data, limits or Limits())
    assert caught.value.reason
    return caught.value.code


# --- hostile files


def test_a_zip_bomb_is_not_unpacked() -> None:
    assert refusal(repacked(workbook((0, 0, "a")), {"xl/media/x.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})) == "zip_bomb"


def test_a_bomb_that_lies_about_its_size_is_measured() -> None:
    data = bytearray(repacked(workbook((0, 0, "a")), {"xl/z.xml": b"<a>" + b" " * 3_000_000 + b"</a>"}))
    true = struct.pack("<I", 3_000_007)
    assert bytes(data).count(true) == 2
    assert refusal(bytes(data).replace(true, struct.pack("<I", 100))) == "zip_bomb"


def test_what_unpacks_beyond_the_limit_is_refused() -> None:
    assert refusal(repacked(workbook((0, 0, "a")), {"xl/media/noise.bin": os.urandom(300_000)}), Limits(unpacked=200_000)) == "zip_bomb"


def test_three_thousand_entries_are_refused() -> None:
    assert refusal(repacked(workbook((0, 0, "a")), {f"x/{number}": b"x" for number in range(3000)})) == "too_many_entries"


@pytest.mark.parametrize("name", ["xl/embeddings/inner.zip", "xl/embeddings/photo.png"])
def test_an_archive_inside_is_refused_by_name_and_by_content(name: str) -> None:
    assert refusal(repacked(workbook((0, 0, "a")), {name: workbook((0, 0, "b"))})) == "nested_archive"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../evil.xml", "C:evil.xml", "xl\\..\\evil"])
def test_a_path_that_leaves_the_archive_is_refused(name: str) -> None:
    assert refusal(repacked(workbook((0, 0, "a")), {name: b"<a/>"})) == "bad_path"


def test_a_link_is_refused() -> None:
    stream = io.BytesIO()
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(stream.getvalue()) == "symlink"


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'
    assert refusal(repacked(workbook((0, 0, "a")), {"xl/workbook.xml": bomb})) == "doctype"


def test_two_cells_in_opposite_corners_do_not_ask_for_512_gib() -> None:
    assert refusal(workbook((0, 0, "a"), (1_048_575, 16_383, "b"))) == "too_many_cells"


def test_a_corner_without_a_reference_is_counted_too() -> None:
    sheet = b'<worksheet><sheetData><row r="1048576"><c><v>1</v></c></row></sheetData></worksheet>'
    assert refusal(repacked(workbook((0, 0, "a")), {"xl/worksheets/sheet1.xml": sheet})) == "too_many_cells"


def test_blank_cells_with_a_style_are_no_reason_to_refuse() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert read_data(stream.getvalue())[0].rows == [["a"]]


def ods(body: str) -> bytes:
    stream = io.BytesIO()
    content = f"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
      <office:body><office:spreadsheet><table:table table:name="表">{body}</table:table></office:spreadsheet></office:body></office:document-content>"""
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return stream.getvalue()


CELL = '<table:table-cell office:value-type="string"><text:p>群名称</text:p></table:table-cell>'


def test_an_opendocument_sheet_is_read() -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_data(ods(f"<table:table-row>{CELL}</table:table-row>{empty}"))[0].rows == [["群名称"]]


def test_a_row_repeated_a_million_times_is_refused() -> None:
    assert refusal(ods(f'<table:table-row table:number-rows-repeated="1048576">{CELL}</table:table-row>')) == "too_many_cells"


OLD = Path(__file__).parent / "data" / "registers" / "old.xls"


def test_an_old_workbook_is_read() -> None:
    rows = read_data(OLD.read_bytes())[0].rows
    assert rows[0][0] == "青松街道办事处工作群台账"
    assert rows[2][1:4] == ["综合群", "微信", "张主任"]


def test_an_old_workbook_with_a_cell_far_away_is_refused() -> None:
    """The record of the cell B3 (a text in the table of strings) is moved to row 60,001, column 65,001."""
    data, cell = OLD.read_bytes(), struct.pack("<HHHH", 0x00FD, 10, 2, 1)
    assert data.count(cell) == 1
    assert refusal(data.replace(cell, struct.pack("<HHHH", 0x00FD, 10, 60_000, 65_000))) == "too_many_cells"


@pytest.mark.parametrize("claim", [(0x00FF0000, 5, 0, 10), (0, 0xFF000000, 0, 10)])
def test_an_old_sheet_that_claims_an_impossible_size_is_refused(claim: tuple[int, int, int, int]) -> None:
    data = OLD.read_bytes()
    place = data.index(struct.pack("<HH", 0x0200, 14)) + 4
    assert refusal(data[:place] + struct.pack("<IIHH", *claim) + data[place + 12 :]) in {"damaged", "too_many_cells"}


def test_an_xml_part_in_a_coding_nobody_knows_is_damaged() -> None:
    part = b'<?xml version="1.0" encoding="UTF-3"?><workbook/>'
    assert refusal(repacked(workbook((0, 0, "a")), {"xl/workbook.xml": part})) == "damaged"


@pytest.mark.parametrize(("row", "column", "refused"), [(5, 3, False), (1_000_000, 3, True), (5, 16_000, True)])
def test_the_corner_of_a_binary_sheet_is_measured(row: int, column: int, *, refused: bool) -> None:
    records = b"\x81\x01\x00" + b"\x00\x04" + struct.pack("<I", row) + b"\x02\x08" + struct.pack("<II", column, 0)
    with pytest.raises(OfficeError) if refused else contextlib.nullcontext():
        check_xlsb(records, Limits())


@given(st.integers(0, 8000), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_an_old_workbook_with_one_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(OLD.read_bytes())
    data[place % len(data)] = byte
    with contextlib.suppress(OfficeError):
        assert read_data(bytes(data))


def test_a_broken_old_workbook_is_refused() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000) in {"damaged", "not_a_table"}


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_noise_behind_a_known_head_is_refused_and_never_crashes(noise: bytes) -> None:
    for head in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        refusal(head + noise)


@given(st.integers(0, 4000), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_a_workbook_with_one_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(SMALL)
    data[place % len(data)] = byte
    with contextlib.suppress(OfficeError):
        assert read_data(bytes(data))


SMALL = workbook((0, 0, "群名称"), (1, 0, 5))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 2000)
    with pytest.raises(OfficeError) as caught:
        read_tables(path, Limits(packed=1000))
    assert caught.value.code == "too_large"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OfficeError) as caught:
        read_tables(tmp_path / "没有.xlsx")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "not_a_table"),
        ("<html><table><tr><td>群名称</td></tr></table></html>".encode(), "web_page"),
        (bytes(range(1, 32)) * 50, "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_word_file_is_no_table() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert refusal(stream.getvalue()) == "not_a_table"


# --- what is read


def test_a_text_file_renamed_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_text("群名称,平台\n综合群,微信\n", encoding="utf-8")
    assert read_tables(path)[0].rows == [["群名称", "平台"], ["综合群", "微信"]]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separated_text_is_read_in_every_usual_coding(codec: str, mark: str) -> None:
    text = f'群名称{mark}平台\r\n"综合{mark}群\n二"{mark}微信\0\r\n\r\n'
    assert read_data(text.encode(codec))[0].rows == [["群名称", "平台"], [f"综合{mark}群\n二", "微信"], []]


def test_a_field_without_end_is_refused() -> None:
    assert refusal(b'a,b\n"' + b"x" * 200_000) == "damaged"


def test_too_many_rows_of_text_are_refused() -> None:
    assert refusal(b"a,b\n" * 20, Limits(rows=10)) == "too_many_cells"


def test_merged_cells_all_hold_their_value_and_rows_keep_their_number() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("表")
        sheet.merge_range(2, 1, 4, 1, "党政办")
        sheet.write(3, 2, "群")
        sheet.write(4, 2, "群二")
    rows = read_data(stream.getvalue())[0].rows
    assert [row[1] for row in rows] == [None, None, "党政办", "党政办", "党政办"]
    assert rows[3][2] == "群"


# --- what is written


def write(path: Path, *rows: Sequence[object], **more: object) -> openpyxl.Workbook:
    write_book(path, [Sheet("表", ["甲", "乙"], rows, **more)])  # type: ignore[arg-type]
    return openpyxl.load_workbook(path)


def test_no_cell_that_is_written_is_a_formula_or_a_link(tmp_path: Path) -> None:
    book = write(tmp_path / "a.xlsx", *([text, "http://x.cn"] for text in DANGEROUS), title="=1+1", notes=["@a"])
    cells = [cell for row in book["表"].iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert "=1+1" in [cell.value for cell in cells]


def trimmed(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Empty rows at the end are not there when a sheet is read."""
    return trimmed(rows[:-1]) if rows and not any(rows[-1]) else rows


@given(st.lists(st.tuples(NAMES, NAMES), max_size=5))
@settings(max_examples=25, deadline=None)
def test_text_is_read_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    write_book(path, [Sheet("表", ["甲", "乙"], rows)])
    assert [tuple(cell or "" for cell in row) for row in read_tables(path)[0].rows[1 : len(rows) + 1]] == trimmed(rows)


@pytest.mark.parametrize("text", DANGEROUS)
def test_separated_text_is_made_harmless(text: str) -> None:
    assert plain(text) == "'" + text


@pytest.mark.parametrize("text", ["综合群", "3-5 月", "a=b", "", " 微信"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_written_csv_opens_as_chinese_and_keeps_numbers(tmp_path: Path) -> None:
    write_delimited(tmp_path / "a.csv", ["群", "人数"], [["=1", -5]])
    assert (tmp_path / "a.csv").read_bytes() == "\ufeff群,人数\r\n'=1,-5\r\n".encode()


def at(*numbers: int) -> datetime:
    return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  openpyxl gives moments without a zone


def test_every_value_finds_its_form(tmp_path: Path) -> None:
    values: list[object] = [
        None,
        True,
        5,
        2.5,
        10**17,
        float("nan"),
        date(2026, 7, 3),
        date(1800, 1, 1),
        datetime(2026, 7, 3, 16, 30, tzinfo=UTC),
        "x" * 40_000,
        "\ud800",
    ]
    sheet = write(tmp_path / "a.xlsx", *([value] for value in values))["表"]
    got = [sheet.cell(row, 1).value for row in range(2, 2 + len(values))]
    assert got[:6] == [None, True, 5, 2.5, str(10**17), "nan"]
    assert got[6:9] == [at(2026, 7, 3), "1800-01-01", at(2026, 7, 4, 0, 30)]
    assert len(str(got[9])) == 32_767
    assert got[10] == "\ufffd"


def test_a_sheet_is_ready_to_print_and_to_fill_in(tmp_path: Path) -> None:
    sheet = write(
        tmp_path / "a.xlsx", ["a", "b"], title="题", notes=["一", "二"], widths=[30], marks={(0, 1): Mark.RED}, choices={0: ["是", "否"]}
    )["表"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("A5", "landscape", "$4:$4")
    assert sheet["B5"].font.color.rgb == "FFC00000"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"是,否"']
    assert sheet["A1"].value == "题"


def test_a_sheet_too_long_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("qingqun.office.book.MAX_ROWS", 4)
    book = write(tmp_path / "a.xlsx", *([number, ""] for number in range(7)), marks={(5, 0): Mark.RED})
    assert book.sheetnames == ["表", "表(2)", "表(3)"]
    assert [sheet["A2"].value for sheet in book] == [0, 3, 6]
    assert book["表(2)"]["A4"].font.color.rgb == "FFC00000"


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("旧", encoding="utf-8")

    def rows() -> object:
        yield ["a"]
        raise KeyError("a source that breaks")

    with pytest.raises(KeyError):
        write_book(path, [Sheet("表", ["甲"], rows())])  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_text(encoding="utf-8") == "旧"


def test_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", [Sheet(name, ["甲"]) for name in ["a/b", "A:B", "History", "", "'", "长" * 40, "长" * 40]])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "a b",
        "A B(2)",
        "History(2)",
        "工作表",
        "工作表(2)",
        "长" * 31,
        "长" * 28 + "(2)",
    ]


@given(NAMES)
def test_any_text_makes_a_sheet_name(name: str) -> None:
    made = sheet_name(name)
    assert 0 < len(made) <= 31
    assert not set(made) & set("[]:*?/\\")
