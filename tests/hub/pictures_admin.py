"""What an administrator of the demo's office has entered: platforms, joins, chats, waivers, the last audit; and who is new there."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import xlsxwriter
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from office_fakes import FakeWecomOffice

from qingqun.hub import invite, tree, vault
from qingqun.hub.demo import office as street
from qingqun.hub.models import Chatroom, Credential, DutyList, Identity, Person, Power, Unit

DAY = timedelta(days=1)

_ROSTER = {
    "单位": [["单位", "上级单位"], ["没有上级的社区", "没有的街道"]],
    "人员": [
        ["姓名", "工号", "单位", "岗位", "邮箱", "代理人", "用收件箱", "已离职"],
        ["小李", "9001", "没有的单位", "", "不是邮箱", "", "也许", ""],
    ],
    "分组": [["名称", "类别", "单位", "成员"], ["防汛", "群", "云溪街道", "9001"]],
}
WAIVERS = """[[waivers]]
id = "L-1"
rule = "offhours"
name = "防汛工作群"
reason = "汛期值班，按值班表在群里报水位"
owner = "小李"
approver = "张主任"
since = 2026-03-01
until = 2026-09-30

[[waivers]]
id = "L-2"
rule = "flooding"
name = "选举工作群"
reason = "换届选举期间"
owner = "小李"
approver = "张主任"
since = 2026-01-01
until = 2026-02-28
"""


def administered(house: SimpleNamespace) -> None:
    """Enter credentials, joins, chats, waivers and the last audit, as an administrator would have."""
    for channel in ("smtp", "wecom", "sms_tencent"):
        Credential.objects.create(
            channel=channel,
            name="default",
            locked=vault.lock(json.dumps({"corpid": "ww0123456789abcdef", "agentid": "1000002", "corpsecret": "x"})),
            active=channel != "sms_tencent",
        )
    house.fake = FakeWecomOffice()
    house.fake.__enter__()
    house.fake.departments |= {"2": ("东社区", "1"), "3": ("新设的数字城管中心", "1")}
    house.fake.people |= {f"u{number}": (f"新同志{number}", "3", "") for number in range(4)} | {
        "lin": (house.lin.name, "2", house.lin.number or "")
    }
    house.fake.switch_on()
    Identity.objects.create(platform="wecom", uid="linxiaoyu", person=house.lin, joined_at=house.at - 9 * DAY, joined_by=house.admin)
    Identity.objects.create(
        platform="dingtalk",
        uid="0123456789",
        person=house.author,
        joined_at=house.at - 9 * DAY,
        parted_at=house.at - DAY,
        parted_by=house.admin,
    )
    Chatroom.objects.create(source="wecom", chat="wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA", name="街道工作群", unit=house.street, seen_at=house.at)
    Chatroom.objects.create(source="onebot", chat="123456789", name="", seen_at=house.at - DAY, passed=214)
    (settings.DATA / "waivers.toml").write_text(WAIVERS, encoding="utf-8")
    facts = Path("build/demo/report/facts.parquet")
    if facts.exists():
        (settings.DATA / "report").mkdir(exist_ok=True)
        shutil.copy(facts, settings.DATA / "report" / facts.name)
    house.duty = DutyList.objects.first()
    house.wrong = str(settings.DATA / "roster.xlsx")
    with xlsxwriter.Workbook(house.wrong) as book:
        for name, rows in _ROSTER.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    _newcomers(house)


def _newcomers(house: SimpleNamespace) -> None:
    """Make a unit where nothing has happened yet, and somebody with a second factor."""
    unit = Unit.objects.create(name="新设的社区", parent=house.street)
    tree.settle()
    for login, name in {"xin": "新来的同志", "lao": "有动态码的同志"}.items():
        person = Person.objects.create(name=name, unit=unit)
        house.accounts[login] = street._account(login, person, "")
        house.person[login] = person
    for right in ("author", "supervisor", "approver"):
        Power.objects.create(person=house.person["xin"], unit=unit, right=right)
    unit.refresh_from_db()
    Person.objects.create(name="刚导入的同志", unit=unit, number="1088")
    (house.once,) = (one.key for one in invite.invite([unit.path], house.at, None))
    for number in range(12):
        Person.objects.create(name=f"导入{number}", unit=unit)
    user = house.person["lao"].user
    house.secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, house.secret)
    recovery_codes.RecoveryCodes.activate(user)
