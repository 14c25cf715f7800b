"""Writing, looking before sending, sending, and what follows: through the pages, without any script."""

import re
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

from desk_help import PLAIN, begun, more_people, preview, sent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from hub_help import beijing
from pdf_help import paper

from qingqun.hub import story
from qingqun.hub.models import (
    Attachment,
    Confirm,
    Delivery,
    Draft,
    DutyList,
    DutyTurn,
    Entry,
    Leave,
    Notice,
    Revision,
    Template,
)


def test_a_notice_goes_from_the_form_to_the_inboxes(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    page = preview(desk, draft)
    assert "发给 4 人" in page
    assert "没有发现问题" in page
    assert "已发给 4 人" in preview(desk, draft, act="send")
    assert Notice.objects.get().title == "报送统计表"
    assert Delivery.objects.count() == 4
    assert not Draft.objects.exists()


def test_at_night_the_preview_says_whom_it_rings_when(desk: SimpleNamespace) -> None:
    desk.clock.at = beijing("2026-03-13 21:00")
    more_people(desk)
    Leave.objects.create(person=desk.li, starts=desk.clock.at, ends=beijing("2026-03-18 00:00"))
    page = preview(desk, begun(desk, text="请各社区于下周五下班前报送一季度统计表。"))
    assert "现在响 0 人" in page
    assert "3月16日（周一）08:30" in page
    assert "不到 5 人在休假" in page
    assert "免得看出是谁" in page
    assert "小李" not in page


def test_who_is_addressed_by_name_is_told_of_by_name(desk: SimpleNamespace) -> None:
    Leave.objects.create(person=desk.li, starts=desk.clock.at, ends=beijing("2026-03-18 00:00"))
    draft = begun(desk, names="小李")
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "names": "小李", "act": "save"})
    assert "小李" in (page := preview(desk, draft))
    assert "休假中" in page


def test_one_tap_takes_the_lawful_wording_and_one_brings_the_own_words_back(desk: SimpleNamespace) -> None:
    own = "请各社区于周五下班前报送统计表，收到请在群里回复。"
    draft = begun(desk, text=own)
    assert "采用这个改法" in preview(desk, draft)
    preview(desk, draft, act="take:replychain")
    draft.refresh_from_db()
    assert (draft.text, draft.confirm) == ("请各社区于周五下班前报送统计表。", Confirm.CONFIRM)
    preview(desk, draft, act="back")
    draft.refresh_from_db()
    assert (draft.text, draft.confirm) == (own, Confirm.NONE)


def test_reasons_and_clauses_are_set_as_chinese_papers_print_them(desk: SimpleNamespace) -> None:
    page = unescape(preview(desk, begun(desk, text="请各村每天上传巡查照片到群。下周五前完成整治。")))
    said = re.findall(r'<p class="(?:meta|clause)">(.*?)</p>', page, re.DOTALL)
    assert any("截图、视频；不得以留痕" in text for text in said)  # the pack writes a semicolon of half width there
    assert not [text for text in said if re.search(r"[\u3400-\u9fff][,;:?!]|[,;:?!][\u3400-\u9fff]", text)]


def test_all_wordings_are_taken_one_after_the_other(desk: SimpleNamespace) -> None:
    draft = begun(desk, text="请各村今天完成巡查，照片发群里。下周五前报送情况表，收到请在群里回复。")
    page = preview(desk, draft, act="take:every")
    assert "采用这个改法" not in page
    draft.refresh_from_db()
    assert draft.text.startswith("请各村今天完成巡查")


def test_a_wording_is_not_put_into_a_text_that_has_changed(desk: SimpleNamespace) -> None:
    draft = begun(desk, text="请各社区于周五下班前报送统计表，收到请在群里回复。")
    desk.author.post(f"/desk/{draft.pk}/preview/", {"act": "take:replychain", "mark": "another"})
    draft.refresh_from_db()
    assert "收到" in draft.text


def test_what_is_against_a_clause_needs_its_author_to_say_so(desk: SimpleNamespace) -> None:
    draft = begun(desk, text="请各村每天上传巡查照片到群")
    assert "请采用改法" in preview(desk, draft, act="send")
    assert not Notice.objects.exists()
    preview(desk, draft, act="send", seen="1")
    overruled = Entry.objects.get(act="overrule")
    assert (overruled.notice, overruled.data) == (Notice.objects.get().pk, '{"rules":["photoproof"]}')


