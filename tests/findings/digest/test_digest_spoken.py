"""What a digest says aloud, on a page and in a calendar: counts that equal the lists, days in words, no command of a stranger's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from qingqun.findings.digest import Change, Claim, Digest, Item, ics, page, spoken, text
from qingqun.findings.digest.changes import with_changes
from qingqun.findings.digest.model import PARTS, Burden

NOW = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ITEM = Item(
    "请各社区于3月12日17:00前报送值班表。", "张主任", NOW - timedelta(hours=3), NOW - timedelta(hours=2), 1, ("街道工作群",), (), Claim.GROUP, "发给全体",
    None, overdue=False, emergency=False, key="k1",
)  # fmt: skip
EMPTY = Digest("小李", (), None, NOW, 0, (), (), (), (), (), (), {}, Burden(0, 0, 0, 0, 0, 0, 0), known=True)


def due(at: datetime | None, **more: Any) -> Item:
    return replace(ITEM, deadline=at, **more)


def digest(**parts: Any) -> Digest:
    copies = sum(item.copies for items in parts.values() for item in items)
    return replace(EMPTY, total=copies, **parts)


@given(
    st.fixed_dictionaries({name: st.lists(st.integers(1, 4), max_size=4) for name in PARTS}),
    st.dictionaries(st.sampled_from(["own", "talk", "system", "receipts", "wordless"]), st.integers(0, 50)),
)
@settings(max_examples=40, deadline=None)
def test_every_count_that_is_said_is_the_length_of_its_list(sizes: dict[str, list[int]], folded: dict[str, int]) -> None:
    made = digest(**{name: tuple(replace(ITEM, copies=n, key=f"{name}{i}") for i, n in enumerate(some)) for name, some in sizes.items()})
    made = replace(made, folded=folded, total=made.total + sum(folded.values()))
    assert made.counted() == made.total
    assert [len(part.items) for part in spoken.parts(made)] == [len(getattr(made, part.name)) for part in spoken.parts(made)]
    assert {part.name for part in spoken.parts(made)} == set(PARTS)
    said = spoken.headline(made)
    assert f"{made.total} 条消息，要你办 {len(made.must_do)} 件，可能与你有关 {len(made.perhaps)} 件" in said
    assert f"合计 {made.total} 条 = 通知 {sum(map(sum, sizes.values()))} 条" in text.folded(made)
    whole = text.write(made, whole=True)
    assert whole.count(" 发在 街道工作群") == sum(len(some) for some in sizes.values())


def test_what_is_not_listed_is_counted_and_listed_where_wished() -> None:
    made = digest(must_do=(ITEM,), others=(replace(ITEM, text="请五里社区报表"),), to_know=(replace(ITEM, text="停水通知"),))
    short, whole = text.write(made), text.write(made, whole=True)
    assert "没有列出：供你知晓 1 件、给别人的 1 件" in short
    assert "停水通知" not in short
    assert "停水通知" in whole
    assert "没有列出" not in whole


STRANGE = "请报表\x00\x1b[31m红\x07\x9b2J\r\n第二行\t\u202e倒\u2066"


def test_a_strangers_words_command_neither_the_terminal_nor_the_calendar() -> None:
    item = due(NOW + timedelta(days=1), text=STRANGE, sender=STRANGE, groups=(STRANGE,), why=STRANGE)
    made = replace(digest(must_do=(item,)), me="小李\x1b[2J")
    (event,) = Calendar.from_ical(ics.write(made)).walk("VEVENT")
    for said in (text.write(made), text.write(made, whole=True), str(event["summary"]), str(event["description"])):
        assert "第二行" in said or "要你办" in said
        assert not [sign for sign in said if sign < " " and sign not in "\n\t"], ascii(said)
        assert not set("\x7f\x9b\u202e\u2066") & set(said)


def test_harmless_text_is_left_as_it_is() -> None:
    assert spoken.harmless("一、报表\n\t二、值班😀 é") == "一、报表\n\t二、值班😀 é"


def test_a_deadline_at_the_end_of_a_day_is_that_day_and_no_hour() -> None:
    assert spoken.due(due(NOW.replace(hour=23, minute=59))) == "3月11日（周三）当天"
    assert spoken.due(due(NOW.replace(hour=17))) == "3月11日（周三）17:00前"
    assert spoken.due(due(NOW.replace(hour=9), overdue=True)) == "已过期 3月11日（周三）09:00前"
    assert spoken.due(ITEM) == ""


@pytest.mark.parametrize(("days", "said"), [(0, "今天"), (1, "明天"), (2, "2 天后"), (30, "30 天后")])
def test_how_far_a_deadline_is_away_is_told_by_days_of_the_calendar(days: int, said: str) -> None:
    item = due((NOW + timedelta(days=days)).replace(hour=0, minute=1))
    assert spoken.away(item, NOW) == said
    assert spoken.away(item, NOW.astimezone(ZoneInfo("UTC"))) == said


def test_soon_is_within_a_day_and_never_what_has_no_deadline() -> None:
    assert spoken.soon(due(NOW + timedelta(days=1)), NOW)
    assert not spoken.soon(due(NOW + timedelta(days=1, minutes=1)), NOW)
    assert not spoken.soon(ITEM, NOW)


def test_many_groups_are_counted_and_some_named() -> None:
    item = replace(ITEM, copies=5, groups=("甲群", "乙群", "丙群", "丁群"))
    assert spoken.where(item).endswith("发在 甲群、乙群、丙群等，共 5 次、4 个群")
    assert "丁群" not in spoken.where(item)


def test_ornaments_at_the_ends_go_and_those_within_stay() -> None:
    assert spoken.words(replace(ITEM, text="📢📢 请报表🔥三份 ⚡️ ")) == "请报表🔥三份"
    assert spoken.words(replace(ITEM, text="🔥🔥")) == "🔥🔥"


def test_a_change_says_the_old_and_the_new_and_what_was_added_or_left_out() -> None:
    one = Change(NOW, ("17:00", "", "三楼"), ("16:00", "请带证件", ""), ("hour", "other", "place"))
    assert spoken.differences(one) == [("时间", "17:00", "16:00"), ("文字", "（无）", "请带证件"), ("地点", "三楼", "（删去）")]
    assert spoken.change(one).startswith("与 3月11日（周三）12:00 的相似通知不同：时间 17:00 → 16:00；")
    assert spoken.change(replace(one, replaces=True)).startswith("代替 ")
    assert spoken.differences(Change(NOW, ("a",), ("b",))) == [("文字", "a", "b")]


def test_whoever_was_not_met_is_told_so_and_whose_unit_is_known_too() -> None:
    assert any("没有见到“小李”" in line for line in spoken.left(replace(EMPTY, known=False)))
    assert any("没有说明你的单位" in line for line in spoken.left(EMPTY))
    assert any("三里社区、东社区" in line for line in spoken.left(replace(EMPTY, units=("三里社区", "东社区"))))


@given(st.text(st.sampled_from("请各社区报表，。；！\n a"), max_size=400))
@settings(max_examples=60, deadline=None)
def test_a_cut_text_and_its_rest_are_the_text(words: str) -> None:
    head, rest = page.cut(words)
    assert head + rest == words
    assert rest == "" or len(head) <= 120
    assert (rest == "") == (len(words) <= 180)


def test_a_calendar_holds_what_is_due_and_nothing_that_is_over_or_somebody_elses() -> None:
    soon, over = due(NOW + timedelta(hours=5), key="a"), due(NOW - timedelta(hours=1), overdue=True, key="b")
    made = digest(
        must_do=(soon, replace(ITEM, key="c")),
        perhaps=(due(NOW + timedelta(days=2), claim=Claim.PERHAPS, key="d"),),
        past=(over,),
        others=(due(NOW + timedelta(days=1), key="e"),),
    )
    events = Calendar.from_ical(ics.write(made)).walk("VEVENT")
    assert [(str(one["uid"]), str(one["status"])) for one in events] == [("a@qingqun", "CONFIRMED"), ("d@qingqun", "TENTATIVE")]
    assert b"VALARM" not in ics.write(made)
    assert not Calendar.from_ical(ics.write(EMPTY)).walk("VEVENT")


def test_one_notice_alone_has_changed_from_nothing() -> None:
    assert with_changes([]) == []
    (alone,) = with_changes([ITEM])
    assert (alone.changes, alone.replaced) == ((), False)


@pytest.mark.parametrize("writer", [page.write, text.write], ids=["page", "text"])
def test_an_empty_digest_says_noughts_and_asks_nothing(writer: Callable[[Digest], str]) -> None:
    said = writer(EMPTY)
    assert "0 条" in said
    assert "None" not in said
