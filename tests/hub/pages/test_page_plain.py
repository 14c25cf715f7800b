"""Pages speak as people do: names instead of codes, what to do next, a reason once; and nothing that was set is lost by looking."""

from datetime import timedelta
from types import SimpleNamespace

from hub_help import Clock, beijing
from page_help import delivery, sent

from qingqun.hub import story
from qingqun.hub.models import Chatroom, Contact, Person
from qingqun.hub.pages.channels import _said


def test_channels_and_chats_are_called_as_people_call_them(house: SimpleNamespace, clock: Clock) -> None:
    Contact.objects.create(person=house.li, channel="wecom", address="li")
    Contact.objects.create(person=house.li, channel="gone_since", address="li", rank=2)
    Chatroom.objects.create(source="onebot", chat="1", name="工作群", seen_at=clock.at)
    page = house.browser["li"].get("/mine/rhythm/").content.decode()
    assert "<h3>企业微信</h3>" in page
    assert "<h3>gone_since</h3>" in page
    assert "QQ（OneBot" in house.browser["zhao"].get("/listening/").content.decode().partition("工作群")[2]


def test_a_deputy_who_moved_on_stays_until_another_is_chosen(house: SimpleNamespace) -> None:
    Person.objects.filter(pk=house.li.pk).update(deputy=house.stranger)
    page = house.browser["li"].get("/mine/").content.decode()
    assert f'<option value="{house.stranger.pk}" selected>外人</option>' in page
    house.browser["li"].post("/mine/deputy/", {"deputy": house.stranger.pk})
    house.li.refresh_from_db()
    assert house.li.deputy_id == house.stranger.pk
    house.browser["li"].post("/mine/deputy/", {"deputy": house.chen.pk})
    house.browser["li"].post("/mine/deputy/", {"deputy": house.stranger.pk})
    house.li.refresh_from_db()
    assert house.li.deputy_id == house.chen.pk


def test_a_page_that_is_not_theirs_says_whom_to_ask(house: SimpleNamespace) -> None:
    for address in ("/people/", "/nowhere/"):
        assert "请找本单位的管理员" in house.browser["li"].get(address).content.decode()


def test_a_reason_that_holds_for_many_is_said_once(house: SimpleNamespace, clock: Clock) -> None:
    clock.at = beijing("2026-03-11 21:00")
    for number in range(3):
        sent(house, clock.at, title=f"第{number}条", importance="important")
    assert house.browser["li"].get("/").content.decode().count("才提醒") == 1


def test_what_was_done_says_so_after_its_time_is_forgotten(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at, confirm="confirm", deadline=clock.at + timedelta(days=1))
    number = delivery(notice, house.li)
    house.browser["li"].post(f"/n/{number}/confirm/", {"revision": "1"})
    assert "已确认" in house.browser["li"].get(f"/n/{number}/").content.decode()
    clock.at += timedelta(days=2)
    story.forget(clock.at)
    assert "已经办过" in house.browser["li"].get(f"/n/{number}/").content.decode()


def test_examples_of_wrong_notices_are_shown_without_shorthand(house: SimpleNamespace) -> None:
    page = house.browser["li"].get("/better/").content.decode()
    assert "……" in page
    assert "×" not in page


def test_why_a_trial_failed_is_said_in_words_with_the_platforms_own_behind() -> None:
    assert _said("token ConnectError") == "没有发成：连不上平台的服务器，请检查网络和接口地址。（token ConnectError）"
    assert "太久没有回答" in _said("ReadTimeout")
    assert "不认这套凭据" in _said("token 40001")
    assert "平台没有收" in _said("81013")
