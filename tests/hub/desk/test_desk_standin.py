"""What the author, the deputy and who comes back from leave are shown."""

from types import SimpleNamespace

from desk_help import PLAIN, begun, more_people, preview, sent
from hub_help import beijing
from page_help import delivery, signed_in

from qingqun.hub import release
from qingqun.hub.models import Leave, Person

BACK = beijing("2026-03-20 08:30")
ASKED = {"confirm": "confirm", "deadline": "2026-03-13T17:30", "text": "请报送一季度统计表。"}


def _away(desk: SimpleNamespace, deputy: Person | None, *people: Person) -> None:
    for person in people:
        Person.objects.filter(pk=person.pk).update(deputy=deputy)
        Leave.objects.create(person=person, starts=desk.clock.at, ends=BACK)


def test_beforehand_the_author_reads_counts_and_no_names(desk: SimpleNamespace) -> None:
    more_people(desk, 12)
    people = list(Person.objects.filter(name__startswith="组员"))
    _away(desk, desk.chen, *people[:6])
    _away(desk, None, *people[6:])
    page = preview(desk, begun(desk, **ASKED))
    assert "等不到6 人休假回来，另送他们的代理人" in page
    assert "6 人休假且无人代办，到时限还看不到" in page
    assert "组员" not in page
    assert "无人代办" not in preview(desk, begun(desk, **ASKED | {"deadline": "2026-04-10T17:30"}))


def test_beforehand_few_are_not_counted(desk: SimpleNamespace) -> None:
    more_people(desk)
    _away(desk, None, desk.li)
    assert "不到 5 人休假且无人代办" in preview(desk, begun(desk, **ASKED))


def test_beforehand_who_is_addressed_by_name_may_be_told_of(desk: SimpleNamespace) -> None:
    _away(desk, desk.chen, desk.li)
    _away(desk, None, desk.wang)
    draft = begun(desk, **ASKED, names="小李、小王")
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, **ASKED, "names": "小李、小王", "act": "save"})
    page = preview(desk, draft)
    assert "休假中，老陈代办" in page
    assert "休假中，无人代办" in page


def test_the_deputy_reads_for_whom_and_why_and_who_is_back_reads_what_was_done(desk: SimpleNamespace) -> None:
    _away(desk, desk.wang, desk.li)
    notice = sent(desk, **ASKED)
    wang, number = signed_in(desk.wang, "wang"), delivery(notice, desk.wang)
    assert "代小李收" in wang.get("/").content.decode()
    assert "代小李收：休假到3月20日" in wang.get(f"/n/{number}/").content.decode()
    author = desk.author.get(f"/desk/sent/{notice.pk}/").content.decode()
    assert "休假，由代理人代收" in author
    wang.post(f"/n/{number}/confirm/", {"from": "notice", "revision": "1"})
    desk.clock.at = BACK
    release.release(BACK)
    li = desk.browser["li"]
    assert "已办完，由小王代收" in li.get("/catchup/").content.decode()
    own = li.get(f"/n/{delivery(notice, desk.li)}/").content.decode()
    assert "小王代您收了这一条" in own


def test_what_the_deputy_has_not_done_is_said_too(desk: SimpleNamespace) -> None:
    _away(desk, desk.wang, desk.li)
    notice = sent(desk, **ASKED | {"names": "小李"})
    desk.clock.at = BACK
    release.release(BACK)
    assert "由小王代收，还没有办" in desk.browser["li"].get("/catchup/").content.decode()
    assert notice.deliveries.count() == 4


def test_the_author_sees_for_how_many_nobody_stands_in(desk: SimpleNamespace) -> None:
    _away(desk, None, desk.li)
    notice = sent(desk, **ASKED)
    page = desk.author.get(f"/desk/sent/{notice.pk}/").content.decode()
    assert "休假且无人代办</dt><dd>不到 5 人" in page
