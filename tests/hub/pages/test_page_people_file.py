"""A file that is no workbook is named, with why and what to do; who has no way in is counted."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from page_help import signed_in

from qingqun.hub import tree
from qingqun.hub.governance import roster
from qingqun.hub.models import Power
from qingqun.office import Sheet, write_book


@pytest.fixture
def administrator(office_lite: SimpleNamespace) -> SimpleNamespace:
    tree.settle()
    Power.objects.create(person=office_lite.zhang, unit=office_lite.street, right="administrator")
    office_lite.browser = signed_in(office_lite.zhang, "zhang")
    return office_lite


def test_a_text_named_xlsx_is_said_to_be_none(administrator: SimpleNamespace) -> None:
    file = SimpleUploadedFile("名单.xlsx", "姓名,单位\n小李,和平街道".encode())
    page = administrator.browser.post("/people/", {"act": "take", "file": file}, follow=True).content.decode()
    assert "“名单.xlsx”不是 Excel 文件" in page
    assert "下载空白模板" in page


def test_other_sheets_are_named(tmp_path: Path, office_lite: SimpleNamespace) -> None:
    path = tmp_path / "书.xlsx"
    write_book(path, [Sheet("花名册", ["姓名"], [["小李"]])])
    (wrong,) = roster.read(path).wrong
    assert "花名册" in wrong.reason
    assert not wrong.page


def test_how_the_imported_sign_in_is_said(administrator: SimpleNamespace) -> None:
    page = administrator.browser.get("/people/").content.decode()
    assert "导入的人怎样登录" in page
    assert "qingqun account" in page


def test_who_cannot_sign_in_yet_is_counted_and_led_to_a_link(administrator: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "书.xlsx"
    write_book(path, [Sheet("人员", ["姓名", "单位"], [["小吴", "和平街道"], ["小郑", "东社区"]])])
    file = SimpleUploadedFile("书.xlsx", path.read_bytes())
    page = administrator.browser.post("/people/", {"act": "take", "file": file}).content.decode()
    assert "还有 4 人没有登录账号" in page  # 小李 and 小王 were there
    assert 'class="button" href="/invite/"' in page
