"""A text that calls itself urgent: the claim, its ground, its grade; and what is a document or a meeting."""

from pathlib import Path

import polars as pl
import pytest

from qingqun.enrich.normal import normalise
from qingqun.enrich.papers import is_paper
from qingqun.enrich.urgent import is_duty_group, urgent

DATA = Path(__file__).parents[1] / "data" / "urgent"


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def said(texts: list[str]) -> pl.DataFrame:
    return urgent(normalise(pl.Series(texts, dtype=pl.String)))


@pytest.mark.parametrize(("place", "fact"), [(0, "claims_urgency"), (1, "gives_ground")])
def test_a_claim_of_urgency_and_its_ground_are_told_apart(place: int, fact: str) -> None:
    table = [row for row in rows("claims.tsv") if place == 0 or row[0] == "+"]
    found = said([row[2] for row in table])[fact]
    assert [row[2] for row, hit in zip(table, found, strict=True) if hit != (row[place] == "+")] == []


def test_colours_and_grades_are_read_and_nothing_else_is_a_grade() -> None:
    table = rows("grades.tsv")
    found = said([row[2] for row in table]).select("warning_level", "event_grade").rows()
    wanted = [tuple(int(cell) if cell else None for cell in row[:2]) for row in table]
    assert [row[2] for row, one, other in zip(table, found, wanted, strict=True) if one != other] == []


def test_documents_and_meetings_are_told_from_talk_about_them() -> None:
    table = rows("papers.tsv")
    found = is_paper(normalise(pl.Series([row[1] for row in table])))
    assert [row[1] for row, hit in zip(table, found, strict=True) if hit != (row[0] == "+")] == []


def test_no_text_says_nothing() -> None:
    assert said(["", "图"]).rows() == [(False, None, None, None)] * 2
    assert is_paper(pl.Series([None, ""], dtype=pl.String)).to_list() == [False, False]


def test_a_group_of_those_on_duty_is_known_by_its_name() -> None:
    frame = pl.DataFrame({"group_no": [0, 1, 2, 0], "group_name": ["镇防汛值班群", "镇工作群", None, "镇防汛值班群"]})
    assert is_duty_group(frame).to_list() == [True, False, False, True]
