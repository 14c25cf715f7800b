"""The page with the draft filing form."""

from io import BytesIO
from types import SimpleNamespace

from python_calamine import CalamineWorkbook

from qingqun.hub.models import Entry


def test_the_administrator_sees_the_draft_and_takes_it_along(house: SimpleNamespace) -> None:
    shown = house.browser["zhao"].get("/filing/")
    assert "备案申请表（草稿）" in shown.content.decode()
    assert house.street.name in shown.content.decode()
    given = house.browser["zhao"].get("/filing/?book=1")
    assert given.headers["Content-Disposition"].startswith("attachment")
    entry = Entry.objects.get(act="export")
    assert (entry.person, entry.data) == (house.zhao.pk, '{"what":"filing"}')
    assert CalamineWorkbook.from_filelike(BytesIO(given.content)).sheet_names == ["备案申请表（草稿）"]


def test_who_administers_a_part_or_nothing_does_not(house: SimpleNamespace) -> None:
    assert house.browser["li"].get("/filing/").status_code == 403
    assert house.browser["zhang"].get("/filing/").status_code == 403
