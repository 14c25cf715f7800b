"""The signed link: one delivery, no sign-in, until the deadline, for the first browser."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hub_help import Clock
from page_help import delivery, sent
from pdf_help import paper

from qingqun.hub import links
from qingqun.hub.models import Attachment, Delivery, Door, Receipt

DAY = timedelta(days=1)


@pytest.fixture
def ring(house: SimpleNamespace, clock: Clock) -> SimpleNamespace:
    """Give the link in 小李's mail, and the phone it is read on."""
    notice = sent(house, clock.at, title="今晚值守安排", confirm="confirm", deadline=clock.at + DAY)
    number = delivery(notice, house.li)
    return SimpleNamespace(number=number, address=links.PATH + links.sign(number, clock.at + DAY), phone=_browser(), notice=notice)


def _browser() -> Client:
    return Client(headers={"host": "localhost"})


def test_a_link_opens_with_one_tap_and_confirms_with_another(ring: SimpleNamespace, clock: Clock) -> None:
    closed = ring.phone.get(ring.address)
    assert "今晚值守安排" not in closed.content.decode()
    opened = ring.phone.post(ring.address, follow=True)
    assert "今晚值守安排" in opened.content.decode()
    ring.phone.post(ring.address)
    assert set(Receipt.objects.values_list("delivery", "kind", "means")) == {
        (ring.number, "read", "link"),
        (ring.number, "confirm", "link"),
    }
    assert "已确认（通过链接）" in ring.phone.get(ring.address).content.decode()
    assert Delivery.objects.get(pk=ring.number).done_at == clock.at


def test_a_platform_that_fetches_the_link_for_a_preview_takes_nobodys_place(ring: SimpleNamespace) -> None:
    for way in ("get", "head"):
        assert getattr(_browser(), way)(ring.address).status_code == 200
    assert not Door.objects.exists()
    assert not Receipt.objects.exists()


def test_another_browser_is_refused_and_sees_nothing(ring: SimpleNamespace) -> None:
    ring.phone.post(ring.address)
    for answer in (_browser().get(ring.address), _browser().post(ring.address)):
        assert answer.status_code == 403
        assert "今晚值守安排" not in answer.content.decode()
    assert "小李" not in _browser().get(ring.address).content.decode()


def test_a_stolen_cookie_of_another_link_does_not_open_this_one(ring: SimpleNamespace, house: SimpleNamespace, clock: Clock) -> None:
    ring.phone.post(ring.address)
    thief = _browser()
    thief.post(links.PATH + links.sign(delivery(ring.notice, house.wang), clock.at + DAY))
    assert thief.get(ring.address).status_code == 403


def test_at_the_deadline_the_link_ends(ring: SimpleNamespace, clock: Clock) -> None:
    ring.phone.post(ring.address)
    clock.at += DAY - timedelta(seconds=1)
    assert ring.phone.get(ring.address).status_code == 200
    clock.at += timedelta(seconds=1)
    for way in (ring.phone.get, ring.phone.post):
        assert way(ring.address).status_code == 410
    assert not Receipt.objects.filter(kind="confirm").exists()


def test_every_changed_sign_of_a_link_is_noticed(ring: SimpleNamespace) -> None:
    token = ring.address.removeprefix(links.PATH)
    for place in range(0, len(token), 3):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert ring.phone.post(links.PATH + changed).status_code == 410, place
    assert not Door.objects.exists()


def test_a_confirmation_sent_twice_counts_once(ring: SimpleNamespace) -> None:
    for _time in range(4):
        ring.phone.post(ring.address)
    assert Receipt.objects.filter(kind="confirm").count() == 1


def test_a_link_opens_nothing_else(ring: SimpleNamespace) -> None:
    ring.phone.post(ring.address)
    assert ring.phone.get("/").status_code == 302
    assert ring.phone.get(f"/n/{ring.number}/").status_code == 302


def test_who_has_left_finds_the_door_shut(ring: SimpleNamespace, house: SimpleNamespace, clock: Clock) -> None:
    ring.phone.post(ring.address)
    house.li.left_at = clock.at
    house.li.save()
    assert ring.phone.get(ring.address).status_code == 404


def test_what_stands_behind_a_link_is_kept_by_no_cache_and_no_search_engine(ring: SimpleNamespace) -> None:
    headers = ring.phone.get(ring.address).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")
    cookie = ring.phone.post(ring.address).cookies["door"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", links.PATH)


def test_an_answer_with_a_file_comes_through_the_link(house: SimpleNamespace, clock: Clock, settings_attachments: None) -> None:
    number = delivery(sent(house, clock.at, confirm="answer"), house.li)
    address, phone = links.PATH + links.sign(number, clock.at + DAY), _browser()
    phone.post(address)
    assert "请写几个字" in phone.post(address, follow=True).content.decode()
    phone.post(address, {"answer": "三户", "file": SimpleUploadedFile("台账.pdf", paper("台账"))})
    assert Receipt.objects.get(kind="answer").answer == "三户"
    assert Attachment.objects.filter(receipt__delivery=number).count() == 1
