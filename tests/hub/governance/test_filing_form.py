"""The draft filing form, and the software's own description before the rules on apps."""

from datetime import date
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest
from hub_help import beijing, furnish
from python_calamine import CalamineWorkbook

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich.apps import apps
from qingqun.enrich.table import enrich
from qingqun.hub.governance import filing
from qingqun.judge import judge, rules
from qingqun.packs.place import places
from qingqun.words import APPS, MESSAGES, App

ON = date(2026, 12, 31)
RUN = {
    "unit": "城关县人民政府办公室",
    "user_unit": "城关县各单位",
    "own": False,
    "approval": "城数字〔2026〕3号",
    "filing": "备2026001",
    "online": date(2026, 9, 1),
    "entry": "省政务办公平台",
    "security": "等保二级",
    "owner": "张主任",
    "checked": date(2026, 12, 1),
}


def judged(app: App) -> list[str]:
    """Return the rules on apps, of every place's documents, that an app breaks."""
    pack = packs.load(list(places()), ON)
    facts = apps(pl.DataFrame([app], schema=APPS, orient="row"), enrich(MESSAGES.to_frame(), Hours.default()), ON)
    said = judge(facts, "apps", pack)
    assert said.failures == ()
    frame = cast("pl.DataFrame", said.frame)
    return sorted({b.rule.name for b in said.bindings if frame[b.column][0]})


def test_the_software_as_it_describes_itself_breaks_no_rule_on_apps() -> None:
    assert judged(filing.described()) == []


def test_run_by_an_office_as_the_measures_ask_it_breaks_none_either() -> None:
    assert judged(filing.described()._replace(**RUN)) == []  # type: ignore[arg-type]


def test_the_description_says_enough_to_be_judged_by() -> None:
    app = filing.described()
    facts = apps(pl.DataFrame([app], schema=APPS, orient="row"), enrich(MESSAGES.to_frame(), Hours.default()), ON)
    known = ("checks_in", "counts_use", "forces_use", "assesses", "tracks", "trades", "collects", "has_complaints", "is_usable")
    assert facts.select(known).null_count().sum_horizontal()[0] == 0


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"functions": "通知、每日打卡"}, "checkinapp"),
        ({"functions": "通知、按周通报已读率"}, "usagerate"),
        ({"functions": "通知、走访轨迹"}, "trackingapp"),
        ({"complaints": False}, "nocomplaints"),
        ({"filing": ""}, "unfiledapp"),
        ({"filing": "", "online": date(2025, 9, 1)}, "unfiledold"),
        ({"unit": "青松街道办事处", "own": True}, "belowcounty"),
    ],
)
def test_it_would_be_found_if_it_did_what_it_must_not(changed: dict[str, Any], rule: str) -> None:
    assert rule in judged(filing.described()._replace(**{**RUN, **changed}))


def test_every_rule_on_apps_is_asked() -> None:
    pack = packs.load(list(places()), ON)
    assert {clause.rule for clause in pack.clauses} >= {rule.name for rule in rules("apps")}


@pytest.mark.usefixtures("lite")
def test_the_form_has_the_five_parts_and_counts_people_without_naming_them() -> None:
    office = furnish()
    sections = filing.form(office.street.path)
    assert [part.title for part in sections] == ["基本信息", "立项审核", "功能设置", "运维安全", "验收情况"]
    said = {field.title: field.value for part in sections for field in part.fields}
    assert said["主办单位"] == office.street.name
    assert said["用户规模"].endswith("人")
    assert not any(name in value for value in said.values() for name in ("张主任", "小李", "外人"))
    assert {field.hint for part in sections for field in part.fields if not field.value} != {""}


@pytest.mark.usefixtures("lite")
def test_the_workbook_holds_every_line_and_no_formula(tmp_path: Path) -> None:
    office = furnish()
    sections = filing.form(office.street.path)
    filing.write(sections, beijing("2026-03-11 10:00"), tmp_path / "form.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "form.xlsx")).get_sheet_by_index(0).to_python()
    titles = [field.title for part in sections for field in part.fields]
    assert [row[1] for row in rows if row[1] in titles] == titles
