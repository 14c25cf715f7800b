"""What people give back and set for themselves: answers, files, records for colleagues, complaints, leave, hours."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hub_help import Clock, beijing
from page_help import delivery, sent
from pdf_help import paper

from qingqun.hub import attachments
from qingqun.hub.models import Attachment, Complaint, Delivery, Entry, Leave, Person, Receipt, Shift, Unit
from qingqun.words import Refused

PDF = paper("台账")


def _address(name: str, number: int) -> str:
    return reverse(name, kwargs={"delivery": number})


@pytest.fixture
def asked(house: SimpleNamespace, clock: Clock, settings_attachments: None) -> SimpleNamespace:
    house.notice = sent(house, clock.at, confirm="answer")
    house.number = delivery(house.notice, house.li)
    return house


def _answer(asked: SimpleNamespace, **form: Any) -> str:
    return str(asked.browser["li"].post(_address("answer", asked.number), form, follow=True).content.decode())


def test_an_answer_is_seen_by_its_giver_and_the_author_alone(asked: SimpleNamespace) -> None:
    _answer(asked, answer="无新增", file=SimpleUploadedFile("台账.pdf", PDF))
    file = Attachment.objects.get()
    statuses = {}
    for key in ("li", "zhang", "wang", "stranger", "zhao", "ji"):
        answer = asked.browser[key].get(f"/file/{file.pk}/")
        statuses[key] = answer.status_code
        answer.close()
    assert statuses == {"li": 200, "zhang": 200, "wang": 404, "stranger": 404, "zhao": 404, "ji": 404}


def test_a_file_comes_as_a_download_whatever_it_is(asked: SimpleNamespace) -> None:
    _answer(asked, file=SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n<script>"))
    answer = asked.browser["li"].get(f"/file/{Attachment.objects.get().pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.exe", b"MZ", "只收"),
        ("a.html", b"<html>", "只收"),
        ("a", PDF, "只收"),
        ("a.pdf", b"MZ not a pdf", "内容和扩展名不符"),
        ("a.png", b"\xff\xd8\xff", "内容和扩展名不符"),
        ("a.pdf", b"", "空的"),
        ("机密★1年.pdf", PDF, "国家秘密标志"),
        ("a.txt", "机密★1年\n名单".encode(), "国家秘密标志"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_not_kept(asked: SimpleNamespace, name: str, content: bytes, why: str) -> None:
    upload = SimpleUploadedFile(name, content)
    with pytest.raises(Refused, match=why):
        attachments.keep(upload)
    if content:
        assert why in _answer(asked, answer="见附件", file=SimpleUploadedFile(name, content))
    assert not Attachment.objects.exists()
    assert not Receipt.objects.filter(kind="answer").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "a\r\nX: y.pdf", "..\\..\\a.pdf", "\u202efdp.pdf", "名" * 300 + ".pdf"])
def test_a_files_name_never_becomes_a_path(settings_attachments: None, name: str) -> None:
    found = attachments.safe_name(name)
    assert found.endswith(".pdf")
    assert not set(found) & set("/\\\r\n\u202e")
    assert len(found) <= 160


@pytest.mark.parametrize(("text", "why"), [("", "请写几个字"), ("长" * 5001, "最长"), ("机密★1年\n名单", "国家秘密")])
def test_an_answer_that_cannot_be_taken_says_why(asked: SimpleNamespace, text: str, why: str) -> None:
    page = _answer(asked, answer=text)
    assert why in page
    assert (text in page) is ("机密" not in text)  # what was typed is still there
    assert not Receipt.objects.filter(kind="answer").exists()


def test_the_first_answer_counts(asked: SimpleNamespace) -> None:
    _answer(asked, answer="三户")
    _answer(asked, answer="五户")
    assert Receipt.objects.get(kind="answer").answer == "三户"


def test_a_colleague_records_what_was_said_by_telephone_and_it_is_marked_so(asked: SimpleNamespace, clock: Clock) -> None:
    old = Person.objects.create(name="老周", unit=asked.street, inbox=False)
    notice = sent(asked, clock.at, confirm="confirm")
    form = _address("record", delivery(notice, asked.li))
    assert "老周" in asked.browser["li"].get(form).content.decode()
    asked.browser["li"].post(form, {"person": old.pk, "means": "telephone"})
    receipt = Receipt.objects.get(delivery__person=old, kind="confirm")
    assert (receipt.means, receipt.recorder_id) == ("telephone", asked.li.pk)
    row = Delivery.objects.get(notice=notice, person=old)
    assert (row.state, row.done_at) == ("delivered", clock.at)
    assert Entry.objects.filter(act="receipt", person=asked.li.pk).count() == 1


def test_nobody_records_for_another_unit_for_themselves_or_by_a_means_there_is_not(asked: SimpleNamespace, clock: Clock) -> None:
    form = _address("record", delivery(sent(asked, clock.at, confirm="confirm"), asked.li))
    for wrong in (
        {"person": asked.wang.pk, "means": "paper"},
        {"person": asked.li.pk, "means": "paper"},
        {"person": asked.zhang.pk, "means": "inbox"},
    ):
        assert asked.browser["li"].post(form, wrong).status_code == 303
    assert not Receipt.objects.filter(recorder__isnull=False).exists()


def test_the_record_page_looks_the_same_whether_or_not_somebody_confirmed(asked: SimpleNamespace, clock: Clock) -> None:
    notice = sent(asked, clock.at, confirm="confirm")
    form = _address("record", delivery(notice, asked.li))
    before = _options(asked.browser["li"], form)
    asked.browser["chen"].post(_address("confirm", delivery(notice, asked.chen)))
    assert before == _options(asked.browser["li"], form)
    assert any("老陈" in one for one in before)


def _options(browser: Client, form: str) -> list[str]:
    return re.findall(r"<option.*?</option>", browser.get(form).content.decode())


def test_an_anonymous_complaint_keeps_nobody_and_is_answered_by_its_code(house: SimpleNamespace, clock: Clock) -> None:
    written = house.browser["li"].post("/complaint/", {"text": "晚上十点还在发通知"})
    complaint = Complaint.objects.get()
    assert (complaint.person_id, complaint.unit_id) == (None, None)
    assert complaint.code in written.headers["Location"]
    assert not Entry.objects.filter(person=house.li.pk).exclude(act="sign in").exists()
    house.browser["ji"].post("/complaints/", {"complaint": complaint.pk, "answer": "已查，改到上班后发。"})
    found = house.anonymous.get("/complaint/", {"code": complaint.code.lower()}, follow=True).content.decode()
    assert "已查，改到上班后发。" in found
    assert "老纪" not in found
    house.browser["zhao"].post("/complaints/", {"complaint": complaint.pk, "answer": "另一个答复"})
    assert Complaint.objects.get().answer == "已查，改到上班后发。"


def test_a_complaint_about_a_notice_goes_to_its_unit_and_to_no_other(house: SimpleNamespace, clock: Clock) -> None:
    notice = sent(house, clock.at)
    house.browser["li"].post("/complaint/", {"text": "太多了", "delivery": delivery(notice, house.li), "signed": "1"})
    complaint = Complaint.objects.get()
    assert (complaint.unit, complaint.notice, complaint.person) == (house.street, notice, house.li)
    assert "太多了" in house.browser["ji"].get("/complaints/").content.decode()
    power = house.ji.powers.get()
    power.unit = house.other
    power.save()
    assert "太多了" not in house.browser["ji"].get("/complaints/").content.decode()
    assert house.browser["ji"].post("/complaints/", {"complaint": complaint.pk, "answer": "x"}).status_code == 404


@pytest.mark.parametrize(("text", "why"), [("", "1 至 2000 字"), ("长" * 2001, "1 至 2000 字"), ("机密★1年\n名单", "没有保存")])
def test_a_complaint_that_cannot_be_taken_says_why(house: SimpleNamespace, text: str, why: str) -> None:
    answer = house.anonymous.post("/complaint/", {"text": text})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Complaint.objects.exists()


def test_a_flood_of_complaints_is_slowed_without_knowing_who_writes(house: SimpleNamespace, clock: Clock) -> None:
    Complaint.objects.bulk_create(Complaint(code=f"C{number}", text="x", at=clock.at) for number in range(60))
    assert "人太多" in house.anonymous.post("/complaint/", {"text": "真的太多了"}).content.decode()
    clock.at += timedelta(hours=1, seconds=1)
    assert house.anonymous.post("/complaint/", {"text": "真的太多了"}).status_code == 303


def test_leave_and_shifts_are_written_down_and_hold_what_comes(house: SimpleNamespace, clock: Clock) -> None:
    browser = house.browser["li"]
    browser.post("/mine/away/", {"kind": "leave", "starts": "2026-03-11T00:00", "ends": "2026-03-16T08:00"})
    assert Leave.objects.get().ends == beijing("2026-03-16 08:00")
    assert Delivery.objects.get(notice=sent(house, clock.at), person=house.li).not_before == beijing("2026-03-16 08:30")
    browser.post("/mine/away/", {"kind": "shift", "starts": "2026-03-11T20:00", "ends": "2026-03-12T08:00"})
    assert Shift.objects.count() == 1
    house.browser["wang"].post("/mine/away/", {"kind": "leave", "remove": Leave.objects.get().pk})
    assert Leave.objects.count() == 1
    browser.post("/mine/away/", {"kind": "leave", "remove": Leave.objects.get().pk})
    assert Leave.objects.count() == 0


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("", ""),
        ("2026-03-12T08:00", "2026-03-11T08:00"),
        ("2026-03-01T08:00", "2026-03-02T08:00"),
        ("2026-03-12T08:00", "2028-03-12T08:00"),
    ],
)
def test_a_leave_that_makes_no_sense_is_refused(house: SimpleNamespace, starts: str, ends: str) -> None:
    page = house.browser["li"].post("/mine/away/", {"kind": "leave", "starts": starts, "ends": ends}, follow=True)
    assert "said warning" in page.content.decode()
    assert not Leave.objects.exists()


def test_a_deputy_is_of_the_same_unit(house: SimpleNamespace) -> None:
    for chosen in (house.zhang.pk, house.stranger.pk, house.li.pk):
        house.browser["li"].post("/mine/deputy/", {"deputy": chosen})
        assert Person.objects.get(pk=house.li.pk).deputy_id == house.zhang.pk
    house.browser["li"].post("/mine/deputy/", {"deputy": ""})
    assert Person.objects.get(pk=house.li.pk).deputy_id is None


def test_an_administrator_sets_a_units_hours_and_units_below_follow(house: SimpleNamespace, clock: Clock) -> None:
    address = f"/units/{house.street.pk}/hours/"
    form = {"way": "spans", "morning": "09:00-12:00", "afternoon": "13:30-17:00", "region": "guangxi"}
    assert house.browser["zhao"].post(address, form).status_code == 303
    page = house.browser["zhao"].get(address).content.decode()
    assert 'value="09:00-12:00"' in page
    assert "<option selected>guangxi" in page
    clock.at = beijing("2026-03-11 08:40")
    assert Delivery.objects.get(notice=sent(house, clock.at), person=house.wang).not_before == beijing("2026-03-11 09:00")
    assert "随上级" in house.browser["zhao"].get("/hours/").content.decode()
    house.browser["zhao"].post(address, {"way": "above"})
    assert Unit.objects.get(pk=house.street.pk).worktime is None


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'name = "x"\n[[season]]\nhours = ["25:00-26:00"]',
        'name = "x"\ncalendars = ["/etc/passwd"]',
        'name = "x"\nregion = "/etc/other.toml"',
        'name = "x"\n' + "#" * 8001,
        'name = "x"\nseason = 5',
    ],
)
def test_hours_that_are_wrong_or_name_files_are_refused(house: SimpleNamespace, text: str) -> None:
    answer = house.browser["zhao"].post(f"/units/{house.street.pk}/hours/", {"way": "whole", "text": text})
    assert "said warning" in answer.content.decode()
    assert Unit.objects.get(pk=house.street.pk).worktime is None