def test_a_secret_marking_is_not_kept_and_the_typed_text_is_shown_again(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    page = desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "text": "机密★1年 会议安排", "act": "save"}).content.decode()
    assert "国家秘密" in page
    assert "机密★1年 会议安排" in page
    draft.refresh_from_db()
    assert draft.text == PLAIN["text"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'hub_gram'")  # an index without its texts
        tables = [name for (name,) in cursor.fetchall()]
        assert not any("机密" in str(row) for table in tables for row in cursor.execute(f'SELECT * FROM "{table}"').fetchall())


def test_a_time_that_cannot_be_read_does_not_take_the_words_with_it(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    page = desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "text": "写了很久的正文", "deadline": "周五", "act": "save"}).content.decode()
    assert "看不懂的时间" in page
    assert "写了很久的正文" in page


def test_another_persons_draft_and_notice_are_not_found(desk: SimpleNamespace) -> None:
    draft, notice = begun(desk), sent(desk)
    Draft.objects.create(key="k", author=desk.chen, unit=desk.street, changed_at=desk.clock.at)
    other = Draft.objects.get(key="k")
    assert draft.author_id == desk.zhang.pk
    assert [desk.author.get(f"/desk/{other.pk}/{tail}").status_code for tail in ("", "preview/")] == [404, 404]
    Notice.objects.update(author=desk.chen)
    assert [desk.author.get(f"/desk/sent/{notice.pk}/{tail}").status_code for tail in ("", "correct/")] == [404, 404]


def test_a_reader_does_not_come_to_the_desk(desk: SimpleNamespace, reader: Client) -> None:
    assert [reader.get(address).status_code for address in ("/desk/", "/approve/")] == [403, 403]


def test_nobody_out_of_reach_is_addressed_whatever_the_form_says(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    for form in ({"term": f"unit:{desk.other.pk}:below", "act": "add"}, {"names": "外人", "act": "save"}):
        page = desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, **form}).content.decode()
        assert "said warning" in page
    Draft.objects.update(audience={"any": [{"persons": [desk.stranger.pk, desk.li.pk]}], "minus": []})
    preview(desk, draft, act="send")
    assert list(Delivery.objects.values_list("person", flat=True)) == [desk.li.pk]


def test_terms_are_taken_off_again_and_people_left_out(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "names_less": "小李、小王", "act": "save"})
    assert "发给 2 人" in preview(desk, draft)
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "act": "remove:minus:0"})
    assert "发给 4 人" in preview(desk, draft)


def test_files_go_with_the_notice_and_a_wrong_one_is_refused(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    good, bad = SimpleUploadedFile("表.pdf", paper("表")), SimpleUploadedFile("表.pdf", b"MZ")
    assert "扩展名" in desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "act": "save", "files": bad}).content.decode()
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "act": "save", "files": good})
    preview(desk, draft, act="send")
    assert Attachment.objects.get().notice_id == Notice.objects.get().pk


def test_the_result_shows_names_to_the_author_until_the_deadline(desk: SimpleNamespace) -> None:
    notice = sent(desk, confirm="confirm", deadline="2026-03-13T17:30")
    story.confirm(Delivery.objects.get(person=desk.wang).pk, desk.wang.pk, desk.clock.at)
    answer = desk.author.get(f"/desk/sent/{notice.pk}/")
    page = answer.content.decode()
    assert "1 / 4 人已确认" in page
    assert "小李" in page
    assert "小王" not in page
    assert "no-store" in answer.headers["Cache-Control"]
    desk.clock.at = beijing("2026-03-13 18:00")
    desk.author.get("/desk/")  # the idle sign-out counts from here
    assert "小李" not in desk.author.get(f"/desk/sent/{notice.pk}/").content.decode()


def test_a_reminder_rings_only_who_has_not_done_it_in_working_time_and_not_twice_a_day(desk: SimpleNamespace) -> None:
    notice = sent(desk, confirm="confirm")
    story.confirm(Delivery.objects.get(person=desk.wang).pk, desk.wang.pk, desk.clock.at)
    Delivery.objects.update(ring_after=None)
    desk.clock.at = beijing("2026-03-11 10:20")
    address = f"/desk/sent/{notice.pk}/"
    assert "会单独提醒 3 人" in desk.author.post(address, {"act": "remind"}, follow=True).content.decode()
    assert "今天已提醒过" in desk.author.post(address, {"act": "remind"}, follow=True).content.decode()
    assert set(Delivery.objects.filter(ring_after__isnull=False).values_list("person", flat=True)) == {
        desk.zhang.pk,
        desk.li.pk,
        desk.chen.pk,
    }


