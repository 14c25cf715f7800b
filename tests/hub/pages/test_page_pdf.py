"""PDFs beside notices: their first pages are read for secret markings, in a process that is ended when it takes too much."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from pdf_help import paper
from pypdf import PdfReader, PdfWriter

from qingqun.hub import attachments, pdf
from qingqun.hub.pdf import limits
from qingqun.hub.pdf import read as reading
from qingqun.office import OfficeError
from qingqun.words import Refused

PLAIN = "关于召开会议的通知"


def _upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("通知.pdf", content)


def _locked(content: bytes, word: str, owner: str) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(BytesIO(content))), BytesIO()
    writer.encrypt(word, owner)
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        paper("机密★1年"),
        paper(PLAIN, "秘 密 ★ 3 年"),
        paper(*[PLAIN] * (limits.PAGES - 1), "绝密★长期"),
        _locked(paper("机密★1年"), "", "owner"),  # opens without a password
    ],
)
def test_a_marking_on_the_first_pages_is_refused_and_nothing_is_kept(settings_attachments: None, content: bytes) -> None:
    before = len(list(settings.ATTACHMENTS.iterdir()))
    with pytest.raises(Refused, match="国家秘密"):
        attachments.keep(_upload(content))
    assert len(list(settings.ATTACHMENTS.iterdir())) == before


@pytest.mark.parametrize("content", [paper(PLAIN), paper("保密工作培训的通知"), paper(b"q 1 0 0 1 0 0 cm Q"), paper(*[PLAIN] * 30)])
def test_any_other_is_kept_a_scan_too(settings_attachments: None, content: bytes) -> None:
    assert attachments.keep(_upload(content)).size == len(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (paper(bytes(400 * 2**20)), "读不出来"),  # 400 MB in 400 KB
        (b"%PDF-1.7", "读不出来"),
        (paper(PLAIN).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), "读不出来"),  # pages that are their own parents
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj", "读不出来"),
        (b"%PDF-1.7\n" + b"1 0 obj " * (limits.OBJECTS + 1), "太复杂"),
        (_locked(paper(PLAIN), "secret", "owner"), "密码"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(settings_attachments: None, content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        attachments.keep(_upload(content))


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.02)
    with pytest.raises(OfficeError, match="太复杂"):
        pdf.texts(paper(PLAIN))


def test_too_large_is_not_even_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(OfficeError, match="太大"):
        pdf.texts(paper(PLAIN))


def test_the_author_is_told_what_nobody_can_read(house: SimpleNamespace, settings_attachments: None) -> None:
    assert "图片" in attachments.unread("image/png")
    assert "扫描件" in attachments.unread("application/pdf")
    assert attachments.unread("text/plain") == ""
    browser = house.browser["zhang"]
    address = browser.post("/desk/new/", {"title": "通知", "text": "附件", "files": _upload(paper(PLAIN))}).url
    assert "只查前 10 页的文字，扫描件读不到" in browser.get(address).content.decode()
