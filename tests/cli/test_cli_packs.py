"""`qingqun packs PLACE --on DAY` as text: what the JSON says is there, and no line is wider than a terminal."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from qingqun import cli, packs
from qingqun.cli._clauses import told
from qingqun.cli._columns import WIDTH, columns, wrapped
from qingqun.words import Clause, Confidence, Pack, Strength

DAY = date(2026, 3, 1)
PLACES = [one.name for one in packs.listing()]


def shown(*arguments: str) -> str:
    found = CliRunner().invoke(cli.app, ["packs", *arguments])
    assert found.exit_code == 0
    return found.output


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("place", PLACES)
def test_every_clause_stands_there_with_numbers_source_and_days_and_no_line_is_too_wide(place: str) -> None:
    text = shown(place, "--on", DAY.isoformat())
    assert max(columns(line) for line in text.splitlines()) <= WIDTH
    flat = packed(text)
    for clause in packs.load([place], DAY).clauses:
        for word in (clause.id, clause.rule, clause.text, clause.source, clause.document, clause.since.isoformat() if clause.since else ""):
            assert packed(word) in flat


def test_a_number_says_whether_the_text_gives_it() -> None:
    text = packed(shown("national", "--on", DAY.isoformat()))
    assert "staleaccount（days=14天）" in text
    assert "instantreply（seconds=1小时，产品默认）" in text


def test_what_is_over_on_the_day_is_not_there_and_what_ends_says_when() -> None:
    assert "CN-BF-01" not in shown("national", "--on", "2026-01-24")
    assert "CN-BF-01" in shown("national", "--on", "2026-01-25")
    one = Clause(
        "X-1",
        "offhours",
        "《办法》",
        "某市",
        "2024",
        "条文",
        "第三条",
        Strength.SOFT,
        Confidence.VERIFIED,
        "来源",
        {},
        DAY,
        date(2026, 9, 1),
    )
    text = "\n".join(told(Pack("x", "某市", (one,), "0" * 64)))
    assert "X-1 第三条: 条文" in text
    assert "2026-03-01 至 2026-09-01" in text


@given(st.text(alphabet="通知 abc。，http://x.cn/(2026)", max_size=200), st.integers(20, 60))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = list(wrapped(text, "  ", "    ", width))
    assert packed("".join(lines)) == packed(text)
    assert all(columns(line) <= width for line in lines)
