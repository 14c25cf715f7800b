"""A unit's administrator enters leave and shifts: typed, pasted, or by one workbook; each act in the ledger, others' people out of reach."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hub_help import beijing
from python_calamine import CalamineWorkbook

from qingqun.hub.governance.dutyline import moment, span
from qingqun.hub.models import Entry, Leave, Person, Shift
from qingqun.words import Refused

HEADER = ["姓名", "工号", "单位", "开始", "结束"]


def _type(house: SimpleNamespace, lines: str, kind: str = "leave") -> str:
    form = {"act": "type", "kind": kind, "lines": lines}
    return str(house.browser["zhao"].post("/absences/", form, follow=True).content.decode())


def _book(tmp_path: Path, **pages: list[list[Any]]) -> SimpleUploadedFile:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in pages.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate([HEADER, *rows]):
                sheet.write_row(place, 0, row)
    return SimpleUploadedFile("休假.xlsx", path.read_bytes())


def _import(house: SimpleNamespace, book: SimpleUploadedFile, act: str = "take") -> Any:
    return house.browser["zhao"].post("/absences/", {"act": act, "file": book}, follow=True)


def test_an_administrator_enters_leave_and_shifts_and_takes_them_off(house: SimpleNamespace) -> None:
    assert "已登记 2 段" in _type(house, "小李 2026-03-12 2026-03-14\n小王\t2026/3/16 8:30\t2026/3/17 12:00")
    assert "已登记 1 段" in _type(house, "小李 2026-03-16 20:00 08:00", "shift")
    leave, shift = Leave.objects.get(person=house.li), Shift.objects.get()
    assert (leave.starts, leave.ends) == (beijing("2026-03-12 00:00"), beijing("2026-03-15 00:00"))
    assert (shift.starts, shift.ends) == (beijing("2026-03-16 20:00"), beijing("2026-03-17 08:00"))
    assert f'name="remove" value="{leave.pk}"' in house.browser["li"].get("/mine/").content.decode()
    house.browser["zhao"].post("/absences/", {"act": "remove", "which": f"leave:{leave.pk}"})
    assert list(Leave.objects.values_list("person", flat=True)) == [house.wang.pk]
    assert list(Entry.objects.order_by("pk").values_list("act", "person", "count", "data")) == [
        ("add leave", house.zhao.pk, 2, f'{{"of":[{house.li.pk},{house.wang.pk}]}}'),
        ("add shift", house.zhao.pk, 1, f'{{"of":[{house.li.pk}]}}'),
        ("remove leave", house.zhao.pk, 1, f'{{"of":[{house.li.pk}]}}'),
    ]


def test_what_is_wrong_is_said_by_line_shown_again_and_the_rest_counts(house: SimpleNamespace) -> None:
    Person.objects.create(name="小李", unit=house.street)
    lines = "小王 2026-03-12\n没有此人 2026-03-12\n小李 2026-03-12\n小王 明天\n小王 2026-03-10 2026-03-10\n小王 2026-03-12 2027-04-12\n外人 2026-03-12"
    page = _type(house, lines)
    assert [f"第 {line} 行" in page for line in range(1, 8)] == [False, True, True, True, True, True, True]
    assert "没有此人 2026-03-12" in page
    assert Leave.objects.get().person == house.wang


def test_a_shift_has_hours(house: SimpleNamespace) -> None:
    assert "第 1 行" in _type(house, "小王 2026-03-12", "shift")
    assert "一次最长 31 天" in _type(house, "小王 2026-03-12 08:30 2026-05-12 08:30", "shift")
    assert "请选择休假或班次" in _type(house, "小王 2026-03-12", "king")
    assert not Shift.objects.exists()


def test_said_again_nothing_is_written_down_twice(house: SimpleNamespace) -> None:
    _type(house, "小李 2026-03-12")
    assert "已登记 0 段，早已登记的 1 段" in _type(house, "小李 2026-03-12\n小李 2026-03-12")
    assert Leave.objects.count() == 1
    assert Entry.objects.filter(act="add leave").count() == 1


def test_another_units_people_are_neither_shown_nor_changed(house: SimpleNamespace) -> None:
    theirs = Leave.objects.create(person=house.stranger, starts=beijing("2026-03-12 00:00"), ends=beijing("2026-03-13 00:00"))
    for which in (f"leave:{theirs.pk}", "leave:x", "king:1", ""):
        house.browser["zhao"].post("/absences/", {"act": "remove", "which": which})
    assert "外人" not in house.browser["zhao"].get("/absences/").content.decode()
    assert Leave.objects.count() == 1


def test_a_workbook_is_taken_in_text_and_dates_alike(house: SimpleNamespace, tmp_path: Path) -> None:
    Person.objects.filter(pk=house.li.pk).update(number="1001")
    book = _book(
        tmp_path,
        休假=[
            ["示例", "1", "", "2026-03-12", "2026-03-14"],
            ["小李", "1001", "", date(2026, 3, 12), date(2026, 3, 14)],
            ["小王", "", "东社区", "2026-03-12 13:00", "2026-03-13 12:00"],
        ],
        班次=[["小李", "1001", "", datetime(2026, 3, 16, 20), datetime(2026, 3, 17, 0)]],  # noqa: DTZ001  a cell has no zone
    )
    assert "已登记 3 段" in _import(house, book).content.decode()
    leave, shift = Leave.objects.get(person=house.li), Shift.objects.get()
    assert (leave.starts, leave.ends) == (beijing("2026-03-12 00:00"), beijing("2026-03-15 00:00"))
    assert shift.ends == beijing("2026-03-17 00:00")


def test_a_workbook_with_faults_comes_back_marked_and_changes_nothing_when_only_checked(house: SimpleNamespace, tmp_path: Path) -> None:
    rows = [
        ["小李", "", "", "2026-03-12", "2026-03-14"],
        ["外人", "", "", "2026-03-12", "2026-03-14"],
        ["小李", "", "西社区x", "2026-03-12", "2026-03-14"],
        ["小李", "", "", "明天", "2026-03-14"],
        ["", "", "", "2026-03-12", "2026-03-14"],
    ]
    given = _import(house, _book(tmp_path, 休假=rows), "check")
    assert not Leave.objects.exists()
    marked = CalamineWorkbook.from_filelike(BytesIO(given.content)).get_sheet_by_name("休假").to_python()
    assert marked[0][-1] == "错误说明"
    assert [bool(row[-1]) for row in marked[1:]] == [False, True, True, True, True]
    page = _import(house, _book(tmp_path, 休假=rows)).content.decode()
    assert "已登记 1 段" in page
    assert "没有找到“外人”" in page


@pytest.mark.parametrize("data", [b"", b"\x00\x01", "姓名\n小李".encode(), b"PK\x03\x04junk"])
def test_what_is_no_such_workbook_is_refused(house: SimpleNamespace, data: bytes) -> None:
    page = _import(house, SimpleUploadedFile("a.xlsx", data)).content.decode()
    assert not Leave.objects.exists()
    assert "休假与班次" in page


def test_a_sheet_without_a_needed_column_is_said(house: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "short.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("休假").write_row(0, 0, ["姓名", "开始"])
    assert "缺少“结束”一栏" in _import(house, SimpleUploadedFile("a.xlsx", path.read_bytes())).content.decode()


def test_the_template_fills_in_and_its_examples_are_not_read(house: SimpleNamespace) -> None:
    given = house.browser["zhao"].get("/absences/?template=1")
    book = CalamineWorkbook.from_filelike(BytesIO(given.content))
    assert book.sheet_names[1:] == ["休假", "班次"]
    _import(house, SimpleUploadedFile("a.xlsx", given.content))
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("line", "starts", "ends"),
    [
        ("小李 2026-03-12", "2026-03-12 00:00", "2026-03-13 00:00"),
        ("1001 2026年3月12日 至 2026年3月14日", "2026-03-12 00:00", "2026-03-15 00:00"),
        ("小李 2026-03-12 08:30 17:30", "2026-03-12 08:30", "2026-03-12 17:30"),
    ],
)
def test_lines_may_name_whole_days(line: str, starts: str, ends: str) -> None:
    found = span(line)
    assert (found.starts, found.ends) == (beijing(starts), beijing(ends))


@pytest.mark.parametrize("text", ["", "明天", "2026-02-30", "2026-03-12 25:00", "12:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        moment(text, end=True)
