"""Loading packs by name and day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingqun import packs
from qingqun.packs import shelf
from qingqun.packs.document import PackError, documents
from qingqun.packs.document import read as read_document
from qingqun.packs.place import read as read_place
from qingqun.words import Level

DAY = date(2026, 3, 13)

GOOD = """
title = "《办法》"
place = "某市"
published = "2024"
since = 2024-01-01
source = "来源"
[[clauses]]
id = "X-1"
rules = ["offhours", "flooding"]
text = "条文"
strength = "soft"
confidence = "verified"
"""


@pytest.mark.parametrize("name", ["香洲", "xiangzhou", "XiangZhou", " 珠海市香洲区 ", "珠海香洲"])
def test_a_place_answers_to_its_chinese_names_and_to_pinyin(name: str) -> None:
    assert packs.load([name], DAY).title == "珠海市香洲区"


def test_xiangzhou_brings_guangdong_and_the_nation() -> None:
    ids = {clause.id for clause in packs.load(["香洲"], DAY).clauses}
    assert {"GD-XZ-04", "GD-01", "CN-YJ-01"} <= ids


def test_xiangzhous_offhours_rule_is_a_warning_and_the_nation_has_none() -> None:
    local = [c for c in packs.load(["xiangzhou"], DAY).clauses if c.rule == "offhours"]
    assert [(c.id, c.level) for c in local] == [("GD-XZ-04", Level.WARNING)]
    assert not [c for c in packs.load(["national"], DAY).clauses if c.rule == "offhours"]


def test_only_clauses_in_force_on_the_day_are_loaded() -> None:
    assert "CN-YJ-01" not in {c.id for c in packs.load(["全国"], date(2023, 12, 17)).clauses}
    assert "CN-YJ-01" in {c.id for c in packs.load(["全国"], date(2023, 12, 18)).clauses}


def test_what_has_ended_is_kept_where_earlier_messages_are_judged_and_what_has_not_begun_never(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over = date(2026, 1, 1), date(2026, 3, 1)
    national = documents()["opinions2023"]
    old = replace(national, clauses=tuple(replace(c, since=begun, until=over) for c in national.clauses))
    monkeypatch.setattr(shelf, "_documents", lambda: {**documents(), "opinions2023": old})
    ids = {clause.id for clause in old.clauses}
    assert not ids & {c.id for c in packs.load(["opinions2023"], DAY).clauses}
    assert ids == {c.id for c in packs.load(["opinions2023"], DAY, ended=True).clauses}
    assert not packs.load(["opinions2023"], date(2025, 12, 31), ended=True).clauses


def test_two_places_together_hold_every_clause_once() -> None:
    both = packs.load(["湖北", "浙江", "湖北"], DAY)
    assert both.name == "hubei+zhejiang"
    assert len({(c.id, c.rule) for c in both.clauses}) == len(both.clauses)


def test_the_revision_depends_on_the_files_and_not_on_the_day_or_the_order() -> None:
    assert packs.load(["湖北", "浙江"], DAY).revision == packs.load(["浙江", "湖北"], date(2019, 1, 1)).revision
    assert packs.load(["湖北"], DAY).revision != packs.load(["浙江"], DAY).revision


@pytest.mark.parametrize(("name", "near"), [("香州", "香洲"), ("hubai", "hubei"), ("湖北襄阳", "湖北"), ("火星", "全国"), ("", "全国")])
def test_an_unknown_pack_is_an_error_that_names_near_ones(name: str, near: str) -> None:
    with pytest.raises(packs.NoSuchPackError, match=near):
        packs.load([name], DAY)


def test_a_document_can_be_loaded_alone() -> None:
    assert {c.id for c in packs.load(["groups2017"], DAY).clauses} == {"CN-QZ-01"}


def test_the_list_begins_with_the_nation_and_counts_clauses() -> None:
    listed = packs.listing()
    assert listed[0].name == "national"
    assert {"fujian", "sichuan", "hebei", "tianjin", "gansu", "yunnan", "guangdong", "hubei", "zhejiang"} <= {one.name for one in listed}
    assert all(one.clauses >= listed[0].clauses for one in listed)


def test_a_clause_for_two_rules_becomes_two_bindings(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert [clause.rule for clause in read_document(path).clauses] == ["offhours", "flooding"]


def test_line_ends_do_not_change_the_revision(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_bytes(GOOD.encode())
    two.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert read_document(one).digest == read_document(two).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "《办法》"', ""),
        ('strength = "soft"', 'strength = "strict"'),
        ('text = "条文"', ""),
        ("since = 2024-01-01", 'since = "2024"'),
        ('text = "条文"', "text = 条文"),
    ],
)
def test_a_bad_document_names_its_file(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError, match=r"office\.toml"):
        read_document(path)


@pytest.mark.parametrize("text", ['names = ["x"]', "title = "])
def test_a_bad_place_names_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "somewhere.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"somewhere\.toml"):
        read_place(path)


def test_no_two_places_share_a_name() -> None:
    names = [alias for one in packs.listing() for alias in {one.name, one.title, *one.names}]
    assert len(names) == len(set(names))
    assert set(shelf._aliases().values()) >= {one.name for one in packs.listing()}
