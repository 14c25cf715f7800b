"""A wording put in the place of haste or of a time too soon sets no second deadline beside one that stands."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qingqun.findings.wording.families import TRIED, Candidate, best, due_too_soon, wanted_at_once
from qingqun.findings.wording.times import dated

DUE = datetime(2026, 9, 15, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NEW = "9月15日（周二）17:30前"


def texts(made: list[Candidate]) -> list[str]:
    return [one.text.lstrip("\n") for one in made]


def test_haste_beside_a_deadline_goes_and_nothing_takes_its_place() -> None:
    found = texts(list(wanted_at_once("\n请于明天上午9点前报送统计表，立即务必完成。", DUE)))
    assert found[0] == "请于明天上午9点前报送统计表，务必完成。"
    assert not any(NEW in one and "9点前" in one for one in found)


@pytest.mark.parametrize(
    "words",
    ["请于明天上午9点前报送统计表，今晚8点前务必完成。", "今晚8点前务必完成，明天上午9点前报送统计表", "2小时内报我，最迟今晚8点前报送。"],
)
def test_no_time_is_changed_where_the_sentence_has_another(words: str) -> None:
    assert texts(list(due_too_soon("\n" + words, DUE))) == []


def test_a_lone_time_is_changed_also_beside_another_sentence_and_a_mere_day() -> None:
    assert texts(list(due_too_soon("\n请今晚8点前报送统计表。", DUE)))[0] == f"请{NEW}报送统计表。"
    assert f"请{NEW}报送甲表。乙表9月20日前报送。" in texts(list(due_too_soon("\n请今晚8点前报送甲表。乙表9月20日前报送。", DUE)))
    assert texts(list(wanted_at_once("\n请各社区马上报送统计表。", DUE)))[0] == f"请各社区{NEW}报送统计表。"
    assert not dated("9月20日开会，请马上报送名单。", 9, 11)


def test_of_a_long_text_few_wordings_are_tried_but_never_none() -> None:
    some = [Candidate("请" * size + str(n), 0, 1) for size in (1000,) for n in range(900)]
    assert len(best(some)) == TRIED // len(some[0].text)
    assert len(best([Candidate("请" * (2 * TRIED), 0, 1)])) == 1
    assert best([]) == []
