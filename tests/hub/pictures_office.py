"""The demo's street office on a Wednesday morning, filled as after weeks of use: what the pictures of every page are taken of."""

from datetime import datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hub_help import beijing
from pictures_admin import administered

from qingqun.hub import attachments, links, story
from qingqun.hub.api import feed, keys
from qingqun.hub.demo import office as street
from qingqun.hub.desk import amend
from qingqun.hub.desk.grounds import grounds
from qingqun.hub.inbox import receive, rhythm
from qingqun.hub.models import (
    Attachment,
    Complaint,
    Confirm,
    Contact,
    Delivery,
    Draft,
    Leave,
    Notice,
    Person,
    Receipt,
    Shift,
    Template,
    Topic,
    TopicMember,
    Unit,
)

NOW = beijing("2026-03-11 10:20")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BAD = "请各社区立即将入户走访照片上传到本群打卡，收到请回复！\n每日20:00前报送进度，未按时完成的全街道通报批评，年底考核扣分。\n下载并使用“民情通”APP，每人每天签到积分不少于50分。"


def furnished(at: datetime = NOW) -> SimpleNamespace:
    """Make the office and everything in it; return who signs in with what, and the numbers of what is looked at."""
    house = SimpleNamespace(accounts=street.furnish(at), at=at)
    house.person = {login: Person.objects.get(user__username=login) for login in house.accounts}
    house.street = Unit.objects.get(parent=None)
    house.lin, house.author = house.person["lin"], house.person["fawen"]
    house.admin = house.person["guanli"]
    _around(house)
    _notices(house)
    _desk(house)
    administered(house)
    return house


def _around(house: SimpleNamespace) -> None:
    """Give 小林 what a clerk has: topics, leave behind them, shifts, a deputy, channels, a digest, a token."""
    house.flood = Topic.objects.create(name="防汛抗旱", mandatory=True)
    house.sport = Topic.objects.create(name="文体活动")
    Topic.objects.create(name="党员学习与主题党日活动安排")
    TopicMember.objects.create(topic=house.sport, person=house.lin, stance="mute")
    lin, now = house.lin, house.at
    Leave.objects.filter(person=lin).delete()
    Leave.objects.create(person=lin, starts=now - 6 * DAY, ends=now - 2 * HOUR)
    Leave.objects.create(person=lin, starts=now + 20 * DAY, ends=now + 25 * DAY)
    Shift.objects.create(person=lin, starts=now + 40 * DAY, ends=now + 40 * DAY + 8 * HOUR)
    Person.objects.filter(pk=lin.pk).update(deputy=house.author)
    for rank, (channel, address) in enumerate(
        {"smtp": "lin@office.example", "wecom": "linxiaoyu", "sms_tencent": "+8613800000000"}.items()
    ):
        Contact.objects.create(person=lin, channel=channel, address=address, rank=rank)
    rhythm.choose(lin.pk, "smtp", "digest", "09:00 15:30", now)
    keys.made(lin.pk, "把时限抄进办公系统的程序", ["deliveries"], 90, now - DAY, proven=False)
    feed.made(lin.pk, now - 3 * DAY, titles=True)


def _sent(house: SimpleNamespace, title: str, text: str, at: datetime, **changed: Any) -> Notice:
    values = {"author": house.author, "unit": house.street, "audience": {"unit": house.street.pk, "below": True}, **changed}
    notice = Notice(key=f"{Notice.objects.count():032x}", title=title, text=text, **values)
    found: Notice = Notice.objects.get(pk=story.write(notice, at, alone=not changed.get("same_as_id")).notice)
    return found


