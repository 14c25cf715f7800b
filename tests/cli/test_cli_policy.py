"""qingqun policy: a unit's own group rules."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingqun.cli import app
from qingqun.office import OfficeError
from qingqun.office.paper import paragraphs

RULES = """群管理制度
一、群成员使用真实姓名。
二、严禁退群,执意退群的给予警告。
三、看到通知后半小时内必须回复收到。
四、本单位公众号文章人人转发朋友圈。
五、值班人员接到险情报告后10分钟内响应。
六、不得强制转发、点赞，不要求即时回复。
"""


def document(path: Path, text: str) -> Path:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return path


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["policy", *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("kind", ["txt", "gbk", "docx"])
def test_the_sentences_that_break_a_rule_are_named_with_the_lawful_words_beside(kind: str, tmp_path: Path) -> None:
    if kind == "docx":
        path = document(tmp_path / "a.docx", RULES)
    else:
        path = tmp_path / "a.txt"
        path.write_text(RULES, encoding="utf-8" if kind == "txt" else "gb18030")
    found = json.loads(run(str(path), "--pack", "全国", "--pack", "银川", "--on", "2026-11-22", "--json"))
    assert {(one["line"], one["rule"]) for one in found} == {
        (3, "leaverule"),
        (4, "instantrule"),
        (4, "chainrule"),
        (5, "forwardrule"),
    }
    assert all(one["instead"] and one["clauses"] for one in found)


def test_said_for_people_it_gives_sentence_wording_and_clause(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RULES, encoding="utf-8")
    said = run(str(path), "--on", "2026-11-22")
    assert "原文：三、看到通知后半小时内必须回复收到。" in said
    assert "可写：" in said
    assert "CN-YJ-01" in said


def test_without_the_places_clause_leaving_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RULES, encoding="utf-8")
    assert "leaverule" not in {one["rule"] for one in json.loads(run(str(path), "--json", "--on", "2026-11-22"))}


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("x.txt", "x")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    for name in ("a.docx", "old.doc"):
        with pytest.raises(OfficeError):
            paragraphs(tmp_path / name)
