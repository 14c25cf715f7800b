"""What an author is told before sending, and what one tap would change."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from hub_help import beijing, written

from qingqun.hub import preflight, story
from qingqun.hub.models import Confirm, Draft, DutyList, DutyTurn, Setting
from qingqun.hub.preflight import Preflight, Remark
from qingqun.hub.preflight.check import refusals
from qingqun.words import Level, Refused

NOON = beijing("2026-03-11 10:00")
NIGHT = beijing("2026-03-11 20:15")


def _said(office: SimpleNamespace, text: str, at: datetime = NOON, **more: Any) -> Preflight:
    draft = Draft(**{"author": office.zhang, "unit": office.street, "title": "工作安排", "text": text, **more})
    return preflight.check(draft, {"unit": office.street.pk, "below": True}, at)


def _one(said: Preflight, rule: str) -> Remark:
    return next(one for one in said.remarks if one.rule == rule)


def test_a_plain_notice_has_nothing_said_about_it(office_lite: SimpleNamespace) -> None:
    said = _said(office_lite, "请各社区于周五下班前报送一季度统计表。")
    assert (said.blocks, said.remarks, said.people) == ((), (), 3)


def test_a_demand_for_a_reply_becomes_a_confirmation(office_lite: SimpleNamespace) -> None:
    said = _said(office_lite, "明天的会议改到十点，请各科室负责人收到请回复。")
    found = _one(said, "replychain")
    assert found.foreseen
    assert found.level is Level.HINT
    assert "CN-YJ-01" in [clause.id for clause in found.clauses]
    assert found.rewrite is not None
    assert (found.rewrite.text, found.rewrite.confirm) == ("明天的会议改到十点。", Confirm.CONFIRM)


def test_after_hours_the_same_demand_is_against_a_clause(office_lite: SimpleNamespace) -> None:
    said = _said(office_lite, "明天的会议改到十点，请各科室负责人收到请回复。", NIGHT)
    assert [one.rule for one in said.broken] == ["instantreply"]


def test_the_span_shows_the_words_that_are_meant(office_lite: SimpleNamespace) -> None:
    text = "请各村今天完成巡查，下班前报送情况表。入户照片一律发到群里。"
    span = _one(_said(office_lite, text), "photoproof").span
    assert span is not None
    assert "照片" in f"工作安排\n{text}"[slice(*span)]


@pytest.mark.parametrize("text", ["请各村今天完成巡查，照片发群里，下班前报送情况表。", "请各村每天上传巡查照片到群"])
def test_photos_into_the_group_become_an_answer_to_the_author(office_lite: SimpleNamespace, text: str) -> None:
    rewrite = _one(_said(office_lite, text), "photoproof").rewrite
    assert rewrite is not None
    assert rewrite.confirm is Confirm.ANSWER
    assert not _said(office_lite, rewrite.text).remarks


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("请全体干部职工今天下载反诈APP并注册", "forcedpromotion"),
        ("反诈APP安装率未达90%的社区将在全区通报", "assessedpromotion"),
        ("以下单位未回复：东村、西村、南村", "shaming"),
    ],
)
def test_quota_and_shaming_become_neutral_words(office_lite: SimpleNamespace, text: str, rule: str) -> None:
    rewrite = _one(_said(office_lite, text), rule).rewrite
    assert rewrite is not None
    assert rewrite.title == "工作安排"
    assert rule not in [one.rule for one in _said(office_lite, rewrite.text).remarks]


@pytest.mark.parametrize(("text", "rule"), [("请各村今晚十点前报送入户走访表", "overtime"), ("低保户的底数请各村马上发我", "instantreply")])
def test_what_is_wanted_tonight_is_put_off_to_the_next_working_day(office_lite: SimpleNamespace, text: str, rule: str) -> None:
    rewrite = _one(_said(office_lite, text, NIGHT), rule).rewrite
    assert rewrite is not None
    assert rewrite.deadline == beijing("2026-03-12 17:30")
    assert "3月12日（周四）17:30前" in rewrite.text


def test_the_packs_of_the_nearest_unit_above_count(office_lite: SimpleNamespace) -> None:
    Setting.objects.create(key="packs", value={str(office_lite.street.pk): ["xiangzhou"]})
    text = "请各社区于下周五前报送统计表。"
    assert _one(_said(office_lite, text, NIGHT), "offhours").held
    assert not _said(office_lite, text, NIGHT, unit=office_lite.other).remarks


def test_a_secret_marking_is_refused_and_nothing_of_it_is_kept(office_lite: SimpleNamespace) -> None:
    said = _said(office_lite, "机密★1年\n会议安排")
    assert said.blocks
    assert said.remarks == ()
    with pytest.raises(Refused, match="国家秘密"):
        story.write(written(office_lite, text="机密★1年\n会议安排"), NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'hub_gram'")  # an index without its texts
        tables = [name for (name,) in cursor.fetchall()]
        kept = [row for table in tables for row in cursor.execute(f'SELECT * FROM "{table}"').fetchall()]
    assert not any("机密" in str(row) for row in kept)


def test_the_secrecy_check_stands_by_itself() -> None:
    assert refusals("会议", "密级：秘密\n内容")
    assert not refusals("会议", "请各科室周五参加保密培训")


def test_an_emergency_is_not_stopped_by_a_judge_that_fails(office_lite: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("no judge")

    monkeypatch.setattr("qingqun.hub.preflight.judging.enrich", broken)
    assert _said(office_lite, "山体滑坡，请立即转移群众", importance="emergency").looks_urgent is None
    duty = DutyList.objects.create(name="值班", unit=office_lite.street)
    DutyTurn.objects.create(duty_list=duty, person=office_lite.wang, starts=NOON, ends=NIGHT)
    urgent = written(office_lite, importance="emergency", ground="X", approver=office_lite.li, text="山体滑坡，请立即转移群众")
    assert story.write(urgent, NOON).people == 3


def test_an_emergency_that_does_not_read_like_one_is_said_so(office_lite: SimpleNamespace) -> None:
    assert _said(office_lite, "请各村周五前报送统计表。", importance="emergency").looks_urgent is False
    assert _said(office_lite, "后山发生山体滑坡有人被困，请立即救援", importance="emergency").looks_urgent


def test_an_empty_draft_is_not_judged(office_lite: SimpleNamespace) -> None:
    assert _said(office_lite, "", title="").verdict is None
