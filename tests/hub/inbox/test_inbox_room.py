"""The inbox's room by itself, on both databases: its statements, its order, its diff."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hub_help import beijing
from hypothesis import given
from hypothesis import strategies as st
from page_help import corrected, delivery, sent

from qingqun.hub import inbox
from qingqun.hub.inbox import Row, absence, colleague, door
from qingqun.hub.models import (
    Confirm,
    Delivery,
    DutyList,
    DutyTurn,
    Entry,
    Leave,
    Means,
    Person,
    Project,
    ProjectMember,
    Role,
    RoleMember,
    Stance,
    Topic,
    TopicMember,
)
from qingqun.hub.moment import to_ms
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
HOUR = timedelta(hours=1)


def test_everything_an_audience_may_name_somebody_by_is_known_in_words(office: SimpleNamespace) -> None:
    role, topic = Role.objects.create(name="网格员"), Topic.objects.create(name="防汛")
    project, duty = Project.objects.create(name="普查", unit=office.street), DutyList.objects.create(name="夜班", unit=office.street)
    RoleMember.objects.create(role=role, person=office.wang)
    TopicMember.objects.create(topic=topic, person=office.wang)
    ProjectMember.objects.create(project=project, person=office.wang)
    DutyTurn.objects.create(duty_list=duty, person=office.wang, starts=NOW, ends=NOW + HOUR)
    Leave.objects.create(person=office.wang, starts=NOW - HOUR, ends=NOW)
    known = inbox.facts(office.wang.pk, f"/{office.street.pk}/{office.east.pk}/")
    terms = [{"role": role.pk}, {"topic": topic.pk}, {"project": project.pk}, {"duty": duty.pk}, {"persons": [office.wang.pk]}]
    words = ["您是网格员", "您在话题“防汛”里", "您参加普查", "您在“夜班”值班表上", "点名发给您"]
    assert inbox.why({"any": [*terms, {"unit": office.west.pk, "below": True}]}, known) == words
    assert known.leaves == ((NOW - HOUR, NOW),)


def test_a_deputy_is_told_for_whom(office: SimpleNamespace) -> None:
    known = inbox.facts(office.li.pk, "/1/")
    assert inbox.why({"unit": 1}, known, "小王") == ["代小王收", "您在和平街道"]


def test_the_rooms_statements_say_the_same_on_both_databases(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, confirm="confirm", deadline=NOW + HOUR, text="9:00开会")
    number = delivery(notice, office.li)
    (row,) = inbox.listed(office.li.pk, NOW)
    assert (row.delivery, row.title, row.unit, row.author, row.deadline) == (number, notice.title, "和平街道", "张主任", to_ms(NOW + HOUR))
    assert row.audience == {"unit": office.street.pk, "below": True}
    assert inbox.one(number, office.wang.pk, NOW) is None
    assert [one.delivery for one in inbox.every(office.li.pk, NOW, number + 1, 5)] == [number]
    assert [one.delivery for one in inbox.since(office.li.pk, NOW - HOUR, NOW)] == [number]
    corrected(notice, "9:30开会", NOW + HOUR / 2)
    opened = inbox.opened(number, notice.pk, to_ms(NOW))
    assert [(piece.kind, piece.text) for piece in opened.changed] == [("same", "9:"), ("cut", "00"), ("added", "30"), ("same", "开会")]
    assert inbox.receive(number, office.li.pk, Confirm.CONFIRM, NOW + HOUR)
    assert not inbox.receive(number, office.li.pk, Confirm.CONFIRM, NOW + HOUR)
    assert [given.kind for given in inbox.opened(number, notice.pk, None).given] == ["confirm"]
    assert inbox.listed(office.li.pk, NOW + timedelta(days=3)) == []


def test_an_opened_notice_shows_the_change_since_it_was_seen(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, text="一")
    corrected(notice, "二", NOW + HOUR)
    corrected(notice, "三", NOW + 2 * HOUR)
    number = delivery(notice, office.li)
    assert [piece.text for piece in inbox.opened(number, notice.pk, to_ms(NOW)).changed] == ["一", "三"]
    assert [piece.text for piece in inbox.opened(number, notice.pk, to_ms(NOW + HOUR)).changed] == ["二", "三"]
    assert [piece.text for piece in inbox.opened(number, notice.pk, None).changed] == ["二", "三"]


def test_later_is_ones_own_and_within_the_deadline(office: SimpleNamespace) -> None:
    number = delivery(sent(office, NOW, deadline=NOW + HOUR), office.li)
    assert not inbox.snooze(number, office.wang.pk, NOW + HOUR / 2, NOW)
    assert not inbox.snooze(number, office.li.pk, NOW + 2 * HOUR, NOW)
    assert inbox.snooze(number, office.li.pk, NOW + HOUR / 2, NOW)
    assert Delivery.objects.get(pk=number).snoozed_until == NOW + HOUR / 2


def test_stances_are_taken_changed_and_given_up(office: SimpleNamespace) -> None:
    soft, hard = Topic.objects.create(name="文体"), Topic.objects.create(name="防汛", mandatory=True)
    for stance in (Stance.FOLLOW, Stance.MUTE):
        inbox.take_stance(soft.pk, office.li.pk, stance, NOW)
        assert [(one.name, one.mandatory, one.stance) for one in inbox.topics(office.li.pk)] == [
            ("防汛", True, ""),
            ("文体", False, stance),
        ]
    inbox.take_stance(soft.pk, office.li.pk, None, NOW)
    assert not TopicMember.objects.exists()
    with pytest.raises(Refused, match="必收"):
        inbox.take_stance(hard.pk, office.li.pk, Stance.MUTE, NOW)


def test_a_door_is_the_first_browsers(office: SimpleNamespace) -> None:
    number = delivery(sent(office, NOW), office.li)
    assert door.bound(number, "phone") is None
    assert door.bind(number, "phone", NOW)
    assert door.bind(number, "phone", NOW)
    assert not door.bind(number, "other", NOW)
    assert (door.bound(number, "phone"), door.bound(number, "other"), door.bound(number, "")) == (True, False, False)
    assert door.whose(number) == (office.li.pk, "小李")


def test_what_a_colleague_recorded_proves_what_only_a_channel_could_bring(office: SimpleNamespace) -> None:
    Person.objects.filter(pk=office.li.pk).update(inbox=False)
    notice = sent(office, NOW, confirm="confirm")
    assert Delivery.objects.get(notice=notice, person=office.li).state == "queued"
    (li,) = colleague.colleagues(notice.pk, office.street.pk, office.zhang.pk, NOW)
    colleague.record(li, Confirm.CONFIRM, Means.PAPER, office.zhang.pk, "", NOW)
    found = Delivery.objects.get(notice=notice, person=office.li)
    assert (found.state, found.delivered_at, found.done_at) == ("delivered", NOW, NOW)


def test_an_absence_leaves_its_entry(office: SimpleNamespace) -> None:
    absence.add(Leave, office.li.pk, NOW, NOW + HOUR, NOW)
    absence.choose_deputy(office.li.pk, office.zhang.pk, NOW)
    assert absence.remove(Leave, office.li.pk, Leave.objects.get().pk, NOW)
    assert list(Entry.objects.values_list("act", "person")) == [(act, office.li.pk) for act in ("add leave", "deputy", "remove leave")]


_MS = st.none() | st.integers(to_ms(NOW) - 40 * 86_400_000, to_ms(NOW) + 40 * 86_400_000)
_ROWS = st.builds(
    Row,
    delivery=st.integers(1, 10**6), notice=st.just(1), title=st.just("题"), unit=st.just(""), author=st.just(""), topic=st.none(),
    importance=st.sampled_from(["routine", "emergency"]), confirm=st.sampled_from([str(word) for word in Confirm]), deadline=_MS, valid_until=_MS, revision=st.just(1),
    withdrawn_at=st.none() | st.integers(1, to_ms(NOW)), accepted_at=st.just(1), audience=st.just({}), state=st.sampled_from(["delivered", "folded"]),
    not_before=st.integers(to_ms(NOW) - 40 * 86_400_000, to_ms(NOW)), ring_after=st.none(), delivered_at=_MS, read_at=_MS, done_at=_MS,
    snoozed_until=_MS, reason=st.just({}), behalf=st.none(), into=st.none(), into_title=st.none(), changed_at=st.none(),
)  # fmt: skip


@given(rows=st.lists(_ROWS, max_size=20))
def test_every_row_stands_in_exactly_one_place(rows: list[Row]) -> None:
    found = inbox.arranged(rows, NOW)
    assert sorted(repr(row) for part in found for row in part) == sorted(map(repr, rows))


@given(rows=st.lists(_ROWS, max_size=20))
def test_what_is_asked_and_not_done_is_never_hidden_but_by_ones_own_wish(rows: list[Row]) -> None:
    at = to_ms(NOW)
    found = inbox.arranged(rows, NOW)
    for row in found.folded + found.done:
        settled = row.done_at is not None or row.withdrawn_at is not None
        assert settled or row.state == "folded" or not inbox.asks(row) or (row.valid_until or at + 1) <= at
    deadlines = [row.deadline for row in found.must if row.deadline is not None and row.importance == "routine"]
    assert deadlines == sorted(deadlines)


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_the_pieces_of_a_diff_are_both_texts(before: str, after: str) -> None:
    pieces = inbox.changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "cut") == after


def test_a_long_text_is_compared_line_by_line() -> None:
    lines = [f"第{number}条 内容内容内容内容内容\n" for number in range(500)]
    pieces = inbox.changes("".join(lines), "".join([*lines[:100], "新的一行\n", *lines[101:]]))
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"] == [("cut", lines[100]), ("added", "新的一行\n")]


def test_how_far_the_author_reaches_is_no_second_reason(office: SimpleNamespace) -> None:
    known = inbox.facts(office.li.pk, f"/{office.street.pk}/")
    reach = {"any": [{"unit": office.street.pk, "below": True}]}
    assert inbox.why({"all": [{"any": [{"unit": office.street.pk}]}, reach]}, known) == ["您在和平街道"]
    assert inbox.why({"all": [reach, reach]}, known) == ["您在和平街道或其下属单位"]
