"""The inbox: what is asked and by when first, why it came, one tap, later, nothing lost."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hub_help import Clock, beijing
from page_help import corrected, delivery, sent

from qingqun.hub import release
from qingqun.hub.desk import amend
from qingqun.hub.models import Delivery, DutyList, DutyTurn, Leave, Person, Receipt, Role, RoleMember, Topic, TopicMember

DAY = timedelta(days=1)


def _text(browser: Client, address: str = "/") -> str:
    return browser.get(address).content.decode()


def _address(name: str, number: int) -> str:
    return reverse(name, kwargs={"delivery": number})


def test_what_is_due_first_stands_first_and_what_only_informs_below(house: SimpleNamespace, clock: Clock) -> None:
    sent(house, clock.at, title="只是告知")
    sent(house, clock.at, title="下周的事", deadline=clock.at + 6 * DAY)
    sent(house, clock.at, title="没有时限的确认", confirm="confirm")
    sent(house, clock.at, title="明天的事", deadline=clock.at + DAY)
    page = _text(house.browser["li"])
    titles = ["要办的", "明天的事", "下周的事", "没有时限的确认", "知道就好", "只是告知"]
    places = [re.search(rf">\s*{title}", page) for title in titles]
    found = [place.start() for place in places if place]
    assert len(found) == len(titles)
    assert found == sorted(found)


def test_an_emergency_stands_above_everything_for_who_is_on_duty_and_folded_for_the_rest(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2026-03-11 12:10")
    duty = DutyList.objects.create(name="夜班", unit=house.street)
    DutyTurn.objects.create(duty_list=duty, person=house.wang, starts=clock.at, ends=clock.at + DAY)
    sent(house, clock.at, title="今天的事", importance="important", deadline=clock.at + timedelta(hours=5))
    sent(house, clock.at, title="大坝险情", importance="emergency", approver=house.chen, ground="RXF-1995-32")
    on_duty = _text(house.browser["wang"])
    clock.at = beijing("2026-03-11 14:30")
    release.release(clock.at)
    other = _text(house.browser["li"])
    assert on_duty.index("大坝险情") < on_duty.index("今天的事")
    assert "替您折叠的" not in on_duty
    assert on_duty.count("才提醒") == 1  # the other one
    assert other.index("今天的事") < other.index("替您折叠的") < other.index("大坝险情")


def test_an_overdue_task_stays_and_says_so_calmly(house: SimpleNamespace, clock: Clock) -> None:
    sent(house, clock.at, confirm="confirm", deadline=clock.at + DAY)
    clock.at += 3 * DAY
    page = _text(house.browser["li"])
    assert "已过 2 天（" in page
    assert "逾期" not in page


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (lambda house: {"unit": house.street.pk, "below": True}, "您在和平街道或其下属单位"),
        (lambda house: {"unit": house.street.pk}, "您在和平街道"),
        (lambda house: {"role": Role.objects.get().pk}, "您是网格员"),
        (lambda house: {"persons": [house.li.pk]}, "点名发给您"),
        (lambda house: {"all": [{"unit": house.street.pk}, {"role": Role.objects.get().pk}]}, "您在和平街道，且您是网格员"),
        (lambda house: {"any": [{"unit": house.east.pk}, {"topic": Topic.objects.get().pk}]}, "您在话题“防汛”里"),
    ],
)
def test_a_notice_says_which_part_of_its_audience_brought_it(house: SimpleNamespace, clock: Clock, audience: Any, words: str) -> None:
    RoleMember.objects.create(role=Role.objects.create(name="网格员"), person=house.li)
    TopicMember.objects.create(topic=Topic.objects.create(name="防汛"), person=house.li)
    sent(house, clock.at, audience=audience(house))
    assert words in _text(house.browser["li"])


def test_one_tap_confirms_and_a_second_changes_nothing(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at, confirm="confirm")
    number = delivery(notice, house.li)
    for _time in range(2):
        assert house.browser["li"].post(_address("confirm", number)).headers["Location"] == "/"
    assert Receipt.objects.filter(delivery=number, kind="confirm").count() == 1
    page = _text(house.browser["li"])
    assert "刚办完的" in page
    assert "要办的" not in page


def test_with_htmx_only_the_card_comes_back(house: SimpleNamespace, clock: Clock) -> None:
    number = delivery(sent(house, clock.at, confirm="confirm"), house.li)
    answer = house.browser["li"].post(_address("confirm", number), headers={"hx-request": "true"})
    assert answer.content.decode().strip().startswith("<li")
    assert b"<html" not in answer.content


def test_with_htmx_the_count_above_the_list_follows(house: SimpleNamespace, clock: Clock) -> None:
    number = delivery(sent(house, clock.at, confirm="confirm"), house.li)
    for _more in range(2):
        sent(house, clock.at, confirm="confirm")
    assert 'id="left">3<' in _text(house.browser["li"])
    headers = {"hx-request": "true", "hx-current-url": "http://localhost/"}
    text = house.browser["li"].post(_address("confirm", number), headers=headers).content.decode()
    assert '<span id="left" class="count" hx-swap-oob="true">2</span>' in text
    headers["hx-current-url"] = "http://localhost/catchup/"  # has no such count
    assert "oob" not in house.browser["li"].post(_address("confirm", number), headers=headers).content.decode()


@pytest.mark.parametrize("material", [True, False])
def test_what_was_corrected_on_the_screen_is_not_confirmed_unseen(house: SimpleNamespace, clock: Clock, material: bool) -> None:
    for level, act, form in (("confirm", "confirm", {}), ("answer", "answer", {"answer": "写好的回复"})):
        notice = sent(house, clock.at, confirm=level)
        amend.correct(notice, notice.title, "改到周四。", clock.at, material=material)
        number = delivery(notice, house.li)
        answer = house.browser["li"].post(_address(act, number), {"revision": "1", **form}, follow=True)
        assert ("刚刚更正过" in answer.content.decode()) is material
        assert ("写好的回复" in answer.content.decode()) is (level == "answer")
        assert Receipt.objects.filter(delivery=number, kind=level).exists() is not material
        house.browser["li"].post(_address(act, number), {"revision": "2", **form})
        assert Receipt.objects.get(delivery=number, kind=level).revision == 1 + material


def test_opening_is_the_receipt_of_reading_and_enough_where_nothing_more_is_asked(house: SimpleNamespace, clock: Clock) -> None:
    levels = {level: delivery(sent(house, clock.at, confirm=level), house.li) for level in ("none", "read", "confirm", "answer")}
    for number in levels.values():
        assert house.browser["li"].get(_address("notice", number)).status_code == 200
    rows = {level: Delivery.objects.get(pk=number) for level, number in levels.items()}
    assert all(row.read_at == clock.at for row in rows.values())
    assert {level for level, row in rows.items() if row.done_at} == {"none", "read"}


def test_a_task_without_confirmation_stays_in_sight_until_its_deadline(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at, deadline=clock.at + DAY)
    _text(house.browser["li"], _address("notice", delivery(notice, house.li)))
    assert "要办的" in _text(house.browser["li"])
    clock.at += 2 * DAY
    assert notice.title not in _text(house.browser["li"])
    assert notice.title in _text(house.browser["li"], "/all/")


def test_later_comes_back_at_the_next_working_time(house: SimpleNamespace, clock: Clock) -> None:
    number = delivery(sent(house, clock.at, confirm="confirm"), house.li)
    house.browser["li"].post(_address("snooze", number))
    assert Delivery.objects.get(pk=number).snoozed_until == beijing("2026-03-12 08:30")
    page = _text(house.browser["li"])
    assert "稍后再看" in page
    assert "要办的" not in page
    clock.at = beijing("2026-03-12 08:31")
    assert "要办的" in _text(house.browser["li"])


def test_later_never_reaches_beyond_the_deadline(house: SimpleNamespace, clock: Clock) -> None:
    number = delivery(sent(house, clock.at, confirm="confirm", deadline=beijing("2026-03-11 17:30")), house.li)
    page = house.browser["li"].post(_address("snooze", number), follow=True).content.decode()
    assert "时限在您下一个工作时间之前" in page
    assert Delivery.objects.get(pk=number).snoozed_until is None


def test_later_can_be_taken_back(house: SimpleNamespace, clock: Clock) -> None:
    number = delivery(sent(house, clock.at), house.li)
    house.browser["li"].post(_address("snooze", number))
    house.browser["li"].post(_address("snooze", number), {"back": "1"})
    assert "知道就好" in _text(house.browser["li"])


def test_a_notice_of_the_night_says_why_it_came_in_the_morning(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2026-03-11 22:30")
    notice = sent(house, clock.at)
    assert notice.title not in _text(house.browser["li"])
    clock.at = beijing("2026-03-12 08:30")
    release.release(clock.at)
    assert "留到 今天 08:30 才提醒：发出时是夜间" in _text(house.browser["li"])


def test_a_holiday_is_called_by_its_name(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2026-09-26 10:00")
    sent(house, clock.at, importance="important")
    assert "9月26日（周六）是中秋节假期" in _text(house.browser["li"])


def test_a_year_without_an_official_calendar_says_so(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2027-03-13 10:00")
    sent(house, clock.at, importance="important")
    assert "3月13日（周六）是休息日（2027 年放假安排尚未公布" in _text(house.browser["li"])


def test_an_important_notice_is_seen_at_once_though_it_rings_later(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2026-03-11 22:30")
    notice = sent(house, clock.at, importance="important")
    page = _text(house.browser["li"])
    assert notice.title in page
    assert "留到 明天 08:30 才提醒" in page


def test_a_correction_shows_what_changed_in_place(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at, text="周五9:00在三楼开会。")
    number = delivery(notice, house.li)
    _text(house.browser["li"], _address("notice", number))
    corrected(notice, "周五9:30在三楼开会。", clock.at + timedelta(minutes=5))
    clock.at += timedelta(minutes=10)
    page = _text(house.browser["li"], _address("notice", number))
    assert "9:<del>00</del><ins>30</ins>在三楼" in page
    assert "今天 10:05 更正过" in page
    assert Delivery.objects.filter(notice=notice).count() == Delivery.objects.count()


def test_what_was_withdrawn_stays_in_its_place_and_says_that_nothing_is_left_to_do(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at, confirm="confirm")
    notice.withdrawn_at = clock.at + timedelta(minutes=1)
    notice.save()
    clock.at += timedelta(minutes=2)
    page = _text(house.browser["li"])
    assert "已撤回，不必再办" in page
    assert "/confirm/" not in page


def test_after_leave_the_counts_add_up(house: SimpleNamespace, clock: Clock) -> None:
    Leave.objects.create(person=house.li, starts=clock.at - timedelta(hours=1), ends=beijing("2026-03-13 08:30"))
    first = sent(house, clock.at, title="必办", confirm="confirm", importance="important")
    sent(house, clock.at, title="须知")
    sent(house, clock.at, title="已过期", valid_until=beijing("2026-03-13 12:00"))
    sent(house, clock.at, title="同一件事", same_as=first)
    clock.at = beijing("2026-03-13 08:30")
    release.release(clock.at)
    assert "休假期间的通知已经理好" in _text(house.browser["li"])
    clock.at = beijing("2026-03-13 14:40")
    page = _text(house.browser["li"], "/catchup/")
    counts = [int(found) for found in re.findall(r"<td>(\d+)</td>", page)]
    assert counts == [1, 1, 2, 0, 4]
    assert "与“必办”相同" in page


def test_a_muted_topic_still_comes_and_a_mandatory_one_says_that_it_cannot_be_muted(house: SimpleNamespace, clock: Clock) -> None:
    soft, hard = Topic.objects.create(name="文体"), Topic.objects.create(name="防汛", mandatory=True)
    browser = house.browser["li"]
    for topic in (soft, hard):
        page = browser.post("/topics/", {"topic": topic.pk, "stance": "mute"}, follow=True).content.decode()
    assert "这个话题是必收的，不能改" in page
    assert "必收，不能静音" in page
    assert list(TopicMember.objects.values_list("topic", "stance")) == [(soft.pk, "mute")]
    notice = sent(house, clock.at, topic=soft)
    assert Delivery.objects.get(notice=notice, person=house.li).ring_after is None
    assert notice.title in _text(browser)
    browser.post("/topics/", {"topic": soft.pk, "stance": ""})
    assert not TopicMember.objects.exists()


def test_a_text_with_markup_is_shown_as_text_and_its_address_as_a_link(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(
        house, clock.at, title="<b>题</b>", text="<script>alert(1)</script> 见 https://a.gov.cn/x?a=1&b=2。谢谢 javascript:alert(1)"
    )
    page = _text(house.browser["li"], _address("notice", delivery(notice, house.li)))
    assert "<script>alert" not in page
    assert "&lt;b&gt;题" in page
    assert '<a href="https://a.gov.cn/x?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">' in page
    assert 'href="javascript' not in page


def test_who_moved_to_another_unit_still_has_what_came_before(house: SimpleNamespace, clock: Clock) -> None:
    sent(house, clock.at)
    Person.objects.filter(pk=house.li.pk).update(unit=house.other)
    assert "发出时您在受众之内" in _text(house.browser["li"])
