"""One pace for one person, whoever sends; a digest that has nothing left to say says nothing; each channel has its own times."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import hold, story
from qingqun.hub.deliver import work
from qingqun.hub.inbox import receive, rhythm
from qingqun.hub.models import Confirm, Contact, Delivery, DutyList, DutyTurn, Notice, Person
from qingqun.hub.pacing import Pacing, set_pacing

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LI = "li@office.example"


class Paced(Post):
    """The outbox as it runs, with its pace."""

    def round(self, lane: str = "routine", worker: str = "甲") -> int:
        return work(self.clock, lane, worker, self.channels, *((None,) if lane == "emergency" else (hold.resting, story.PACE)))


@pytest.fixture
def house(office_lite: SimpleNamespace, mail: FakeSmtp, web: FakeHttp, morning: Clock) -> SimpleNamespace:
    """Let 小李 be reached by mail, then by webhook; it is Thursday, 9:00."""
    Contact.objects.create(person=office_lite.li, channel="smtp", address=LI, rank=1)
    morning.at = beijing("2026-03-12 09:00")
    post = Paced(morning, smtp=mail.credentials, webhook=web.credentials)
    return SimpleNamespace(**vars(office_lite), mail=mail, web=web, clock=morning, post=post)


def _send(house: SimpleNamespace, author: Person, title: str, **changed: object) -> int:
    values = {"audience": {"persons": [house.li.pk]}, "author": author, "unit": author.unit, "title": title, **changed}
    return int(story.write(written(house, **values), house.clock()).notice)


def _run(house: SimpleNamespace, until: datetime, fake: FakeSmtp | FakeHttp, step: timedelta = 10 * MINUTE) -> list[str]:
    """Let time pass; return when each ring came."""
    before, found = len(fake.log.addresses), []
    while house.clock.at < until:
        house.clock.at += step
        story.let_go(house.clock.at)
        house.post.round()
        found += [house.clock.at.strftime("%d %H:%M")] * (len(fake.log.addresses) - before)
        before = len(fake.log.addresses)
    return found


def test_the_cap_counts_what_all_offices_send_together_and_the_rest_comes_as_one(house: SimpleNamespace) -> None:
    set_pacing(Pacing(rings=2, window=0), house.zhang.pk, house.clock())
    for number, author in enumerate((house.zhang, house.wang, house.stranger, house.zhang, house.wang)):
        _send(house, author, f"第{number}件")
        house.post.round()
        house.clock.at += 10 * MINUTE
    assert len(house.mail.log.addresses) == 2
    rings = _run(house, beijing("2026-03-13 12:00"), house.mail)
    assert [ring[:2] for ring in rings] == ["13"]
    assert all(title in house.mail.text(2) for title in ("第2件", "第3件", "第4件"))


def test_an_emergency_of_another_office_rings_through_a_cap_that_is_used_up(house: SimpleNamespace) -> None:
    set_pacing(Pacing(rings=1, window=60), house.zhang.pk, house.clock())
    for number in range(3):
        _send(house, house.zhang, f"第{number}件")
        house.post.round()
    duty = DutyList.objects.create(name="值班", unit=house.other)
    DutyTurn.objects.create(duty_list=duty, person=house.li, starts=house.clock() - HOUR, ends=house.clock() + HOUR)
    _send(house, house.stranger, "决口", importance="emergency", approver=house.wang, ground="CN-WT-04:disaster")
    house.post.round("emergency")
    assert len(house.mail.log.addresses) == 2
    assert "外街道" in house.mail.text(1)
    assert "件" not in house.mail.text(1)


def test_a_digest_of_which_everything_was_read_or_taken_back_meanwhile_is_not_sent(house: SimpleNamespace) -> None:
    rhythm.choose(house.li.pk, "smtp", "digest", "15:30", house.clock())
    first, second = (_send(house, author, f"{author.name}的") for author in (house.zhang, house.wang))
    house.post.round()
    receive(Delivery.objects.get(notice=first).pk, house.li.pk, Confirm.READ, house.clock())
    Notice.objects.filter(pk=second).update(withdrawn_at=house.clock())
    assert _run(house, beijing("2026-03-13 17:30"), house.mail, 15 * MINUTE) == []


def test_each_channel_has_its_own_times(house: SimpleNamespace) -> None:
    Contact.objects.create(person=house.li, channel="webhook", address=f"{house.web.url}/li", rank=2)
    rhythm.choose(house.li.pk, "smtp", "digest", "10:30", house.clock())
    rhythm.choose(house.li.pk, "webhook", "digest", "16:00", house.clock())
    for author in (house.zhang, house.wang):
        _send(house, author, f"{author.name}的")
    assert len(_run(house, beijing("2026-03-12 12:00"), house.mail)) == 1
    assert not house.web.log.addresses
    rings = _run(house, beijing("2026-03-12 17:20"), house.web)
    assert len(rings) == 1
    assert "12 16:00" <= rings[0] <= "12 16:20"
