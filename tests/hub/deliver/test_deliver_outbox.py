"""From the release to the channel: who is rung, when, how often, and what an unknown outcome means."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import sql, story
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits
from qingqun.hub.inbox import receive
from qingqun.hub.models import Attempt, Confirm, Contact, Delivery, Entry, Leave, Notice, Person, Revision

NIGHT = beijing("2026-03-11 21:00")
RUNG = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@pytest.fixture
def to_li(reachable: SimpleNamespace) -> SimpleNamespace:
    """Let 小李 alone have a webhook beside mail."""
    reachable.one = {"persons": [reachable.li.pk]}
    return reachable


def test_a_notice_of_the_night_rings_by_mail_once_in_the_morning(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    story.write(written(reachable, confirm="confirm"), NIGHT)
    post = Post(morning, smtp=mail.credentials)
    assert post.round() == 0
    story.let_go(morning())
    assert post.round() == 0
    morning.at += RUNG
    assert post.round() == 6
    assert post.round() == 0
    assert sorted(mail.log.addresses) == ["li@office.example", "wang@office.example", "zhang@office.example"]
    assert set(Attempt.objects.values_list("state", "number", "outcome")) == {("sent", 1, "250 2.0.0")}
    assert Entry.objects.filter(act="ring", count__gt=0).exists()


def test_what_was_read_or_withdrawn_before_its_ring_does_not_ring(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    back = story.write(written(reachable, audience={"persons": [reachable.wang.pk]}), morning())
    story.write(written(reachable, audience={"persons": [reachable.li.pk]}), morning())
    receive(Delivery.objects.get(person=reachable.li).pk, reachable.li.pk, Confirm.READ, morning())
    Notice.objects.filter(pk=back.notice).update(withdrawn_at=morning())
    assert Post(morning, smtp=mail.credentials).round() > 0
    assert mail.log.addresses == []


def test_what_is_read_between_the_queue_and_the_claim_is_needless(to_li: SimpleNamespace, morning: Clock) -> None:
    story.write(written(to_li, audience=to_li.one), morning())
    Post(morning, smtp={}).look()
    receive(Delivery.objects.get().pk, to_li.li.pk, Confirm.READ, morning())
    assert claim(morning(), "routine", "smtp", "甲", Limits()) == []
    assert Attempt.objects.get().state == "needless"


def test_a_worker_that_was_away_until_the_evening_does_not_ring_then(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    story.write(written(reachable), morning())
    morning.at = beijing("2026-03-12 21:00")
    post = Post(morning, smtp=mail.credentials)
    assert post.round() == 3
    assert post.round() == 0
    morning.at = beijing("2026-03-13 08:45")
    post.round()
    assert len(mail.log.marks) == 3


def test_attempts_that_waited_past_closing_time_go_back_and_ring_the_next_morning(
    to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock
) -> None:
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials)
    post.look()
    morning.at = beijing("2026-03-12 21:00")
    post.round()
    assert (mail.log.marks, set(Attempt.objects.values_list("state", flat=True))) == ([], {"needless"})
    morning.at = beijing("2026-03-13 08:45")
    post.round()
    assert len(mail.log.marks) == 1


def test_the_next_channel_rings_only_if_the_notice_stays_unread(
    to_li: SimpleNamespace, mail: FakeSmtp, web: FakeHttp, morning: Clock
) -> None:
    Contact.objects.create(person=to_li.li, channel="webhook", address=web.url, rank=2)
    for _turn in range(2):
        story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials, webhook=web.credentials)
    post.round()
    receive(Delivery.objects.order_by("pk")[0].pk, to_li.li.pk, Confirm.READ, morning())
    morning.at += HOUR + RUNG
    post.round()
    assert (len(mail.log.marks), len(web.log.marks)) == (2, 1)
    morning.at += HOUR + RUNG
    post.round()
    assert (len(mail.log.marks), len(web.log.marks)) == (2, 1)
    assert set(Delivery.objects.values_list("ring_after", flat=True)) == {None}


def test_a_refusal_for_good_rings_on_the_next_channel_at_once(
    to_li: SimpleNamespace, mail: FakeSmtp, web: FakeHttp, morning: Clock
) -> None:
    Contact.objects.create(person=to_li.li, channel="webhook", address=web.url, rank=2)
    mail.answer = "refuse"
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials, webhook=web.credentials)
    post.round()
    post.round()
    assert (mail.log.marks, len(web.log.marks)) == ([], 1)


def test_a_refusal_for_now_is_tried_again_later_and_given_up_in_the_end(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    mail.answer = "later"
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials)
    post.round()
    post.round()
    assert Attempt.objects.count() == 1
    for _try in range(8):
        morning.at += timedelta(minutes=35)
        post.round()
    numbers = Attempt.objects.order_by("number").values_list("number", "state", "outcome")
    assert list(numbers) == [(number, "refused", "again 451 4.3.0") for number in range(1, 6)]
    assert len({key[:28] for key in Attempt.objects.values_list("key", flat=True)}) == 1


@pytest.mark.parametrize("answer", ["cut_before", "cut_after"])
def test_an_unknown_outcome_of_mail_is_never_rung_by_mail_again(
    to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock, answer: str
) -> None:
    mail.answer = answer
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials)
    for _try in range(4):
        post.round()
        morning.at += HOUR
    assert len(mail.log.marks) == (answer == "cut_after")
    assert list(Attempt.objects.values_list("state", flat=True)) == ["unknown"]


def test_an_unknown_outcome_of_a_webhook_is_tried_again_under_its_key(to_li: SimpleNamespace, web: FakeHttp, morning: Clock) -> None:
    Contact.objects.create(person=to_li.li, channel="webhook", address=web.url)
    web.answer = "cut_after"
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, webhook=web.credentials)
    post.round()
    web.answer = "ok"
    morning.at += timedelta(minutes=1)
    post.round()
    assert list(Attempt.objects.order_by("number").values_list("state", flat=True)) == ["unknown", "sent"]
    assert (len(web.headers), len(web.log.marks)) == (2, 1)


def test_a_dead_workers_ring_that_was_not_begun_is_rung_by_another(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    story.write(written(to_li, audience=to_li.one), morning())
    post = Post(morning, smtp=mail.credentials)
    post.look()
    assert len(claim(morning(), "routine", "smtp", "死者", Limits())) == 1
    assert post.round(worker="乙") == 0
    morning.at += timedelta(seconds=31)
    assert post.round(worker="乙") == 2
    assert len(mail.log.marks) == 1


def test_who_is_on_leave_since_is_held_again_and_told_why(office: SimpleNamespace, morning: Clock) -> None:
    back = beijing("2026-03-16 08:00")
    story.write(written(office), NIGHT)
    Leave.objects.create(person=office.li, starts=NIGHT, ends=back)
    story.let_go(morning())
    held = Delivery.objects.select_related("hold").get(person=office.li)
    assert (held.state, held.not_before, held.hold and held.hold.reason) == ("held", beijing("2026-03-16 08:30"), {"code": "held_again"})
    assert held.ring_after > held.not_before
    assert Delivery.objects.filter(state="delivered").count() == 2
    story.let_go(beijing("2026-03-16 08:30"))
    assert Delivery.objects.filter(state="delivered").count() == 3


def test_routine_stays_held_while_the_calendar_fails(office: SimpleNamespace, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    story.write(written(office), NIGHT)
    monkeypatch.setattr("qingqun.hub.hold.rest.hours_of", _broken)
    with pytest.raises(RuntimeError):
        story.let_go(morning())
    assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}


def test_who_has_no_inbox_is_sent_to_by_the_channel(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    Person.objects.filter(pk=to_li.li.pk).update(inbox=False)
    states = []
    for answer in ("ok", "refuse", "cut_after"):
        mail.answer = answer
        story.write(written(to_li, audience=to_li.one), morning())
        Post(morning, smtp=mail.credentials).round()
        states.append(Delivery.objects.latest("pk").state)
    assert states == ["sent", "refused", "unknown"]


def test_what_is_due_is_found_by_index_even_in_tables_never_counted(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    """On a hub's first day PostgreSQL takes its tables for empty; read whole for each batch, the last ring would cost most."""
    story.write(written(to_li), NIGHT)
    story.let_go(morning())
    morning.at += RUNG
    with CaptureQueriesContext(connection) as asked:
        assert Post(morning, smtp=mail.credentials).round() == 6
    said = [query["sql"] for query in asked]
    if not sql.postgres():
        assert not [text for text in said if "SET LOCAL" in text]
        return
    first = next(n for n, text in enumerate(said) if "enable_mergejoin" in text)
    assert any("INSERT INTO hub_attempt" in text for text in said[first:])
    assert sql.value("SHOW enable_mergejoin") == "on"  # for that act alone


def test_a_material_revision_rings_anew(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    notice = story.write(written(to_li, audience=to_li.one), morning()).notice
    post = Post(morning, smtp=mail.credentials)
    post.round()
    morning.at += timedelta(minutes=5)
    Revision.objects.create(notice_id=notice, number=2, title="改", text="改", by=to_li.zhang, at=morning(), material=True)
    Delivery.objects.update(ring_after=morning())
    post.round()
    post.round()
    assert len(set(mail.log.marks)) == 2


def test_a_ring_carries_title_beginning_and_link_but_not_the_whole_text(to_li: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    story.write(written(to_li, audience=to_li.one, text="请报送。" + "详" * 500, confirm="confirm"), morning())
    Post(morning, smtp=mail.credentials).round()
    text = mail.text(0)
    assert "请报送。" in text
    assert "请点链接确认" in text
    assert "/go/" in text
    assert text.count("详") < 100


def _broken(*_arguments: object) -> None:
    raise RuntimeError("the calendar is broken")