def test_a_correction_replaces_in_place_and_rings_only_if_it_matters(desk: SimpleNamespace) -> None:
    notice = sent(desk)
    Delivery.objects.update(ring_after=None, read_at=desk.clock.at)
    address, form = f"/desk/sent/{notice.pk}/correct/", {"title": PLAIN["title"], "text": "请各社区于下周五下班前报送一季度统计表。"}
    assert "<ins>下</ins>" in desk.author.post(address, {**form, "act": "look"}).content.decode()
    assert Revision.objects.count() == 1
    desk.author.post(address, {**form, "act": "correct"})
    assert not Delivery.objects.filter(ring_after__isnull=False).exists()
    desk.author.post(address, {**form, "text": form["text"] + "地点改到二楼。", "act": "correct", "material": "1"})
    assert Delivery.objects.filter(ring_after__gte=desk.clock.at, read_at=None).count() == 4
    notice.refresh_from_db()
    assert (notice.revision, notice.text[-7:]) == (3, "地点改到二楼。")
    assert "国家秘密" in desk.author.post(address, {**form, "text": "机密★1年", "act": "correct"}, follow=True).content.decode()


def test_what_is_taken_back_rings_no_more(desk: SimpleNamespace) -> None:
    notice = sent(desk)
    address = f"/desk/sent/{notice.pk}/"
    desk.author.post(address, {"act": "withdraw"})
    notice.refresh_from_db()
    assert notice.withdrawn_at is None
    assert "已撤回" in desk.author.post(address, {"act": "withdraw", "sure": "1"}, follow=True).content.decode()
    assert not Delivery.objects.filter(ring_after__isnull=False).exists()
    assert "已经撤回" in desk.author.post(address, {"act": "withdraw", "sure": "1"}, follow=True).content.decode()


def test_a_template_begins_the_next_draft(desk: SimpleNamespace) -> None:
    draft = begun(desk)
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, "act": "template", "template": "季度报表"})
    desk.author.post("/desk/", {"like": f"template:{Template.objects.get().pk}"})
    new = Draft.objects.latest("pk")
    assert (new.text, new.audience) == (PLAIN["text"], draft.audience)
    desk.author.post(f"/desk/{new.pk}/", {"act": "throw"})
    assert Draft.objects.count() == 1


def test_another_offices_notice_is_offered_to_fold_into(desk: SimpleNamespace) -> None:
    sent(desk)
    desk.clock.at += timedelta(minutes=5)
    draft = begun(desk)
    page = preview(desk, draft)
    assert "你们单位已经说过" in page
    assert "别的单位" not in page
    preview(desk, draft, act="send", same=str(Notice.objects.get().pk))
    assert set(Delivery.objects.filter(notice=Notice.objects.latest("pk")).values_list("state", flat=True)) == {"folded"}


def _on_duty(desk: SimpleNamespace) -> None:
    duty = DutyList.objects.create(name="值班", unit=desk.street)
    DutyTurn.objects.create(duty_list=duty, person=desk.wang, starts=desk.clock.at, ends=desk.clock.at + timedelta(days=1))


URGENT = {"importance": "emergency", "ground": "CN-WT-04:disaster", "text": "后山发生山体滑坡，有人被困，请值班人员立即组织转移。"}


def test_an_emergency_goes_only_with_a_second_persons_consent(desk: SimpleNamespace) -> None:
    _on_duty(desk)
    draft = begun(desk, **URGENT)
    assert "现在响值班的 1 人" in preview(desk, draft)
    preview(desk, draft, act="send", seen="1")
    assert not Notice.objects.exists()
    preview(desk, draft, act="ask")
    assert URGENT["text"] in desk.browser["chen"].get("/approve/").content.decode()
    assert URGENT["text"] not in desk.author.get("/approve/").content.decode()
    draft.refresh_from_db()
    form = {"act": f"approve:{draft.pk}", f"mark:{draft.pk}": draft.asked_at.isoformat()}
    desk.author.post("/approve/", form)
    assert not Notice.objects.exists()
    desk.browser["chen"].post("/approve/", form)
    notice = Notice.objects.get()
    assert (notice.approver_id, notice.author_id) == (desk.chen.pk, desk.zhang.pk)
    assert list(Delivery.objects.filter(lane="emergency").values_list("person", flat=True)) == [desk.wang.pk]
    acts = Entry.objects.filter(act__in=["accept", "approve"]).values_list("act", "notice", "person")
    assert set(acts) == {("accept", notice.pk, desk.zhang.pk), ("approve", notice.pk, desk.chen.pk)}


def test_a_change_takes_the_question_for_consent_back(desk: SimpleNamespace) -> None:
    _on_duty(desk)
    draft = begun(desk, **URGENT)
    preview(desk, draft, act="ask")
    desk.author.post(f"/desk/{draft.pk}/", {**PLAIN, **URGENT, "text": "别的事", "act": "save"})
    assert "没有等您批" in desk.browser["chen"].get("/approve/").content.decode()


def test_an_emergency_sent_back_stays_a_draft(desk: SimpleNamespace) -> None:
    _on_duty(desk)
    draft = begun(desk, **URGENT)
    preview(desk, draft, act="ask")
    desk.browser["chen"].post("/approve/", {"act": f"return:{draft.pk}"})
    assert Draft.objects.get().asked_at is None
    assert not Notice.objects.exists()
