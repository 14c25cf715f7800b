"""Every text for people has English beside its Chinese."""

import ast
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from qingqun import i18n

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "qingqun" / "locale" / "en" / "LC_MESSAGES" / "qingqun.po"
METHODS = [("**.py", "python"), ("**.j2", "jinja2"), ("hub/pages/**.html", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "later": None}  # of the hub: translated when shown


def _of(path: Path) -> str:
    return path.relative_to(ROOT / "qingqun").as_posix()


def _texts() -> set[str]:
    options = {pattern: {"encoding": "utf-8"} for pattern, method in METHODS if method == "jinja2"}
    found = extract_from_dir(ROOT / "qingqun", METHODS, options, KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def test_every_text_has_english() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    missing = sorted(text for text in _texts() if not (catalogue.get(text) and catalogue[text].string))
    assert missing == [], "run `make messages` and translate"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = CATALOGUE.with_suffix(".mo")
    with CATALOGUE.open("rb") as file:
        written = io.BytesIO()
        write_mo(written, read_po(file))
    with compiled.open("rb") as file:
        shipped = {m.id: m.string for m in read_mo(file) if m.id}
    assert shipped == {m.id: m.string for m in read_mo(io.BytesIO(written.getvalue())) if m.id}


def test_translations_keep_their_fields() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    fields = {m.id: (_fields(str(m.id)), _fields(str(m.string))) for m in catalogue if m.id and m.string}
    assert {k: v for k, v in fields.items() if v[0] != v[1]} == {}


def _fields(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]} | {part.split(")s")[0] for part in text.split("%(")[1:]}


READS_CHINESE = {  # rooms and files whose Chinese is matched or made, not said to the user
    "demo/": "made-up people speak Chinese",
    "enrich/": "patterns over Chinese messages",
    "intake/": "words of export formats and registers; what is said of them stands in _()",
    "judge/messages/": "rules are Chinese texts of their own",
    "judge/groups/": "rules are Chinese texts of their own",
    "judge/accounts/": "rules are Chinese texts of their own",
    "judge/apps/": "rules are Chinese texts of their own",
    "judge/policies/": "rules are Chinese texts of their own",
    "judge/scene.py": "the notation of a rule's scenes",
    "clock/calendar.py": "names of holidays in notices",
    "clock/dated.py": "dates in Chinese notices",
    "clock/moment.py": "dates as people type them",
    "clock/notice.py": "the State Council's notices",
    "clock/hours.py": "a name nobody is shown",
    "clock/unit.py": "weekdays in a unit's file",
    "findings/digest/cues.py": "patterns over Chinese messages",
    "findings/digest/reader.py": "patterns over names on cards",
    "findings/mask.py": "patterns over quotes, and joins within them",
    "findings/roster.py": "patterns over names",
    "findings/report/setting.py": "stops of full width",
    "findings/report/template.py": "names of fonts",
    "office/book.py": "names of fonts",
    "office/delimited.py": "signs that begin a formula",
    "cli/policy.py": "the name of a place",
    "hub/deliver/cut.py": "signs that a platform would read as a mark-up",
    "hub/deliver/entered.py": "signs between entered values",
    "hub/inbox/rhythm.py": "times as people type them",
    "hub/listen/sources/feishu.py": "the platform's own word for everybody",
    "hub/search/grams.py": "characters that are one for a search",
    "hub/settings.py": "a language by its own name",
    "hub/demo/play.py": "the notice that is played is Chinese",
    "hub/desk/grounds.py": "the number of a document",
    "hub/desk/privately.py": "words of a draft",
    "hub/preflight/spoken.py": "dates in Chinese notices",
    "hub/desk/terms.py": "signs between names",
    "hub/governance/dutyline.py": "times as people type them",
    "hub/pages/better.py": "the notation of a rule's scenes",
    "hub/governance/absencebook.py": "sheets and columns of the workbook; what is said of them stands in _()",
    "hub/governance/roster/": "sheets and columns of the workbook; what is said of them stands in _()",
    "hub/governance/worktimes.py": "a name nobody is shown",
    "findings/annex/people.py": "columns that are read again; what is said of them stands in _()",
    "findings/joins.py": "patterns over group cards",
    "findings/tree.py": "endings of units' names",
    "findings/wording/cuts.py": "patterns over drafts",
    "findings/wording/families.py": "patterns over drafts, and words for them",
    "findings/wording/heal.py": "patterns over drafts, and words for them",
    "findings/wording/times.py": "dates in Chinese notices",
}
MATCHES = {"strip", "rstrip", "lstrip", "removeprefix", "removesuffix", "startswith", "endswith"}
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SPEAKING = [p for p in sorted((ROOT / "qingqun").rglob("*.py")) if not _of(p).startswith(tuple(READS_CHINESE))]


@pytest.mark.parametrize("path", SPEAKING, ids=_of)
def test_what_the_user_is_told_can_be_told_in_english(path: Path) -> None:
    assert list(_untranslated(ast.parse(path.read_text(encoding="utf-8")))) == [], "wrap it in _(); for lists there are listed and joined"


@pytest.mark.parametrize("path", sorted([*(ROOT / "qingqun").rglob("*.j2"), *(ROOT / "qingqun" / "hub" / "pages").glob("*.html")]), ids=_of)
def test_a_page_says_nothing_that_cannot_be_said_in_english(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    css = re.sub(r"<style>.*?</style>|\{#.*?#\}", "", text, flags=re.DOTALL)
    said = re.sub(r"_\((?:\"[^\"]*\"|'[^']*')", "", css)
    assert [line.strip() for line in said.splitlines() if CHINESE.search(line)] == []


@pytest.mark.parametrize(
    ("shown", "english"), [(i18n.day, "20 Sep 2026"), (i18n.stamp, "20 Sep 2026 17:30"), (i18n.moment, "Sun 20 Sep 17:30")]
)
def test_dates_are_english_in_english(shown: Callable[[datetime], str], english: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2026, 9, 20, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert CHINESE.search(shown(at)) or shown is i18n.stamp
    monkeypatch.setenv("QINGQUN_LANG", "en")
    assert shown(at) == english


def _untranslated(tree: ast.AST) -> Iterator[str]:
    """Yield the Chinese texts that stand neither in _() nor in a docstring."""
    inside = {id(part) for call in ast.walk(tree) if _translates(call) for part in ast.walk(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            inside.add(id(node.body[0].value))  # type: ignore[attr-defined]  # a docstring is an expression
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value) and id(node) not in inside:
            yield f"{node.lineno}: {node.value}"


def _translates(node: ast.AST) -> bool:
    """Say whether it is _("..."), or later("...") of the hub, or only takes a text apart."""
    if not isinstance(node, ast.Call):
        return False
    named = isinstance(node.func, ast.Name) and node.func.id in {"_", "later"}
    return named or (isinstance(node.func, ast.Attribute) and node.func.attr in MATCHES)