def _notices(house: SimpleNamespace) -> None:
    now, lin = house.at, house.lin
    unit = Person.objects.get(pk=lin.pk).unit
    writer = Person.objects.filter(unit=unit).exclude(pk=lin.pk)[0]
    house.answer = _sent(
        house, "报送一季度独居老人走访台账", "请各社区把一季度独居老人走访情况填入台账后回复。\n\n没有新增的也请说明。只需报一次。",
        now - 4 * DAY, confirm="answer", deadline=now + 30 * HOUR,
    )  # fmt: skip
    for number in range(18):
        _sent(
            house,
            _TITLES[number % len(_TITLES)] + f"（第{number + 1}期）",
            "请知悉。",
            now - timedelta(days=2, hours=number),
            topic=house.sport if number % 5 == 0 else None,
        )
    house.flood_notice = _sent(
        house, "关于做好今晚强降雨防范工作的通知",
        "接市防指通知，今晚到明晨有中到大雨。请值守人员于3月11日17:30前检查辖区易积水点，详见 https://www.example.gov.cn/fx/2026/0311.html 。\n\n有险情打值班电话0000-1234567。",
        now - 3 * HOUR, importance="important", confirm="confirm", topic=house.flood, deadline=beijing("2026-03-11 17:30"),
    )  # fmt: skip
    late = _sent(house, "核对低保台账", "请核对本社区低保台账，有出入的告诉民政办。", now - 5 * DAY, confirm="confirm", deadline=now - DAY)
    house.meeting = _sent(
        house,
        "周五上午基层减负座谈会",
        "周五（3月13日）上午9:00在三楼会议室召开座谈会，请准时参加。",
        now - 20 * HOUR,
        confirm="confirm",
        deadline=now + DAY,
    )
    house.late, house.unit, house.writer = late, unit, writer
    house.gone = _sent(house, "收集车辆信息", "请报车牌。", now - 2 * HOUR, confirm="confirm")
    house.later = _sent(
        house, "填写年度培训意向", "填不填都行，想参加的点一下。", now - 22 * HOUR, confirm="confirm", deadline=now + 9 * DAY
    )
    _chain(house)
    _file(house.answer, "独居老人走访台账（模板）.xlsx")
    for days in range(6, -1, -1):
        while story.let_go(now - days * DAY):
            pass
    _became(house)
    story.forget(now)


def _chain(house: SimpleNamespace) -> None:
    """Let 小林's community repeat what the street said, and pass it on with words of its own."""
    said = "请各单位组织收看3月20日9:00的消防安全视频课，地点自定。"
    own = {"author": house.writer, "unit": house.unit, "audience": {"unit": house.unit.pk}}
    house.course = _sent(house, "消防安全视频课", said, house.at - 26 * HOUR)
    _sent(house, "消防安全视频课", f"{said}请自带纸笔。", house.at - 25 * HOUR, same_as_id=house.course.pk, **own)
    words = "本社区的同志在活动室收看，走东门。"
    house.passed = _sent(house, "转发：消防安全视频课", words, house.at - 24 * HOUR, source_id=house.course.pk, confirm="confirm", **own)


def _became(house: SimpleNamespace) -> None:
    """Correct two, take one back, answer, confirm, read and put off."""
    now, lin = house.at, house.lin
    amend.correct(
        house.meeting, house.meeting.title, "周五（3月13日）上午9:30在二楼会议室召开座谈会，请准时参加。", now - HOUR, material=True
    )
    amend.correct(house.course, house.course.title, house.course.text.replace("9:00", "10:00"), now - HOUR, material=True)
    amend.withdraw(house.gone, house.author.pk, now - HOUR)
    _answers(house)
    Delivery.objects.filter(notice=house.later, person=lin).update(snoozed_until=now + DAY)
    receive(Delivery.objects.get(notice=house.late, person=lin).pk, lin.pk, Confirm.CONFIRM, now - HOUR)
    for row in Delivery.objects.filter(person=lin, notice__title__startswith=_TITLES[0]):
        receive(row.pk, lin.pk, Confirm.READ, now - HOUR)
    house.forgot = house.late


_TITLES = (
    "办公楼周四停水两小时",
    "春季健步走报名开始了，自愿参加，不占用工作时间",
    "关于转发《市人民政府办公室关于进一步精简会议文件和规范督查检查考核工作的若干措施》的通知",
    "食堂调整开饭时间",
)


