"""What must hold for every pack: real rules, sources and dates, and no more certainty than the texts give."""

import json
from datetime import date
from pathlib import Path

import pytest

from qingqun import packs
from qingqun.judge.discovery import find, rules
from qingqun.packs import catalogue
from qingqun.packs.document import Document, documents
from qingqun.packs.place import places
from qingqun.words import Clause, Confidence, Level, Strength

HERE = Path(__file__).parent
STANDING = {row["id"]: row for row in map(json.loads, (HERE.parent / "data/packs/standing.jsonl").read_text(encoding="utf-8").splitlines())}
WORDS = {"硬": Strength.HARD, "软": Strength.SOFT, "草案": Strength.DRAFT, "待核": Strength.UNVERIFIED}
ALL = [pytest.param(clause, id=f"{clause.id}-{clause.rule}") for clause in packs.everything()]
DAY = date(2026, 12, 31)


@pytest.mark.parametrize("clause", ALL)
def test_a_clause_names_a_rule_and_gives_source_and_dates(clause: Clause) -> None:
    assert find(clause.rule)
    assert clause.text
    assert clause.source
    assert clause.published
    assert clause.since is not None
    assert clause.until is None or clause.since <= clause.until
    assert set(clause.numbers) <= set().union(*(rule.defaults for rule in rules()))


@pytest.mark.parametrize("clause", ALL)
def test_a_clause_claims_no_more_than_was_read(clause: Clause) -> None:
    standing = STANDING[clause.id]
    assert clause.strength is WORDS[standing["strength"]]
    assert clause.confidence == standing["confidence"]
    assert clause.number is None or standing["number_confirmed"]


@pytest.mark.parametrize("clause", ALL)
def test_a_number_that_was_not_confirmed_is_not_printed(clause: Clause) -> None:
    assert "未核" not in (clause.number or "")
    assert "凭记忆" not in clause.text


@pytest.mark.parametrize("clause", ALL)
def test_what_is_only_reported_is_only_a_hint(clause: Clause) -> None:
    if clause.confidence is not Confidence.VERIFIED:
        assert clause.level is Level.HINT


def _binds(document: Document) -> bool:
    return any(clause.since and clause.since <= DAY for clause in document.clauses)


def test_every_rule_rests_on_a_clause_or_is_the_products_own() -> None:
    bound = {clause.rule for clause in packs.everything()}
    assert {rule.name for rule in rules() if rule.product} == {rule.name for rule in rules()} - bound


def test_the_2026_measures_on_apps_judge_apps_alone() -> None:
    measures = [c for c in packs.everything() if "2026〕12号" in c.document or "政务移动互联网应用程序" in c.document]
    assert len({clause.id for clause in measures}) > 10
    assert {find(clause.rule).subject for clause in measures} == {"apps"}


def test_every_place_includes_the_nation_and_every_document_is_included() -> None:
    reached = set()
    for place in places().values():
        loaded = packs.load([place.name], DAY)
        assert {c.id for c in packs.load(["national"], DAY).clauses} <= {c.id for c in loaded.clauses}
        reached |= {c.document for c in loaded.clauses}
    assert reached == {document.title for document in documents().values() if _binds(document)}


@pytest.mark.parametrize("name", ["四川2019", "hebei", "天津", "甘肃", "云南", "广东"])
def test_a_province_known_from_one_report_gives_hints_only(name: str) -> None:
    province = packs.load([name.removesuffix("2019")], DAY)
    national = {c.id for c in packs.load(["全国"], DAY).clauses}
    local = [c for c in province.clauses if c.id not in national and c.confidence is Confidence.REPORTED]
    assert local
    assert {c.level for c in local} == {Level.HINT}


def test_the_pages_on_rules_and_packs_are_up_to_date() -> None:
    folder = HERE.parents[1] / "docs"
    for name, page in (
        ("rules.md", catalogue.rules_page()),
        ("packs.md", catalogue.packs_page()),
        ("measures.md", catalogue.measures_page()),
    ):
        assert folder.joinpath(name).read_text(encoding="utf-8") == page, "run qingqun.packs.catalogue.write()"
