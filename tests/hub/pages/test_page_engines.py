"""The pages in web views some years old: nothing is used that Chromium 78 does not know, unless something stands in for it.

No engine that old is run here. What such an engine passes over is taken out of the style sheet and the script, and the rest must do.
"""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from engine_help import MARKUP, SCRIPT, Sheet, newer

from qingqun import hub

HUB = Path(hub.__file__).parent
PAGES = sorted((HUB / "pages").rglob("*.html"))
SHEETS = sorted((HUB / "static").rglob("*.css"))
USED = re.compile(r"[\w/.-]+\.js\b")
# A script that an old engine cannot read at all is passed over; without these everything is done by forms (test_page_browser.py).
SPARED = {"django_htmx/htmx-2.min.js"}


def _scripts() -> dict[str, str]:
    """Return every script a page names, and those of the house."""
    named = {name for page in [*PAGES, HUB / "pages" / "_show.py"] for name in USED.findall(page.read_text(encoding="utf-8"))}
    own = {str(path.relative_to(HUB / "static")): path for path in (HUB / "static").rglob("*.js")}
    found = {name: Path(str(find(name))) for name in named} | own
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_needs_nothing_newer(path: Path) -> None:
    assert Sheet(path.read_text(encoding="utf-8")).unknown() == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_needs_nothing_newer_and_holds_no_script_or_style_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert newer(text, MARKUP) == []
    assert "<style" not in text
    assert all('src="' in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_script_needs_nothing_newer_or_nothing_needs_the_script() -> None:
    scripts = _scripts()
    assert set(scripts) >= SPARED
    assert {name: newer(text, SCRIPT) for name, text in scripts.items() if name not in SPARED and newer(text, SCRIPT)} == {}


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (".a { inset: 0 }", ".a: inset: inset (87)"),
        (".a { top: 0; right: 0; bottom: 0; left: 0; inset: 0 }", None),
        (".a { width: 1px; width: min(1px, 2vw) }", None),
        (".a { width: min(1px, 2vw) }", ".a: width: min( (79)"),
        (".a { height: 100dvh }", ".a: height: 0dvh (108)"),
        (".a { overflow-wrap: break-word; overflow-wrap: anywhere }", None),
        (".a:has(b), .c { color: red }", ".a:has(b): :has( (105)"),
        (".a:not(.b, .c) { color: red }", ".a:not(.b, .c): :not(.b, (88)"),
        (".a:not(.b):not(.c) { color: red }", None),
        (".a { .b { color: red } }", "& .a: & (112)"),
        (".a:is(b) { color: red }", ".a:is(b): :is( (88)"),
        (":focus-visible { outline: 0 }", ":focus-visible: :focus-visible (86)"),
        (":focus-visible { outline: 0 } @supports not (inset: 0) { :focus { outline: 0 } }", None),
        (".a { display: grid; gap: 1rem; justify-content: end }", None),
        (".a { display: flex; gap: 1rem }", ".a: gap: gap (84)"),
        (".a { display: flex; gap: 1rem } @supports not (inset: 0) { .a { gap: 0 } .a > * + * { margin-left: 1rem } }", None),
        (".a { display: flex; gap: 1rem } @supports not (inset: 0) { .a > * + * { margin-left: 1rem } }", ".a: gap: gap (84)"),
        (".a { display: flex; justify-content: end }", ".a: justify-content: end (93)"),
        ("@layer base { .a { color: red } }", "@layer base: @layer (99)"),
        ("@media (width > 3rem) { .a { color: red } }", "@media (width > 3rem): @media (width > (104)"),
        ("@supports (inset: 0) { .a { inset: 0 } }", None),
        (".a { color: oklch(1 0 0) }", ".a: color: oklch( (111)"),
        (".a { accent-color: red; text-wrap: balance; --b: clamp(1px, 2px, 3px) }", None),
    ],
)
def test_what_is_new_is_found_and_what_stands_in_counts(sheet: str, found: str | None) -> None:
    assert Sheet(sheet).unknown() == ([found] if found else [])


def test_the_old_engines_sheet_lacks_what_it_would_pass_over() -> None:
    old = Sheet(
        ".a { display: flex; gap: 1rem; color: red } .b:not(.c, .d) { color: red } .e { inset: 0; top: 0 }"
        "@supports not (inset: 0) { .a > * { margin: 0 } } @media print { .f { color: red } }"
    ).reduced()
    assert old.splitlines() == [
        ".a { display: flex; color: red }",
        ".e { top: 0 }",
        ".a > * { margin: 0 }",
        "@media print { .f { color: red } }",
    ]


@pytest.mark.parametrize(
    "line", ["a?.b", "a ?? b", "a ??= b", "a.replaceAll('b', 'c')", "[].at(-1)", "structuredClone(a)", "class A { static { } }"]
)
def test_new_words_of_scripts_are_found(line: str) -> None:
    assert newer(line, SCRIPT)
    assert newer("a ? .5 : b || c", SCRIPT) == []


@pytest.mark.parametrize("tag", ['<div popover id="a">', '<button popovertarget="a">', "<search>", "<div inert>", '<details name="a">'])
def test_new_markup_is_found(tag: str) -> None:
    assert newer(tag, MARKUP)
    assert newer('<dialog open></dialog><img loading="lazy"><details><summary>name=</summary></details>', MARKUP) == []
