"""The same notice again? Written pairs, and: no changed fact is ever folded, no trimming ever splits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.repeats import cluster, compare

PAIRS = [json.loads(line) for line in (Path(__file__).parents[1] / "data/repeats/pairs.jsonl").read_text(encoding="utf-8").splitlines()]
NOTICES = sorted({pair["a"] for pair in PAIRS if pair["truth"] == "same"})
DIGITS = [(notice, at) for notice in NOTICES for at, char in enumerate(notice) if char in "0123456789" and "http" not in notice]
WORDS = [
    ("不", ""),
    ("前", "后"),
    ("周三", "周四"),
    ("上午", "下午"),
    ("明天", "后天"),
    ("各村", "各社区"),
    ("东", "西"),
    ("三", "四"),
    ("一", "两"),
    ("请", "请勿"),
]

TRIMMINGS: list[Callable[[str], str]] = [
    lambda text: "【转发】" + text,
    lambda text: "@所有人 " + text,
    lambda text: "各位同事早上好！" + text,
    lambda text: text + "谢谢大家！",
    lambda text: text + "（再次提醒）",
    lambda text: text + "[抱拳]",
    lambda text: text + "\n收到请回复",
    lambda text: text.replace("，", ","),
    lambda text: text.replace("。", "！"),
    lambda text: text.replace("，", "，\n"),
    lambda text: text.replace("各", "各\u200b"),
    lambda text: "🔔" + text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}) if "http" not in text else text,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['truth']} {pair['note'] or pair['a'][:16]}")
def test_a_written_pair(pair: dict[str, Any]) -> None:
    assert (compare(pair["a"], pair["b"]).verdict == "same") == (pair["truth"] == "same")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['truth']} {pair['note'] or pair['a'][:16]}")
def test_the_order_of_the_two_does_not_matter(pair: dict[str, Any]) -> None:
    assert compare(pair["a"], pair["b"]).verdict == compare(pair["b"], pair["a"]).verdict


def test_clusters_agree_with_the_pairs() -> None:
    numbers = cluster(pl.Series([pair[side] for pair in PAIRS for side in "ab"])).to_list()
    for at, pair in enumerate(PAIRS):
        one, two = numbers[2 * at : 2 * at + 2]
        assert (one is not None and one == two) == (pair["truth"] == "same"), pair


@given(st.sampled_from(DIGITS), st.sampled_from("0123456789"))
@settings(max_examples=200, deadline=None)
def test_another_digit_is_another_notice(place: tuple[str, int], digit: str) -> None:
    notice, at = place
    if notice[at] == digit or notice[at - 1 : at + 1].lstrip("0") == digit:
        return
    changed = notice[:at] + digit + notice[at + 1 :]
    assert compare(notice, changed).verdict != "same", changed


@pytest.mark.parametrize("notice", NOTICES)
def test_another_word_for_a_fact_is_another_notice(notice: str) -> None:
    for old, new in WORDS:
        if old in notice:
            assert compare(notice, notice.replace(old, new, 1)).verdict != "same", notice.replace(old, new, 1)


@given(st.sampled_from(NOTICES), st.lists(st.sampled_from(range(len(TRIMMINGS))), max_size=3, unique=True))
@settings(max_examples=200, deadline=None)
def test_trimmings_make_no_other_notice(notice: str, trimmings: list[int]) -> None:
    changed = notice
    for at in sorted(trimmings, reverse=True):
        changed = TRIMMINGS[at](changed)
    assert compare(notice, changed).verdict == "same", changed


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    assert compare(a, a).verdict == "same"
    found = compare(a, b)
    for difference in found.differs:
        assert 0 <= difference.a[0] <= difference.a[1] <= len(a)
        assert 0 <= difference.b[0] <= difference.b[1] <= len(b)


def test_the_difference_is_shown_in_the_texts_as_given() -> None:
    a, b = "【转发】请各村于6月18日前报台账", "请各村于6月25日前报台账！！"
    (found,) = compare(a, b).differs
    assert (a[slice(*found.a)], b[slice(*found.b)], found.kind) == ("6月18日前", "6月25日前", "day")


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("明天9:00开会", "明天9:30开会", "hour"),
        ("请全体班组长参加培训", "请全体班组长不参加培训", "negation"),
        ("问卷 https://wj.example/q/1 请填", "问卷 https://wj.example/q/2 请填", "link"),
        ("拨付资金500份", "拨付资金600份", "number"),
        ("各街道：报送防汛名册表", "各部门：报送防汛名册表", "audience"),
        ("到东门集合后出发", "到西门集合后出发", "place"),
    ],
)
def test_what_differs_has_a_kind(a: str, b: str, kind: str) -> None:
    assert [difference.kind for difference in compare(a, b).differs] == [kind]


def test_another_matter_is_no_relation() -> None:
    assert compare("请各村明天报送防汛台账", "食堂今日供应红烧肉").verdict == "different"


def test_receipts_and_empty_texts_have_no_number() -> None:
    assert cluster(pl.Series(["", None, "收到", "好的，谢谢", "👌", "张主任收到"])).to_list() == [None] * 6


def test_a_text_between_two_others_does_not_join_them() -> None:
    named = ["一办通知：明天停电检修配电房", "明天停电检修配电房", "教育局通知：明天停电检修配电房"]
    assert len(set(cluster(pl.Series(named)).to_list())) > 1
    assert compare(named[0], named[2]).verdict == "related"


@given(st.permutations([pair[side] for pair in PAIRS[:40] for side in "ab"]))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_messages_does_not_matter(texts: list[str]) -> None:
    first = cluster(pl.Series(texts)).to_list()
    again = cluster(pl.Series(texts[::-1])).to_list()[::-1]
    assert first == again
