"""What was sent in a year in which nobody can have sent it is a problem; what is stated of groups must name one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingqun import intake
from qingqun.intake.timely import latest, timely
from qingqun.words import MESSAGES

Load = Callable[..., intake.Loaded]
CHECKED = date(2026, 9, 21)
PYWXDUMP = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"


def sent(*moments: datetime) -> pl.DataFrame:
    return pl.DataFrame(
        {"sent_at": moments, "file": "群.txt", "line": range(len(moments))}, schema_overrides={"sent_at": MESSAGES["sent_at"]}
    )


def rows(*rooms: str) -> str:
    lines = (f"{n},{n},文本,0,小李,{room},收到,,2026-07-03 08:0{n}:00" for n, room in enumerate(rooms))
    return PYWXDUMP + "\n".join(lines)


@pytest.mark.parametrize("year", [1883, 2008, 2027, 9998])
def test_a_year_in_which_nobody_can_have_sent_it_is_a_problem(year: int) -> None:
    kept, problems = timely(sent(datetime(year, 6, 1, tzinfo=UTC), datetime(2026, 9, 14, tzinfo=UTC)), CHECKED)
    assert kept.height == 1
    assert problems.select("line", "code").rows() == [(0, "bad_time")]
    assert f"{year}-06-01" in problems["reason"][0]
    assert "2009-01-01" in problems["reason"][0]
    assert "2026-09-22" in problems["reason"][0]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001  hypothesis wants bounds without a zone
def test_nothing_is_lost_and_the_days_are_shanghais(moment: datetime) -> None:
    kept, problems = timely(sent(moment.replace(tzinfo=UTC)), CHECKED)
    assert kept.height + problems.height == 1
    assert (kept.height == 1) == (date(2009, 1, 1) <= (moment + timedelta(hours=8)).date() <= date(2026, 9, 22))


def test_the_check_is_on_the_latest_of_the_days_known() -> None:
    assert latest(None, date(2199, 1, 1)) == date(2199, 1, 1)
    assert latest(datetime(2198, 12, 31, 17, tzinfo=UTC)) == date(2199, 1, 1)
    assert latest(date(2000, 1, 1)) > date(2020, 1, 1)


def test_a_group_stated_without_a_room_names_the_only_room(text: Load) -> None:
    loaded = text(rows("1@chatroom", "1@chatroom"), "a.csv", default_group="街道工作群")
    assert set(loaded.messages.select("group_id", "group_name").rows()) == {("1@chatroom", "街道工作群")}
    assert set(loaded.memberships["group_name"]) == {"街道工作群"}
    assert loaded.unused == ()


def test_of_two_rooms_it_names_neither_and_says_so(text: Load) -> None:
    loaded = text(rows("1@chatroom", "2@chatroom"), "a.csv", default_group="街道工作群")
    assert set(loaded.messages["group_name"]) == {"1@chatroom", "2@chatroom"}
    assert loaded.unused == ("街道工作群",)


def test_a_statement_that_names_nothing_is_told(text: Load) -> None:
    stated = {"1@chatroom": "街道工作群", "3@chatroom": "社区群", "*.txt": "别的群"}
    assert text(rows("1@chatroom"), "a.csv", groups=stated).unused == ("3@chatroom=社区群", "*.txt=别的群")
