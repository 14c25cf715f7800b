"""After sending, the author reads for how many it waits, until when and why; who is on leave is no one waiting for tomorrow."""

from types import SimpleNamespace

from desk_help import begun, more_people, preview
from hub_help import beijing

from qingqun.hub.desk import result
from qingqun.hub.models import Leave, Notice, Person


def test_until_when_and_why_is_said_at_once_and_later(desk: SimpleNamespace) -> None:
    more_people(desk, 12)
    away = Person.objects.filter(name__startswith="组员")[:6]
    for person in away:
        Leave.objects.create(person=person, starts=beijing("2026-03-13 00:00"), ends=beijing("2026-03-20 00:00"))
    desk.clock.at = beijing("2026-03-14 20:30")
    page = preview(desk, begun(desk), act="send")
    notice = Notice.objects.latest("pk")
    assert [(one.people, one.code) for one in result.held(notice.pk)] == [(10, "rest_day"), (6, "leave")]
    for said in (page, desk.author.get(f"/desk/sent/{notice.pk}/").content.decode()):
        assert "10 人等到" in said
        assert "休息日" in said
        assert "6 人在休假，各人回来上班时才送到" in said


def test_in_working_time_nothing_waits(desk: SimpleNamespace) -> None:
    page = preview(desk, begun(desk), act="send")
    assert result.held(Notice.objects.latest("pk").pk) == []
    assert "还没送到" not in page


def test_a_confirmed_notice_is_called_confirmed_and_not_done(desk: SimpleNamespace) -> None:
    preview(desk, begun(desk, confirm="confirm", text="请各社区周五前报送统计表。"), act="send", seen="1")
    page = desk.author.get(f"/desk/sent/{Notice.objects.latest('pk').pk}/").content.decode()
    assert "人已确认" in page
    assert "人已办" not in page


def test_what_is_important_is_said_to_be_seen_at_once_and_to_ring_later(desk: SimpleNamespace) -> None:
    desk.clock.at = beijing("2026-03-11 21:00")
    draft = begun(desk, importance="important")
    assert "马上在收件箱里看得到；响要等各人上班，最早 3月12日（周四）08:30" in preview(desk, draft)
    page = preview(desk, draft, act="send", seen="1")
    assert page.count("现在就在收件箱里看得到，上班时才响，最早 明天 08:30") == 2
    assert "08:31" not in page
