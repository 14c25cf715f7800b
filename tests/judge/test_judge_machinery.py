"""The judge: bindings, numbers, unknown facts, broken rules, verdicts."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from importlib import import_module

import duckdb
import narwhals as nw
import polars as pl
import pytest

from qingqun.enrich.facts.fact import Asked, times
from qingqun.judge import asked, bind, judge, verdict
from qingqun.judge.rule import Expr, Rule
from qingqun.words import Clause, Confidence, Level, Pack, Strength


def made(name: str, predicate: Callable[..., Expr], numbers: Mapping[str, int] | None = None, *, product: bool = False) -> Rule:
    return Rule(name, "messages", name, "", "", dict(numbers or {}), product, predicate)


def bound(rule: str, numbers: Mapping[str, int] | None = None, strength: Strength = Strength.HARD) -> Clause:
    return Clause("X-1", rule, "文件", "全国", "2024", "条文", None, strength, Confidence.VERIFIED, "来源", dict(numbers or {}))


def pack(*clauses: Clause) -> Pack:
    return Pack("p", "规则包", clauses, "abc")


LATE = made("late", lambda: nw.col("late"))
MANY = made("many", lambda n: nw.col("copies") >= n["copies"], {"copies": 3})
BROKEN = made("broken", lambda: nw.col("no_such_fact"))
RAISING = made("raising", lambda n: nw.col("copies") >= n["nothing"], {"copies": 1})
WORDY = made("wordy", lambda: nw.col("copies") + 1)
OWN = made("own", lambda: nw.col("late"), product=True)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("qingqun.judge.judge"), "rules", lambda _subject: (LATE, MANY, BROKEN, RAISING, WORDY, OWN))


FACTS = pl.DataFrame({"text": ["a", "b\r\nc", "d"], "late": [True, None, False], "copies": [4, None, 2]})


@pytest.mark.usefixtures("house")
def test_an_unknown_fact_is_innocent() -> None:
    judged = judge(FACTS, "messages", pack(bound("late"), bound("many")))
    assert isinstance(judged.frame, pl.DataFrame)
    assert judged.frame["late"].to_list() == [True, False, False]
    assert judged.frame["many"].to_list() == [True, False, False]


@pytest.mark.usefixtures("house")
def test_only_rules_with_a_clause_are_judged_and_the_products_own() -> None:
    assert [b.rule.name for b in bind("messages", pack(bound("late")))] == ["late", "own"]
    assert bind("messages", pack())[0].level is Level.HINT


@pytest.mark.usefixtures("house")
def test_a_rule_runs_once_for_each_set_of_numbers() -> None:
    clauses = (bound("many"), bound("many", {"copies": 3}), bound("many", {"copies": 2, "other": 9}))
    found = bind("messages", pack(*clauses))[:2]
    assert [(b.column, len(b.clauses)) for b in found] == [("many", 2), ("many@copies=2", 1)]
    assert [b.defaulted() for b in found] == [(), ()]
    assert bind("messages", pack(bound("many")))[0].defaulted() == ("copies",)
    judged = judge(FACTS, "messages", pack(*clauses))
    assert isinstance(judged.frame, pl.DataFrame)
    assert judged.frame["many@copies=2"].to_list() == [True, False, True]


@pytest.mark.usefixtures("house")
def test_the_strictest_clause_gives_the_level() -> None:
    soft = bound("late", strength=Strength.SOFT)
    assert bind("messages", pack(soft))[0].level is Level.WARNING
    assert bind("messages", pack(soft, bound("late")))[0].level is Level.VIOLATION


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("engine", [lambda f: f, lambda f: f.lazy(), lambda f: duckdb.from_arrow(f.to_arrow())])
def test_a_broken_rule_is_a_failure_and_the_others_go_on(engine: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    judged = judge(engine(FACTS), "messages", pack(*(bound(name) for name in ("broken", "raising", "wordy", "late"))))
    assert [failure.rule for failure in judged.failures] == ["broken", "raising", "wordy"]
    assert all(failure.reason for failure in judged.failures)
    assert [b.rule.name for b in judged.bindings] == ["late", "own"]
    assert verdict(judged, 0).rules == ("late", "own")
    assert verdict(judged, 0).failed == judged.failures


@pytest.mark.usefixtures("house")
def test_a_verdict_names_the_pack_and_the_inputs_hash() -> None:
    said = verdict(judge(FACTS, "messages", pack(bound("late"))), 1)
    assert said.rules == ()
    assert (said.pack, said.revision) == ("p", "abc")
    assert said.input_hash == sha256(b"b\nc").hexdigest()


@pytest.mark.usefixtures("house")
def test_a_verdict_on_no_row_is_an_error() -> None:
    judged = judge(FACTS, "messages", pack(bound("late")))
    with pytest.raises(IndexError):
        verdict(judged, 3)
    with pytest.raises(IndexError):
        verdict(judge(FACTS.clear(), "messages", pack()), -1)


def test_the_pack_says_which_parametrised_facts_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    burst = made("burst", lambda n: times("seconds_since_earlier", n["messages"] - 1) <= 60, {"messages": 5})
    monkeypatch.setattr(import_module("qingqun.judge.judge"), "rules", lambda _subject: (burst, RAISING))
    clauses = (bound("burst"), bound("burst", {"messages": 8}), bound("raising"))
    assert asked("messages", pack(*clauses)) == {Asked("seconds_since_earlier", 4), Asked("seconds_since_earlier", 7)}
