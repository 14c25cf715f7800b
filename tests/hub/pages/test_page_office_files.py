"""Office files beside notices: what they say is looked at, what they only call themselves is refused."""

import io
import zipfile

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from qingqun.hub import attachments
from qingqun.office import OfficeError
from qingqun.office.texts import texts
from qingqun.words import Refused


def _document(*lines: str, header: str = "") -> bytes:
    paper, made = Document(), io.BytesIO()
    for line in lines:
        paragraph = paper.add_paragraph()
        for sign in line:  # as Word splits what was typed at several times
            paragraph.add_run(sign)
    paper.sections[0].header.paragraphs[0].text = header
    paper.save(made)
    return made.getvalue()


def _workbook(*cells: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, cell in enumerate(cells):
            sheet.write_string(row, 0, cell)
    return made.getvalue()


def _presentation(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/slides/slide1.xml", f"<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
        file.writestr("ppt/embeddings/Workbook.xlsx", b"PK\x03\x04")  # a chart's numbers: neither unpacked nor refused
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", _document("机密★1年", "关于召开会议的通知")),
        ("a.docx", _document("关于召开会议的通知", header="绝密★长期")),
        ("a.xlsx", _workbook("名单", "秘密★三年")),
        ("a.pptx", _presentation("【机密】")),
    ],
)
def test_a_secret_marking_inside_an_office_file_is_refused_and_nothing_is_kept(
    settings_attachments: None, name: str, content: bytes
) -> None:
    before = len(list(settings.ATTACHMENTS.iterdir()))
    with pytest.raises(Refused, match="国家秘密"):
        attachments.keep(SimpleUploadedFile(name, content))
    assert len(list(settings.ATTACHMENTS.iterdir())) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", _document("保密培训通知", "请学习《保守国家秘密法》，不得在群里谈论秘密。")),
        ("a.xlsx", _workbook("姓名", "保密培训", "是")),
        ("a.pptx", _presentation("保密教育")),
    ],
)
def test_an_ordinary_office_file_is_kept_whole(settings_attachments: None, name: str, content: bytes) -> None:
    kept = attachments.keep(SimpleUploadedFile(name, content))
    assert (settings.ATTACHMENTS / kept.stored).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"PK\x03\x04 no zip"), ("a.docx", _workbook("名单")), ("a.xlsx", _document("名单")), ("a.pptx", _document("名单"))],
)
def test_an_archive_that_only_calls_itself_an_office_file_is_refused(settings_attachments: None, name: str, content: bytes) -> None:
    with pytest.raises(Refused, match=r"不符|损坏"):
        attachments.keep(SimpleUploadedFile(name, content))


def test_a_part_that_swells_is_not_read_to_its_end() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 4_000_000)
    with pytest.raises(OfficeError) as why:
        texts(made.getvalue(), "docx")
    assert why.value.code == "zip_bomb"