def _answers(house: SimpleNamespace) -> None:
    people = [one.person for one in Delivery.objects.filter(notice=house.answer, state="delivered").select_related("person")[:60]]
    people = [one for one in people if one.pk != house.lin.pk]
    for number, person in enumerate(people[:40]):
        row = Delivery.objects.get(notice=house.answer, person=person)
        receive(
            row.pk,
            person.pk,
            Confirm.ANSWER if number < 6 else Confirm.READ,
            house.at - DAY,
            answer=f"本社区独居老人{30 + number}户，新增{number}户，已全部走访。" if number < 6 else "",
        )
    receipt = Receipt.objects.filter(kind="answer").first()
    if receipt:
        made = _kept("东社区台账.xlsx")
        made.receipt = receipt
        made.save()
    amend.remind(house.answer, house.author.pk, house.at - 21 * HOUR)
    for person in people[:70]:
        for row in Delivery.objects.filter(notice=house.flood_notice, person=person):
            receive(row.pk, person.pk, Confirm.CONFIRM, house.at - HOUR)


def _kept(name: str) -> Attachment:
    """Keep a file as if somebody had sent it: a workbook of one word."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.add_worksheet().write(0, 0, "社区")
    return attachments.keep(SimpleUploadedFile(name, data.getvalue()))


def _file(notice: Notice, name: str) -> None:
    made = _kept(name)
    made.notice = notice
    made.save()


def _desk(house: SimpleNamespace) -> None:
    """Leave drafts on the desk: one that breaks rules, one another office has sent, an emergency that waits."""
    everybody = {"any": [{"unit": house.street.pk, "below": True}], "minus": []}
    base = {"author": house.author, "unit": house.street, "audience": everybody, "changed_at": house.at}
    house.bad = Draft.objects.create(key="b" * 32, title="关于报送入户走访进度的紧急通知", text=BAD, deadline=house.at + 10 * HOUR, **base)
    named = {**base, "audience": {**everybody, "any": [*everybody["any"], {"persons": [house.lin.pk]}]}}
    house.late = Draft.objects.create(
        key="l" * 32,
        title="关于报送统计表的通知",
        text="请今天下午3点前报送统计表，拍照发到群里，收到请回复。明天下午2点半开会。",
        send_at=house.at + 13 * HOUR,
        **(base | {"importance": "important"}),
    )
    house.shame = Draft.objects.create(
        key="c" * 32, title="未报台账的通报", text=f"以下人员至今未报独居老人台账：{house.lin.name}。请今天下班前补报。", **named
    )
    house.good = Draft.objects.create(
        key="d" * 32, title="消防安全视频课", text="请各单位组织收看3月20日9:00的消防安全视频课，地点自定。", **base
    )
    house.urgent = Draft.objects.create(
        key="e" * 32, title="河口大堤出现管涌，请立即到岗", text="河口大堤3号段出现管涌，危及下游群众生命安全，请值班人员立即到岗。", importance="emergency",
        ground=next(iter(grounds())), asked_at=house.at - HOUR / 4, **base,
    )  # fmt: skip
    Template.objects.create(name="每月例会", unit=house.street, title="例会", text="本月例会", audience=base["audience"])
    Complaint.objects.create(code="ABCD2345EFGH6789", text="晚上十点还在群里布置任务，第二天一早就要。", at=house.at - DAY)
    Complaint.objects.create(
        code="JKLM2345NPQR6789", text="同一张表三个部门要了三次。", at=house.at - 3 * DAY, answer="已请三个部门合成一张，由党政办统一收。",
        answered_at=house.at - 2 * DAY, answerer=house.person["shenji"], person=house.lin, notice=house.answer,
    )  # fmt: skip
    house.token = links.sign(Delivery.objects.get(notice=house.flood_notice, person=house.lin).pk, house.at + 7 * HOUR)
    house.ended = links.sign(Delivery.objects.get(notice=house.answer, person=house.lin).pk, house.at - HOUR)
