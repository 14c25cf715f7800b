"""Order or statement? What must hold whatever the weights are, and single pairs that differ in grammar alone."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadline, deadlines
from qingqun.enrich.deadline.classes import CLASSES, NAMES, tokens
from qingqun.enrich.deadline.named import named
from qingqun.enrich.deadline.read import Found, Reader
from qingqun.enrich.deadline.signs import BITS, signs
from qingqun.enrich.deadline.stated import stated
from qingqun.enrich.deadline.verdicts import KINDS, verdicts
from qingqun.enrich.deadline.weigh import weighed, weights
from qingqun.words import MOMENT

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "data/deadlines/cases.jsonl").read_text(encoding="utf-8").splitlines()]
HOURS = Hours.default()
WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=BEIJING)
GREETINGS = ["大家好！", "各位同事早上好！", "各位老师好，", "张主任您好：", "同志们下午好。"]
DAYS = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
HANDED = ["把名单报给我", "把台账交到办公室", "把表发我", "完成整改", "把反馈报送"]


def due(text: str, sent_at: datetime = WEDNESDAY) -> datetime | None:
    return deadline(text, sent_at, HOURS)


@given(st.sampled_from(CASES), st.sampled_from(["收到", "好的，马上看", "知道了", "辛苦了"]))
@settings(max_examples=60, deadline=None)
def test_a_quoted_message_has_no_deadline(case: dict[str, str], answer: str) -> None:
    quoted = case["text"].replace("」", "")
    assert due(f"「张主任：{quoted}」\n- - - - - - - - -\n{answer}", datetime.fromisoformat(case["sent_at"])) is None


@given(st.sampled_from(CASES), st.sampled_from(GREETINGS))
@settings(max_examples=80, deadline=None)
def test_a_greeting_changes_nothing(case: dict[str, str], greeting: str) -> None:
    sent = datetime.fromisoformat(case["sent_at"])
    assert due(greeting + case["text"], sent) == due(case["text"], sent)


@given(st.sampled_from(sorted(DAYS)), st.sampled_from(HANDED), st.integers(0, 24 * 300))
@settings(max_examples=60, deadline=None)
def test_a_day_without_an_hour_ends_at_its_last_second(day: str, handed: str, hour: int) -> None:
    sent = WEDNESDAY + timedelta(hours=hour)
    last = (sent + timedelta(days=DAYS[day])).replace(hour=23, minute=59, second=59)
    assert due(f"请各科室{day}之前{handed}", sent) == last


@given(st.integers(1, 23), st.sampled_from(HANDED), st.sampled_from(["每天", "每周五", "每月5日", "每晚"]))
@settings(max_examples=40, deadline=None)
def test_what_comes_again_is_no_deadline(hour: int, handed: str, often: str) -> None:
    assert due(f"请各组{often}{hour}点前{handed}") is None


@pytest.mark.parametrize(
    ("order", "statement"),
    [
        ("请小李周五前把初稿发我", "我周五前把初稿发您"),
        ("旧卡请于月底前退回前台", "旧卡月底前都有效"),
        ("请厂家对接人六点前把单子报给我", "厂家说六点前能到货"),
        ("表今天填完交给我", "表我今天填完了"),
        ("请各班每晚十点前熄灯，名单明天上午报我", "各班每晚十点前熄灯"),
    ],
)
def test_an_order_has_one_and_a_statement_has_none(order: str, statement: str) -> None:
    assert due(order) is not None
    assert due(statement) is None


def test_an_item_begins_at_its_circled_number() -> None:
    found = due("要求：①18点前各格报送轨迹；②保持通话")
    assert found == WEDNESDAY.replace(hour=18)


def classes(text: str) -> list[str]:
    return [NAMES[at] for at in tokens(text).classes.tolist()]


def test_words_are_told_by_class() -> None:
    assert classes("请小李把表交到办公室") == ["ask", "other", "ba", "other", "hand", "other"]
    assert classes("12人没交") == ["digits", "measure", "not", "hand"]
    assert classes("") == []


def test_a_word_begins_where_it_stands() -> None:
    assert tokens("请各位交表").starts.tolist() == [0, 1, 3, 4]


def test_a_word_stands_in_one_class() -> None:
    words = [word for listed in CLASSES.values() for word in listed.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("text", ["泡沫车三点前回不来", "旧积分年底前都有效", "司机说六点前到", "中午前我统一回", "今天能改好"])
def test_the_rule_knows_a_statement(text: str) -> None:
    assert any(stated(found) for found in Reader(text))


def test_an_order_outweighs_the_form_of_a_statement() -> None:
    assert not any(stated(found) for found in Reader("请周五前把表报来"))


def moments(text: str) -> list[Found]:
    return list(Reader(text))


@given(st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_text_is_weighed_alike_alone_and_among_others(texts: list[str]) -> None:
    together = weighed(texts, [moments(text) for text in texts])
    assert together == [asked for text in texts for asked in weighed([text], [moments(text)])]


def test_texts_without_a_moment_are_not_weighed() -> None:
    assert weighed(["收到", ""], [[], []]) == []
    assert weighed([], []) == []


def test_which_digit_it_is_changes_no_sign_of_the_words() -> None:
    one, other = "请于12日前交3份表", "请于15日前交7份表"
    told = signs([one, other], [moments(one), moments(other)])
    assert (told.near[0] == told.near[1]).all()
    assert (told.whole[0] == told.whole[1]).all()


def test_the_rules_give_one_verdict_of_each_kind() -> None:
    for found in moments("请各科室3月13日前把名单报给我，周五下午开会"):
        assert [said.partition(" ")[0] for said in verdicts(found)] == list(KINDS)


def test_most_signs_of_an_ordinary_notice_have_a_weight() -> None:
    text = "请各科室3月13日前把名单报给我"
    near = signs([text], [moments(text)]).near
    there = near[near > 0]
    assert there.max() < 1 << BITS
    assert (weights().of[there] != 0).sum() > len(there) // 2


@pytest.mark.parametrize(
    ("words", "hour"), [("今天下午4点到5点", 17), ("今天下午两点到四点", 16), ("今天上午9点到11点", 11), ("今天上午9点到下午3点", 15)]
)
def test_the_end_of_a_range_of_hours_lies_behind_its_beginning(words: str, hour: int) -> None:
    sent = datetime(2026, 11, 23, 8, tzinfo=BEIJING)
    assert [one.at.hour for one in named(f"{words}到后院领物资", sent, HOURS)] == [hour]


@pytest.mark.parametrize(
    ("text", "at"), [("没签的户晌午之前务必来村部签", 12), ("请各支行日终前上划金库", 23), ("请各组15 : 00前报我", 15)]
)
def test_a_column_lets_through_what_a_single_text_is_read_for(text: str, at: int) -> None:
    found = deadlines(pl.Series([text]), pl.Series([WEDNESDAY]).cast(MOMENT), HOURS)[0]
    assert (found.astimezone(BEIJING).hour, found) == (at, due(text))
