"""What the house promises about itself, checked by walking it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for p in (ROOT / "qingqun").rglob("*.py") if p.parent.name != "migrations")  # those are generated
EVERY_TEXT = [
    p
    for folder in ("qingqun", "docs", "tests", "bench", ".ci")
    for p in (ROOT / folder).rglob("*")
    if p.suffix in {".py", ".md", ".toml", ".j2", ".po", ""}
]
LONGEST_FILE, LONGEST_FUNCTION, README_WORDS = 300, 60, 500


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_and_no_function_has_outgrown_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno >= LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_first_party_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("qingqun") and n not in tree.body]
    assert late == []


@pytest.mark.parametrize("module", ["resource", "fcntl", "pwd", "grp", "termios"])
def test_the_audit_path_runs_where_there_is_no_posix(module: str) -> None:
    asked = [p for p in SOURCES if "hub" not in p.parts]  # the hub runs on Linux
    assert [p for p in asked if re.search(rf"^(import|from) {module}\b", p.read_text(encoding="utf-8"), re.MULTILINE)] == []


def test_files_are_opened_with_an_encoding() -> None:
    assert [f"{p.name}:{line}" for p in SOURCES for line in _without_encoding(ast.parse(p.read_text(encoding="utf-8")))] == []


def test_the_lock_has_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") > lock.count("==") > 20
    assert "://" not in lock


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= README_WORDS


def test_links_between_the_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    links = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))]
    broken = [f"{page.name} -> {target}" for page, target in links if not (page.parent / target).exists()]
    assert broken == []


def test_every_lint_exception_gives_its_reason() -> None:
    bare = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z-, ]+\])\s*$", re.MULTILINE)
    assert [str(p) for p in SOURCES if bare.search(p.read_text(encoding="utf-8"))] == []


def _without_encoding(tree: ast.AST) -> list[int]:
    calls = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in {"read_text", "write_text"}
    ]
    return [n.lineno for n in calls if "encoding" not in {keyword.arg for keyword in n.keywords}]
