"""A page for every rule, place and document: all are written, say what the files say, and every link leads somewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qingqun.judge.discovery import rules, subjects
from qingqun.packs import site
from qingqun.packs.document import documents
from qingqun.packs.place import places
from qingqun.words import Confidence


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]
        assert tag not in {"script", "link", "img"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    site.write(out)
    return out


def test_each_rule_place_and_document_has_its_page_in_both_forms(folder: Path) -> None:
    expected = {f"rules/{rule.name}" for subject in subjects() for rule in rules(subject)} | {f"places/{name}" for name in places()}
    expected |= {f"documents/{name}" for name in documents()} | {"index"}
    for ending in (".md", ".html"):
        assert {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob(f"*{ending}")} == expected


def test_every_link_leads_to_a_page(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        links = Links(text).found if path.suffix == ".html" else re.findall(r"\]\(([^)\s]+)\)", text)
        assert links, path
        assert not [link for link in links if not (path.parent / link).resolve().is_file()], path


def test_no_page_is_an_orphan(folder: Path) -> None:
    linked = set(Links((folder / "index.html").read_text(encoding="utf-8")).found) | {"index.html"}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} == linked


def test_a_rules_page_says_its_meaning_its_scene_and_its_clauses(folder: Path) -> None:
    text = (folder / "rules" / "offhours.md").read_text(encoding="utf-8")
    for title in ("含义和合规的做法", "违反的例子", "不违反的例子", "依据条款"):
        assert f"## {title}" in text
    breaking, innocent = text.split("## 不违反的例子")
    assert "! 周三" in breaking
    assert "!" not in innocent.split("```")[1]


def test_strength_source_and_words_of_a_clause_stand_with_it() -> None:
    pages = {page.path: page for page in site.pages()}
    for document in documents().values():
        said = " ".join(word for part in pages[f"documents/{document.name}"].parts for word in part.words)
        for clause in document.clauses:
            assert clause.text in said
            assert clause.source in said


def test_a_number_that_is_not_confirmed_is_not_printed() -> None:
    doubtful = [c for d in documents().values() for c in d.clauses if c.confidence is Confidence.UNCONFIRMED and c.number]
    assert not doubtful
