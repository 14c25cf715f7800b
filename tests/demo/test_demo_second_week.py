"""The second week: texts of another hand, audited as `qingqun demo` audits the shipped one. `pytest -s` shows the figures."""

import hashlib
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from qingqun import audit, demo, packs
from qingqun.clock.hours import Hours
from qingqun.demo.office import Office
from qingqun.demo.score import tally
from qingqun.findings.report import Report
from qingqun.intake import Grant

SECOND = Path(__file__).parents[1] / "data" / "demo" / "second"
INSPECTED = date(2026, 9, 21)
OF_THE_REGISTER = {"dormant", "outlived", "overlap", "ownerless", "secondaccount", "secondmain"}
FOUND, FOOLED = 0.6, 0.1  # of every rule about messages: at least so many found, at most so many look-alikes taken for violations


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return demo.generate(tmp_path_factory.mktemp("county"), texts=SECOND)


@pytest.fixture(scope="module")
def report(county: Office, grant: Grant) -> Report:
    request = audit.Request(
        exports=county.exports, registers=(county.register,), pack=packs.load(["xiangzhou"], INSPECTED), grant=grant,
        hours=Hours.default(), stated=county.stated, on=INSPECTED, before=None,
    )  # fmt: skip
    return audit.audit(request, lambda _done, _all: None).report


@pytest.fixture(scope="module")
def counts(county: Office, report: Report) -> pl.DataFrame:
    found = tally(county.truth, pl.concat([report.gathered.findings, report.gathered.hints]))
    with pl.Config(tbl_rows=40, tbl_cols=10, tbl_hide_dataframe_shape=True):
        print(f"\n{found}")  # noqa: T201  the figures are what this test is run for
    return found


def _digest(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_same_texts_give_the_same_bytes(county: Office, tmp_path: Path) -> None:
    demo.generate(tmp_path, texts=SECOND)
    assert _digest(tmp_path) == _digest(county.truth.parent)


def test_nothing_of_the_street_is_left_in_it(county: Office) -> None:
    words = ("云溪街道", "石桥社区", "张主任")
    said = "".join(path.read_text(encoding="utf-8") for path in county.exports if path.suffix in {".csv", ".jsonl", ".txt"})
    assert "槐县" in said
    assert not [word for word in words if word in said]


def test_every_rule_is_planted_and_has_its_look_alikes(counts: pl.DataFrame) -> None:
    assert counts.height == 19
    assert counts.filter(pl.col("planted") < 2).is_empty()
    assert counts.filter(~pl.col("rule").is_in(OF_THE_REGISTER) & (pl.col("alike") < 12)).is_empty()


def test_the_register_holds_no_words_and_is_judged_without_fault(counts: pl.DataFrame) -> None:
    register = counts.filter(pl.col("rule").is_in(OF_THE_REGISTER))
    assert register.select(pl.sum("missed", "alarms", "fooled")).row(0) == (0, 0, 0)


def test_most_of_what_another_hand_planted_is_found(counts: pl.DataFrame) -> None:
    assert not counts.filter(pl.col("hit") < FOUND * pl.col("planted"))["rule"].to_list()


def test_few_of_its_look_alikes_fool_the_audit(counts: pl.DataFrame) -> None:
    assert not counts.filter(pl.col("fooled") > FOOLED * pl.col("alike"))["rule"].to_list()
