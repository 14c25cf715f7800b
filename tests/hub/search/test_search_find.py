"""Who finds what, on both databases: every piece of what lies in one's inbox, nothing of anybody else's."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from hub_help import beijing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_help import sent

from qingqun.hub import search, sql
from qingqun.hub.desk import amend
from qingqun.hub.models import Notice, Person
from qingqun.words import Refused

NOON = beijing("2026-03-11 10:00")
WORDS = st.text(st.sampled_from("报送統计表，防汛值班。会议A1 b２-·\n复覆😀'\"%*&:"), min_size=1, max_size=12).filter(str.strip)


def found(person: Person, text: str, **named: Any) -> list[str]:
    return [one.title for one in search.find(search.asked(text), person.pk, NOON, **named)]


def mine(office: SimpleNamespace, person: Person, **changed: Any) -> Notice:
    return sent(office, NOON, audience={"persons": [person.pk]}, **changed)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=WORDS, text=WORDS, data=st.data())
def test_every_piece_of_one_to_four_signs_finds_it_and_shows_it_to_nobody_else(
    office: SimpleNamespace, title: str, text: str, data: Any
) -> None:
    notice = mine(office, office.li, title=title, text=text)
    whole = data.draw(st.sampled_from([title, text]))
    start = data.draw(st.integers(0, len(whole) - 1))
    piece = whole[start : start + data.draw(st.integers(1, 4))]
    query = search.asked(piece)
    hits = search.find(query, office.li.pk, NOON)
    assert notice.pk in {one.notice for one in hits} or not query.words or len(hits) == 50
    assert search.find(query, office.stranger.pk, NOON) == []
    for one in hits:
        shown = search.shown(one, query)
        assert all(0 <= begin < end <= len(shown.title) for begin, end in shown.title_spans)
        assert all(0 <= begin < end <= len(shown.piece) for begin, end in shown.piece_spans)
        assert shown.title_spans or shown.piece_spans


def test_a_longer_word_must_stand_there_as_it_is(office: SimpleNamespace) -> None:
    mine(office, office.li, title="防汛值班表", text="汛值 防汛 值班")
    mine(office, office.li, title="值防", text="防汛汛值值班")
    assert found(office.li, "防汛值班") == ["防汛值班表"]
    assert found(office.li, "防汛值") == ["防汛值班表"]


def test_words_are_all_there_the_title_counts_first_then_the_newest(office: SimpleNamespace) -> None:
    for title, text in [("会议", "旧的"), ("旧通知", "会议"), ("新通知", "会议"), ("会议", "新的"), ("别的", "无关")]:
        mine(office, office.li, title=title, text=text)
    assert found(office.li, "会议") == ["会议", "会议", "新通知", "旧通知"]
    assert found(office.li, "会议  新") == ["新通知", "会议"] or found(office.li, "会议 新") == ["会议", "新通知"]
    assert found(office.li, "会议 防") == []


def test_what_is_held_or_taken_back_is_not_found(office: SimpleNamespace) -> None:
    night = beijing("2026-03-11 22:00")
    sent(office, night, audience={"persons": [office.li.pk]}, title="夜里发的", text="明天再看")
    assert search.find(search.asked("夜里"), office.li.pk, night) == []
    notice = mine(office, office.li, title="发错的", text="作废")
    assert found(office.li, "发错") == ["发错的"]
    amend.withdraw(notice, office.zhang.pk, NOON + timedelta(minutes=1))
    assert found(office.li, "发错") == []
    assert found(office.zhang, "发错", author=True) == []


def test_a_corrected_notice_is_found_by_its_present_words_only(office: SimpleNamespace) -> None:
    notice = mine(office, office.li, title="周五开会", text="二楼会议室")
    amend.correct(notice, "周四开会", "三楼会议室", NOON, material=False)
    assert found(office.li, "二楼") == found(office.li, "周五") == []
    assert found(office.li, "三楼") == found(office.li, "周四") == ["周四开会"]


def test_an_author_finds_what_they_sent_and_a_reader_does_not_find_by_having_written(office: SimpleNamespace) -> None:
    mine(office, office.li, title="给小李的", text="正文")
    assert found(office.zhang, "正文", author=True) == ["给小李的"]
    assert found(office.zhang, "正文") == []
    assert search.find(search.asked("正文"), office.zhang.pk, NOON, author=True)[0].delivery is None


@pytest.mark.parametrize("odd", ["", "   ", "\0", "·-·", "\u200b"])
def test_a_query_of_nothing_finds_nothing(office: SimpleNamespace, odd: str) -> None:
    mine(office, office.li)
    assert found(office.li, odd) == []


def test_a_query_has_limits(office: SimpleNamespace) -> None:
    for text in ("表" * 65, "一 二 三 四 五 六 七 八 九"):
        with pytest.raises(Refused):
            search.asked(text)
    mine(office, office.li)
    for hostile in ('" OR 1', "title : x", "NOT 表", "表*", "a' & b", "%", "{}", "NEAR(表 1)"):
        assert isinstance(found(office.li, hostile), list)


def test_the_index_can_be_made_anew(office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, kept = mine(office, office.li, title="撤回的"), mine(office, office.li, title="在用的")
    amend.withdraw(gone, office.zhang.pk, NOON)
    sql.run("DELETE FROM hub_sought")
    monkeypatch.setattr("qingqun.hub.upkeep.ready.current", lambda: None)
    call_command("reindex", verbosity=0)
    assert found(office.li, "在用") == [kept.title]
    assert found(office.li, "撤回") == []


def test_an_act_that_fails_leaves_the_index_as_it_was(office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_anything: object, **_named: object) -> None:
        raise RuntimeError

    notice = mine(office, office.li, title="周五开会", text="二楼")
    monkeypatch.setattr("qingqun.hub.ledger.write", broken)
    with pytest.raises(RuntimeError):
        amend.correct(notice, "周四开会", "三楼", NOON, material=False)
    assert found(office.li, "二楼") == ["周五开会"]
    assert found(office.li, "三楼") == []
