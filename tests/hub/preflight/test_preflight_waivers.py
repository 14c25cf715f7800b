"""Waivers before sending: the same effect as in an audit, and a file that cannot be read is an alarm, never a grant."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from django.conf import settings
from hub_help import beijing

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.hub import preflight, waivers
from qingqun.hub.models import Draft
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.history import message, table
from qingqun.hub.upkeep.doctor import Grade, examine
from qingqun.judge import asked, judge, verdict
from qingqun.judge.waived import OF_UNIT
from qingqun.packs.waivers import load

NIGHT = beijing("2026-03-11 22:10")
TEXT = "请各村明早八点前报送统计表,收到请回复。"
ONE = """
[[waivers]]
id = "L-1"
rule = "{rule}"
unit = "{unit}"
reason = "汛期值班"
owner = "小李"
approver = "张主任"
since = 2026-03-01
until = {until}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.setattr(settings, "DATA", tmp_path)

    def write(rule: str = "offhours", unit: str = "和平街道", until: str = "2026-03-31", **other: str) -> Path:
        path = tmp_path / waivers.FILE
        path.write_text(other.get("raw") or ONE.format(rule=rule, unit=unit, until=until), encoding="utf-8")
        return path

    return write


def _said(office: SimpleNamespace) -> Any:
    draft = Draft(author=office.zhang, unit=office.street, text=TEXT)
    return preflight.check(draft, {"unit": office.street.pk}, NIGHT).verdict


@pytest.mark.parametrize("rule", ["offhours", "instantreply", "replychain", "afterwork"])
@pytest.mark.parametrize("unit", ["和平街道", "东社区", "没有的单位"])
@pytest.mark.parametrize("until", ["2026-03-31", "2026-03-10"])
def test_desk_and_audit_agree_under_the_same_waivers(
    office_lite: SimpleNamespace, file: Callable[..., Path], rule: str, unit: str, until: str
) -> None:
    pack = packs.load(["national"], NIGHT.date(), load(file(rule, unit, until)))
    facts = enrich(table([message(TEXT, to_ms(NIGHT), 1, 1, 0)]), Hours.default(), asked("messages", pack))
    later = judge(facts.with_columns(pl.lit("和平街道").alias(OF_UNIT)), "messages", pack)
    assert _said(office_lite) == verdict(later)


def test_a_waiver_of_the_office_takes_its_rule_away(office_lite: SimpleNamespace, file: Callable[..., Path]) -> None:
    before = set(_said(office_lite).rules)
    rule = min(before)
    file(rule)
    assert set(_said(office_lite).rules) == before - {rule}
    file(rule, "东社区")
    assert set(_said(office_lite).rules) == before


@pytest.mark.parametrize("raw", ["[[waivers]", "[[waivers]]\nid = 1\n", 'waivers = "all"\n', "[waiver]\n"])
def test_a_file_that_cannot_be_read_grants_nothing_and_rings(office_lite: SimpleNamespace, file: Callable[..., Path], raw: str) -> None:
    before = _said(office_lite)
    file(raw=raw)
    assert _said(office_lite) == before
    assert waivers.granted().wrong
    assert Grade.BAD in {one.grade for one in examine(NIGHT) if "例外" in one.text}


def test_a_folder_or_other_bytes_in_the_files_place_ring_too(office_lite: SimpleNamespace, file: Callable[..., Path]) -> None:
    path = file()
    path.write_bytes(b"\xff\xfe\x00")
    assert waivers.granted().wrong
    path.unlink()
    path.mkdir()
    assert waivers.granted() == ((), waivers.granted().wrong)
    assert waivers.granted().wrong


def test_over_and_orphaned_ones_are_named_by_the_doctor(office_lite: SimpleNamespace, file: Callable[..., Path]) -> None:
    for changed, word in (({"until": "2026-03-10"}, "到期"), ({"unit": "没有的单位"}, "没有的单位"), ({"rule": "nosuch"}, "nosuch")):
        file(**changed)
        assert any(word in one.text and one.grade == Grade.LOOK for one in examine(NIGHT)), changed
