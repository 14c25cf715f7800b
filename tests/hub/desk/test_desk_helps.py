"""Where a clerk would stumble: empty drafts, lost choices, deadlines nobody can keep, names in public, small counts."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from desk_help import PLAIN, begun, more_people, preview, sent
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from hub_help import beijing
from pdf_help import paper

from qingqun.hub import story
from qingqun.hub.desk import amend, result
from qingqun.hub.models import (
    Delivery,
    Draft,
    Leave,
    Notice,
    Person,
    Topic,
    TopicMember,
)


def test_of_an_audience_too_small_to_hide_in_nothing_is_said_but_its_size(desk: SimpleNamespace) -> None:
    Leave.objects.create(person=desk.li, starts=desk.clock.at, ends=beijing("2026-03-18 00:00"))
    page = preview(desk, begun(desk))
    assert "发给 4 人" in page
    assert "人少，这里不写谁在上班" in page
    assert "不到 5 人" not in page
    assert "现在响" not in page


def test_another_offices_copy_is_said_to_be_theirs(desk: SimpleNamespace) -> None:
    sent(desk)
    Notice.objects.update(unit=desk.east)
    assert "别的单位已经说过" in preview(desk, begun(desk))


def test_a_draft_comes_into_being_with_its_first_word(desk: SimpleNamespace) -> None:
    empty = {**PLAIN, "title": "", "text": ""}
    assert desk.author.get("/desk/new/").status_code == 200
    page = desk.author.post("/desk/new/", {**empty, "term": f"unit:{desk.east.pk}", "act": "preview"}).content.decode()
    assert "还没有写" in page
    assert "东社区" in page
    assert not Draft.objects.exists()
    carried = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("key", "carried")}
    desk.author.post("/desk/new/", {**PLAIN, **carried, "act": "save"})
    draft = Draft.objects.get()
    assert draft.audience == {"any": [{"unit": desk.east.pk}], "minus": []}
    desk.author.post("/desk/new/", {**PLAIN, **carried, "text": "回去改过的正文。", "act": "save"})
    draft.refresh_from_db()
    assert (draft.text, Draft.objects.count()) == ("回去改过的正文。", 1)
    preview(desk, draft, act="send")
    desk.author.post("/desk/new/", {**PLAIN, **carried, "text": "发出以后又回去写的另一条。", "act": "save"})
    assert Draft.objects.get().key != draft.key


def test_an_audience_that_was_not_given_out_is_not_taken_back(desk: SimpleNamespace) -> None:
    for carried in ("", "nonsense", signing.dumps({"any": [{"unit": desk.other.pk}]}, salt="another")):
        desk.author.post("/desk/new/", {**PLAIN, "key": "k", "carried": carried, "act": "save"})
        assert Draft.objects.latest("pk").audience == {"any": [], "minus": []}


def test_an_empty_draft_is_never_listed(desk: SimpleNamespace) -> None:
    Draft.objects.create(key="old", author=desk.zhang, unit=desk.street, changed_at=desk.clock.at)
    assert "（没有标题）" not in desk.author.get("/desk/").content.decode()
    upload = SimpleUploadedFile("表.pdf", paper("表"))
    desk.author.post("/desk/new/", {**PLAIN, "title": "", "text": "", "files": upload, "act": "save"})
    assert "（没有标题）" in desk.author.get("/desk/").content.decode()


def test_what_is_chosen_counts_whatever_button_is_pressed(desk: SimpleNamespace) -> None:
    draft = begun(desk, act="preview", names="小王", names_less="小李")
    assert draft.audience["any"] == [{"unit": desk.street.pk, "below": True}, {"persons": [desk.wang.pk]}]
    assert draft.audience["minus"] == [{"persons": [desk.li.pk]}]
    page = desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "less": f"unit:{desk.east.pk}", "names": "没有这人", "act": "preview"})
    assert 'value="没有这人"' in page.content.decode()
    draft.refresh_from_db()
    assert {"unit": desk.east.pk} in draft.audience["minus"]


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("2026-03-12T08:20", "看到时，时限已经过了"),
        ("2026-03-12T08:50", "离时限不到 1 小时工作时间"),
        ("2026-03-12T20:00", "时限落在下班或休息时间"),
        ("2026-03-14T10:00", "时限落在下班或休息时间"),
    ],
)
def test_a_deadline_that_leaves_no_time_is_warned_of_and_put_off_with_one_tap(desk: SimpleNamespace, deadline: str, words: str) -> None:
    desk.clock.at = beijing("2026-03-11 21:00")
    more_people(desk)
    draft = begun(desk, deadline=deadline)
    page = preview(desk, draft)
    assert re.search(f"10 人[^<]*{words}", page)
    preview(desk, draft, act="due")
    draft.refresh_from_db()
    assert draft.deadline == beijing("2026-03-12 17:30")
    assert words not in preview(desk, draft)
    preview(desk, draft, act="back")
    draft.refresh_from_db()
    assert draft.deadline == beijing(deadline.replace("T", " "))


def test_a_deadline_that_leaves_time_is_let_be(desk: SimpleNamespace) -> None:
    for deadline in ("2026-03-11T12:00", "2026-03-12T17:30", "2026-03-30T09:00"):
        assert "把时限改到" not in preview(desk, begun(desk, deadline=deadline))


def _asked_of_all(desk: SimpleNamespace) -> Notice:
    notice = sent(desk, confirm="confirm")
    Delivery.objects.filter(person__in=[desk.zhang, desk.chen]).update(done_at=desk.clock.at)
    Delivery.objects.update(ring_after=None)
    desk.clock.at += timedelta(minutes=30)
    return notice


def test_whom_a_draft_would_name_in_public_is_reminded_privately_instead(desk: SimpleNamespace) -> None:
    notice = _asked_of_all(desk)
    draft = begun(desk, title="催报", text="以下人员还没有报送统计表：小李。请尽快补报。")
    page = preview(desk, draft)
    assert "改为单独提醒这 1 人" in page
    assert "会单独提醒 1 人" in preview(desk, draft, act=f"remind:{notice.pk}")
    assert list(Delivery.objects.filter(ring_after__isnull=False).values_list("person", flat=True)) == [desk.li.pk]
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert "改为单独提醒" not in preview(desk, draft)  # they were today


def test_where_nobody_is_named_all_who_have_not_done_it_are_reminded(desk: SimpleNamespace) -> None:
    notice = _asked_of_all(desk)
    draft = begun(desk, title="通报", text="对未按时报送的单位和个人在群里点名通报批评。")
    assert "改为单独提醒还没办的 2 人" in preview(desk, draft)
    assert "会单独提醒 2 人" in preview(desk, draft, act=f"remind:{notice.pk}")


def test_a_plain_draft_that_names_somebody_is_offered_nothing(desk: SimpleNamespace) -> None:
    _asked_of_all(desk)
    assert "改为单独提醒" not in preview(desk, begun(desk, text="周五九点开会，联系人小李。"))


def test_a_muted_topic_costs_no_ring_and_is_reminded_of_without_one(desk: SimpleNamespace) -> None:
    more_people(desk)
    sport, floods = Topic.objects.create(name="文体"), Topic.objects.create(name="防汛", mandatory=True)
    for topic in (sport, floods):
        muting = Person.objects.exclude(pk=desk.zhang.pk).filter(unit=desk.street)[:7]
        TopicMember.objects.bulk_create([TopicMember(topic=topic, person=person, stance="mute") for person in muting])
    page = preview(desk, begun(desk, topic=str(sport.pk)))
    assert "7 人静音了这个话题，不响" in page
    assert "现在响 不到 5 人" in page
    assert "静音" not in preview(desk, begun(desk, topic=str(floods.pk)))
    for topic, rung in ((sport, 3), (floods, 10)):
        notice = sent(desk, topic=str(topic.pk), confirm="confirm", title=f"{topic.name}活动")
        assert notice.deliveries.filter(ring_after__isnull=False).count() == rung
        notice.deliveries.update(ring_after=None)
        page = desk.author.post(f"/desk/sent/{notice.pk}/", {"act": "remind"}, follow=True).content.decode()
        assert ("静音了这个话题的不响" in page) is (topic is sport)
        assert notice.deliveries.filter(ring_after__isnull=False).count() == rung


def test_a_correction_that_matters_comes_back_even_to_whoever_muted_the_topic_and_put_it_aside(desk: SimpleNamespace) -> None:
    sport = Topic.objects.create(name="文体")
    TopicMember.objects.create(topic=sport, person=desk.li, stance="mute")
    notice = sent(desk, topic=str(sport.pk), confirm="confirm", title="文体活动")
    mine = notice.deliveries.filter(person=desk.li)
    mine.update(snoozed_until=desk.clock.at + timedelta(days=3))
    amend.correct(notice, notice.title, "改到三楼。", desk.clock.at, material=True)
    assert mine.get().snoozed_until is None


def test_after_a_correction_that_matters_the_author_sees_who_confirmed_which(desk: SimpleNamespace) -> None:
    notice = sent(desk, confirm="confirm", deadline="2026-03-13T17:30")
    row = {one.person_id: one.pk for one in notice.deliveries.all()}
    address = f"/desk/sent/{notice.pk}/"
    for person in (desk.li, desk.wang):
        story.confirm(row[person.pk], person.pk, desk.clock.at)
    assert "更正前后" not in desk.author.get(address).content.decode()
    desk.clock.at += timedelta(minutes=20)
    amend.correct(notice, notice.title, "改到三楼。", desk.clock.at, material=True)
    story.confirm(row[desk.li.pk], desk.li.pk, desk.clock.at)
    said = [(one.revision, one.people, one.names) for one in result.confirmed(notice, desk.clock.at)]
    assert said == [(1, 2, ["小李", "小王"]), (2, 1, ["小李"])]
    page = desk.author.get(address).content.decode()
    assert "1 / 4 人已确认" in page
    assert "2 人，旧内容" in page
    assert "1 人，现在的内容" in page
    desk.clock.at = beijing("2026-03-13 18:00")
    page = desk.author.get(address).content.decode()
    assert "2 人，旧内容" in page
    assert "小李" not in page


def test_the_author_sees_delivered_unproven_and_unreachable_and_whom_to_telephone(desk: SimpleNamespace) -> None:
    notice = sent(desk)
    for person, state in ((desk.li, "refused"), (desk.wang, "sent")):
        notice.deliveries.filter(person=person).update(state=state, inbox=False)
    page = desk.author.get(f"/desk/sent/{notice.pk}/").content.decode()
    for words in ("<dt>已送达</dt><dd>2", "<dt>未证实送达</dt><dd>1", "<dt>送不到</dt><dd>1"):
        assert words in page
    assert result.unreached(notice, desk.clock.at) == [("小李", "和平街道", True), ("小王", "东社区", False)]
    desk.clock.at += timedelta(days=31)
    assert result.unreached(notice, desk.clock.at) == []


def test_what_waits_to_ring_falls_silent_when_its_topic_is_muted(desk: SimpleNamespace) -> None:
    desk.clock.at = beijing("2026-03-11 21:00")
    sport = Topic.objects.create(name="文体")
    notice = sent(desk, topic=str(sport.pk))
    desk.browser["li"].post("/topics/", {"topic": str(sport.pk), "stance": "mute"})
    rings = dict(notice.deliveries.values_list("person", "ring_after"))
    assert rings[desk.li.pk] is None
    assert rings[desk.wang.pk] is not None
    assert notice.deliveries.get(person=desk.li).state == "held"


def test_a_unit_with_all_below_is_offered_first_and_both_say_which_they_are(desk: SimpleNamespace) -> None:
    page = desk.author.get("/desk/new/").content.decode()
    assert page.index("和平街道（含下级）") < page.index("东社区（含下级）") < page.index("和平街道（只本级）")
    kept = desk.author.post("/desk/new/", {**PLAIN, "term": f"unit:{desk.street.pk}", "act": "save"}, follow=True).content.decode()
    assert "还没有选" not in page + kept
    assert "<span>和平街道（只本级）</span>" in kept
