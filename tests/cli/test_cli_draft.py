"""`qingqun check` reads a text or a docx; a PDF, a workbook, a picture is refused with its name and the reason."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from qingqun.cli import _draft, main
from qingqun.words import Refused

WORDS = "请各社区于周五下班前报送一季度统计表。"
PART = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
BINARY = {
    "通知.pdf": b"%PDF-1.7\n1 0 obj\n",
    "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
    "截图.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "照片.jpg": b"\xff\xd8\xff\xe0\x10JFIF" + bytes(range(1, 256)) * 3,
    "富文本.rtf": b"{\\rtf1\\ansi }",
    "乱.bin": bytes(range(256)) * 4,
}


def docx(path: Path, *lines: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", PART.format("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)))
    return path


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_is_refused_with_its_name_and_the_reason(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(BINARY[name])
    monkeypatch.setattr("sys.argv", ["qingqun", "check", str(tmp_path / name), "--audience", "工作群"])
    with pytest.raises(SystemExit) as stopped:
        main()
    said = capsys.readouterr()
    assert (stopped.value.code, said.out) == (2, "")
    assert name in said.err
    assert "不是文字" in said.err


def test_a_docx_is_read_as_its_paragraphs(tmp_path: Path) -> None:
    assert _draft.read(docx(tmp_path / "草稿.docx", "通知", WORDS)) == f"通知\n{WORDS}"


def test_a_workbook_and_a_broken_docx_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "表.xlsx")) as book:
        book.add_worksheet()
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    for name in ("表.xlsx", "坏.docx"):
        with pytest.raises(Refused, match=name):
            _draft.read(tmp_path / name)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_usual_coding(coding: str, tmp_path: Path) -> None:
    (tmp_path / "草稿.txt").write_bytes(f"{WORDS}🙏\t谢谢\r\n".encode(coding))
    assert _draft.read(tmp_path / "草稿.txt") == f"{WORDS}🙏\t谢谢"


def test_an_empty_one_a_secret_one_and_a_long_one_are_refused(tmp_path: Path) -> None:
    for content, reason in ((" \n", "是空的"), ("机密★1年\n请传阅", "国家秘密"), ("请" * 60_000, "太长")):
        (tmp_path / "草稿.txt").write_text(content, encoding="utf-8")
        with pytest.raises(Refused, match=reason):
            _draft.read(tmp_path / "草稿.txt")
    with pytest.raises(Refused, match="国家秘密"):
        _draft.read(docx(tmp_path / "密.docx", "机密★1年", WORDS))
