"""Every pack on every week: the audit runs, every table adds up, every report is written. A part of the exports by day, all of them by night."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from reconciled import reconcile

from qingqun import audit, demo, packs
from qingqun.clock.hours import Hours
from qingqun.demo.office import Office
from qingqun.demo.score import tally
from qingqun.findings.report import Report, summarise, tables
from qingqun.intake import Grant

PLACES = ("national", "xiangzhou", "hubei", "zhejiang", "fujian", "sichuan", "hebei", "tianjin", "gansu", "yunnan", "guangdong")
INSPECTED = date(2026, 9, 21)
PART = 40  # by day, one export of so many is read
FOUND, FOOLED = 0.85, 0.05
every_week = pytest.mark.parametrize("week", list(demo.WEEKS))


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Office]:
    return {name: demo.generate(tmp_path_factory.mktemp(name), texts=texts) for name, texts in demo.WEEKS.items()}


def _audited(office: Office, place: str, exports: tuple[Path, ...]) -> audit.Audited:
    grant = Grant(by="张主任", purpose="自查", basis="虚构数据", at=datetime(2026, 9, 21, 2, tzinfo=UTC))
    request = audit.Request(
        exports=exports, registers=(office.register,), pack=packs.load([place], INSPECTED), grant=grant,
        hours=Hours.default(), stated=office.stated, on=INSPECTED,
    )  # fmt: skip
    return audit.audit(request, lambda _done, _all: None)


def _adds_up(report: Report) -> None:
    """Hold the forms, and the tables of the report, against the findings, the roster and each other."""
    summary = summarise(report)
    reconcile(report)
    for counted in (summary.by_rule, summary.by_unit):
        assert int(counted["total"].sum()) == summary.findings == summary.violations + summary.warnings
        assert (counted["violation"] + counted["warning"]).to_list() == counted["total"].to_list()
    assert int(summary.hinted["total"].sum()) == summary.hints
    assert len(tables.register(report).rows) == summary.groups
    assert int(report.activity.select(pl.sum_horizontal("work", "off", "emergency")).sum().item()) <= summary.messages


@every_week
@pytest.mark.parametrize("place", PLACES)
def test_a_pack_judges_a_part_of_a_week_and_its_report_is_written(
    offices: dict[str, Office], week: str, place: str, tmp_path: Path
) -> None:
    made = _audited(offices[week], place, offices[week].exports[::PART])
    assert not made.report.failures
    assert len(made.report.gathered.findings) + len(made.report.gathered.hints)
    _adds_up(made.report)
    written = audit.write(made, tmp_path)
    assert all(path.stat().st_size for path in written.values())


@pytest.mark.nightly
@every_week
@pytest.mark.parametrize("place", PLACES)
def test_a_pack_judges_a_whole_week_and_its_report_is_written(offices: dict[str, Office], week: str, place: str, tmp_path: Path) -> None:
    made = _audited(offices[week], place, offices[week].exports)
    assert not made.report.failures
    _adds_up(made.report)
    found = pl.concat([made.report.gathered.findings, made.report.gathered.hints])
    judged = {clause.rule for clause in made.report.pack.clauses} | set(found["rule"])
    counts = (
        tally(offices[week].truth, found).filter(pl.col("rule").is_in(list(judged))).select(pl.sum("planted", "hit", "alike", "fooled"))
    )
    planted, hit, alike, fooled = counts.row(0)
    print(f"\n{week} {place}: {hit} of {planted}, fooled by {fooled} of {alike}")  # noqa: T201  the figures are what this test is run for
    assert hit >= FOUND * planted
    assert fooled <= FOOLED * alike
    assert all(path.stat().st_size for path in audit.write(made, tmp_path).values())
