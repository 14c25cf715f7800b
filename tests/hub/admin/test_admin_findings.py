"""The audit's findings in the hub: to be read only, by who answers for the whole office, and nobody's name in them."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hub_help import furnish
from page_help import signed_in

from qingqun.findings import before
from qingqun.findings.table import BURDEN
from qingqun.hub.models import Power


@pytest.fixture
def office_of_the_audit(lite: Any, data: Path, clock: Any) -> SimpleNamespace:
    office = furnish()
    Power.objects.create(person=office.zhang, unit=office.street, right="administrator")
    Power.objects.create(person=office.wang, unit=office.east, right="administrator")
    return office


def _audited(data: Path) -> None:
    burden = [(None, "groups", 60, 6.0, 15.0, False), ("东社区", "groups", None, None, None, True)]
    facts = pl.DataFrame({"group": ["ab"], "grade": ["night"]})
    (data / "report").mkdir()
    table = pl.DataFrame(burden, schema=BURDEN, orient="row")
    kept = before.Kept(facts, table, {"offhours": 309, "gone": 2}, date(2026, 3, 2), date(2026, 3, 8), 7, 60, "r1", "")
    before.save(data / "report" / "facts.parquet", kept)


def test_an_administrator_reads_what_was_found(office_of_the_audit: SimpleNamespace, data: Path) -> None:
    browser = signed_in(office_of_the_audit.zhang, "zhang")
    assert "qingqun audit" in browser.get("/findings/").content.decode()
    _audited(data)
    page = browser.get("/findings/").content.decode()
    assert "309 处" in page
    assert "2026-03-02" in page
    assert "人数太少，不显示" in page
    assert browser.post("/findings/").status_code == 405
    assert 'href="/better/#offhours"' in page
    better = browser.get("/better/").content.decode()
    assert 'id="offhours"' in better
    assert "不要这样：" in better
    assert "改为“点一下确认”" in better


def test_who_reads_or_administers_a_part_sees_nothing(office_of_the_audit: SimpleNamespace, data: Path) -> None:
    _audited(data)
    for key in ("li", "wang", "stranger"):
        assert signed_in(getattr(office_of_the_audit, key), key).get("/findings/").status_code == 403
