"""Other wordings for what breaks a rule: what each family offers, that it stands alone, and that nothing else of the text is touched."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.findings.wording import families
from qingqun.findings.wording.cuts import MOST, clauses, cuts, without
from qingqun.findings.wording.families import (
    ANSWER,
    CONFIRM,
    FAMILIES,
    INSTEAD,
    REMIND,
    REPLY,
    UNCOUNTED,
    VOLUNTARY,
    Candidate,
    best,
    offered,
)
from qingqun.findings.wording.times import ENOUGH, lawful, replaced, written
from qingqun.judge.discovery import rules

ZONE = ZoneInfo("Asia/Shanghai")
DUE = datetime(2026, 3, 12, 17, 30, tzinfo=ZONE)
Family = Callable[[str, datetime | None], Iterator[Candidate]]


def words(family: Family, text: str, due: datetime | None = None) -> list[str]:
    return [one.text for one in best(family(text, due))]


def test_every_family_mends_a_rule_that_there_is() -> None:
    known = {rule.name for rule in rules("messages")}
    assert set(FAMILIES) | families.BESIDE <= known


def test_a_demand_for_an_answer_goes_and_the_reader_confirms_with_one_tap() -> None:
    found = best(families.asked_to_reply("值班通知\n请各村明天值班，收到请回复。", None))
    assert "值班通知\n请各村明天值班。" in [one.text for one in found]
    assert {one.confirm for one in found} == {CONFIRM}


def test_photos_are_asked_for_as_an_answer_that_the_author_alone_sees() -> None:
    found = best(families.asked_for_photos("巡查通知\n请各村完成巡查，照片发群里。", None))
    assert f"巡查通知\n请各村完成巡查。{ANSWER}" in [one.text for one in found]
    assert f"巡查通知\n{ANSWER}" in [one.text for one in found]
    assert {one.confirm for one in found} == {REPLY}


def test_an_order_to_spread_becomes_an_offer_without_numbers() -> None:
    found = words(families.pressed_to_spread, "通知\n请全体职工务必下载反诈App，每户不少于3人。")
    assert any(VOLUNTARY in one and "务必" not in one and "3人" not in one for one in found)
    assert any("下载" not in one for one in found)


@pytest.mark.parametrize(
    ("clause", "offer"),
    [
        ("请务必下载反诈App", "有需要的可以下载反诈App"),
        ("1、全体人员必须关注公众号", "1、有需要的可以关注公众号"),
        ("请各村报送统计表", None),
        ("下载率须达90%", None),
        ("关注人数每周通报", None),
        ("", None),
    ],
)
def test_only_what_can_be_done_freely_is_offered(clause: str, offer: str | None) -> None:
    assert offered(clause) == offer


def test_what_only_says_how_many_is_offered_no_second_time() -> None:
    assert offered("转发不少于10次") == "有需要的可以转发"
    assert offered("转发不少于10次", again=True) is None


def test_counting_and_naming_go_or_make_room_for_a_kind_word() -> None:
    assert f"通知\n{UNCOUNTED}" in words(families.counted_spreading, "通知\n各村关注量每日排名")
    assert f"通知\n{REMIND}" in words(families.named_in_public, "通知\n以下人员未交：小李、外人")
    assert "通知\n请各村周五前报表。" in words(families.praised_leaders, "通知\n在书记亲切关怀下，请各村周五前报表。")


def test_without_a_lawful_time_no_time_is_put_in() -> None:
    assert list(families.due_too_soon("通知\n今晚八点前报送", None)) == []
    assert not [one for one in families.wanted_at_once("通知\n请立即回复", None) if one.deadline]


def test_haste_makes_room_for_the_time_that_is_lawful() -> None:
    found = best(families.wanted_at_once("通知\n请立即报送值班表。", DUE))
    assert f"通知\n请{written(DUE)}报送值班表。" in [one.text for one in found]
    assert {one.deadline for one in found} <= {DUE, None}


PIECES = st.sampled_from(
    [
        "请各村报送统计表",
        "收到请回复",
        "照片发群里",
        "务必下载反诈App",
        "每户不少于3人",
        "今晚八点前",
        "马上",
        "“平安”",
        "（附件）",
        "，",
        "。",
        "；",
        "！",
        "\n",
        "1、",
        " ",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join).map("通知\n{}".format)


@given(st.sampled_from(sorted(FAMILIES)), TEXTS, st.sampled_from([None, DUE]))
@settings(max_examples=80, deadline=None)
def test_every_candidate_keeps_what_stands_before_and_behind_its_place(rule: str, text: str, due: datetime | None) -> None:
    found = best(FAMILIES[rule][0](text, due))
    assert len({one.text for one in found}) == len(found)
    for one in found:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.deadline in {None, due}
        kept = {char for char in text[: one.start] + text[one.end :] if char.isalnum()}
        assert kept <= set(one.text) or one.deadline is not None or any(said in one.text for said in INSTEAD)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_cuts_are_few_each_once_and_the_shortest_first(text: str) -> None:
    found = cuts(text)
    sizes = [one.end - one.start for one in found]
    assert sizes == sorted(sizes)
    assert len(found) <= MOST
    assert len({one.text for one in found}) == len(found)
    spans = clauses(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("请报表，收到请回复。", "收到请回复。", "请报表。"),
        ("请报表，收到请回复", "收到请回复", "请报表。"),
        ("收到请回复，请报表。", "收到请回复，", "请报表。"),
        ("请报表！收到请回复", "收到请回复", "请报表！"),
        ("一、报表，\n二、开会。", "二、开会。", "一、报表，\n"),
        ("收到", "收到", ""),
    ],
)
def test_the_sentence_before_a_cut_ends_as_the_stretch_did(text: str, gone: str, left: str) -> None:
    start = text.index(gone)
    assert without(text, start, start + len(gone)).text == left


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(ZONE)))  # noqa: DTZ001  the strategy gives the zone
@settings(max_examples=60, deadline=None)
def test_a_lawful_deadline_leaves_half_a_working_day_whenever_the_notice_is_sent(now: datetime) -> None:
    due = lawful(now, Hours.default())
    assert due is not None
    assert due - now >= ENOUGH
    assert due - now < timedelta(days=14)
    assert (due.hour, due.minute) == (17, 30)


def test_a_time_is_written_as_notices_write_it_and_read_again_at_its_place() -> None:
    assert written(DUE) == "3月12日（周四）17:30前"
    text = "请各村今晚八点前报送，明早九点开会。"
    found = list(replaced(text, "【时间】"))
    assert "请各村【时间】报送，明早九点开会。" in [one for one, _start, _end in found] or "请各村【时间】前报送，明早九点开会。" in [
        one for one, _start, _end in found
    ]
    for changed, start, end in found:
        assert changed == text[:start] + "【时间】" + text[end:]
    assert list(replaced("请各村报送。", "x")) == []
    assert list(replaced("", "x")) == []
