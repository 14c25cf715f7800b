"""From the release to the mail server: who is rung, when, how often, and what an unknown outcome means."""

from datetime import timedelta
from types import SimpleNamespace

from fakes import FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import story
from qingqun.hub.models import Attempt, Entry

NIGHT = beijing("2026-03-11 21:00")
MORNING = beijing("2026-03-12 08:30")
RUNG = timedelta(minutes=15)


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
    assert set(Attempt.objects.values_list("state", "number", "outcome")) == {("sent", 1, "250 2.0.0 que")}
    assert Entry.objects.filter(act="ring", count__gt=0).exists()
