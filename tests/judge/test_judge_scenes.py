"""Every rule's scene is its test, on two engines."""

import inspect
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from qingqun.judge.discovery import rules, subjects
from qingqun.judge.play import play
from qingqun.judge.rule import Rule
from qingqun.judge.scene import parse

ALL = [pytest.param(rule, id=rule.name) for rule in rules()]


def on_duckdb(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(frame.to_arrow())


@pytest.mark.parametrize("rule", ALL)
def test_the_marked_lines_are_found_and_no_other(rule: Rule) -> None:
    played = play(rule)
    assert played.found == played.expected, [played.scene.lines[n - 1] for n in played.found ^ played.expected]


@pytest.mark.parametrize("rule", ALL)
def test_duckdb_finds_the_same_lines(rule: Rule) -> None:
    played = play(rule, on_duckdb)
    assert played.found == played.expected


@pytest.mark.parametrize("rule", ALL)
def test_a_scene_shows_a_finding_and_innocent_look_alikes(rule: Rule) -> None:
    scene = parse(rule.scene)
    assert scene.marked
    assert len(scene.lines) - len(scene.marked) >= 3


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_is_one_file_of_its_name_and_says_why(rule: Rule) -> None:
    module = inspect.getmodule(rule.predicate)
    assert module is not None
    assert module.__name__ == f"qingqun.judge.{rule.subject}.{rule.name}"
    assert re.fullmatch(r"[a-z]+", rule.name)
    assert module.__doc__
    assert rule.title
    assert rule.reason


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_reads_facts_and_no_text(rule: Rule) -> None:
    source = Path(inspect.getfile(rule.predicate)).read_text(encoding="utf-8")
    predicate = source.partition("\ndef ")[2]
    assert not re.search(r"\.str\.|\bre\b|contains|match", predicate)


def test_names_are_one_of_a_kind_and_the_subjects_are_the_folders() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))
    assert subjects() == ("accounts", "apps", "groups", "messages", "policies")
