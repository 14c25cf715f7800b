"""The register of persons (人员台账): who is who on which platform. It serves to join accounts, and stands in no report."""

import re
import unicodedata
from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

import qingqun.intake.registers.vocabulary as vocab
from qingqun.i18n import _
from qingqun.intake.registers.column import Column, headings
from qingqun.intake.registers.row import SEPARATORS, Origin, Row
from qingqun.office import Value
from qingqun.words import columns


class Person(NamedTuple):
    """One person on the payroll, from a register. Fields are the columns of PERSONS, in order. It is never written into a report."""

    name: str
    unit: str | None
    staff: str | None  # staff number (工号)
    phone: str | None  # mobile, eleven digits
    post: str | None
    accounts: list[str]  # platform:account, each an identity on a platform
    file: str
    line: int


PERSONS = columns(Person)
NAME = "人员台账"
HINTS = re.compile("人员|通讯录|花名册|职工|教职工|名册")
MOBILE = re.compile("(?:^|[^0-9])(1[3-9][0-9]{9})(?:[^0-9]|$)")
PLATFORMS = ("wechat", "qq", "wecom", "dingtalk", "feishu")  # those with a column of their own
SPELLED = re.compile("([^:：]{1,20})[:：]+(.+)")

COLUMNS = (
    Column("number", "序号|序", width=5),
    Column(
        "unit",
        "单位|所在单位|工作单位|单位名称|所属单位|人员单位",
        width=18,
        hint="所在单位的全称；不填时取“填报单位”",
        example="青松街道三里社区",
    ),
    Column("office", "科室|部门|所在部门|所属部门|所在科室|处室|内设机构", shown=False),
    Column(
        "name",
        "姓名|人员姓名|职工姓名|教师姓名|员工姓名|干部姓名|教职工姓名|工作人员",
        width=10,
        hint="必填",
        example="李某",
    ),
    Column("staff", "工号|职工号|员工号|教工号|人员编号|员工编号|职工编号|工作证号", width=12, hint="单位给每人的号码，不重复", exact=True),
    Column(
        "phone", "手机号|手机|手机号码|移动电话|联系电话|电话|联系方式", width=14, hint="只用来认出同一个人，不写进任何报告", exact=True
    ),
    Column("post", "职务|岗位|职务岗位|职务职称|现任职务", width=10),
    Column("wechat", "微信号|微信|微信ID|微信昵称|wxid", width=16, hint="导出文件里的账号，或没有重名的昵称", exact=True),
    Column("qq", "QQ号|QQ|QQ号码", width=14, hint="同上", exact=True),
    Column("wecom", "企业微信账号|企业微信|企微|企业微信号|企业微信ID|政务微信", width=14, hint="同上", exact=True),
    Column("dingtalk", "钉钉账号|钉钉|钉钉号|钉钉ID", width=14, hint="同上", exact=True),
    Column("feishu", "飞书账号|飞书|飞书号|飞书ID", width=14, hint="同上", exact=True),
    Column("other", "其他平台账号|其他账号|其它平台账号", width=20, hint="平台：账号，几个用顿号分开", example="浙政钉：limou"),
    Column("filler", "填表人|审核人|填报人|联系人", shown=False),
    Column("remark", "备注|说明", width=12),
)
TABLE = headings(COLUMNS)
OWN = {"name", "staff", "other", *PLATFORMS}
NEEDED = ({"name"}, {"staff", "phone", "other", *PLATFORMS})


def read(row: Row, origin: Origin) -> Person:
    """Return the person of a row; what is wrong is noted in the row."""
    name = row.text("name")
    if not name:
        row.refuse("no_name", _("没有填写“{column}”").format(column=row.title("name")))
    unit = row.text("unit") or origin.unit or row.text("office")
    own = [f"{platform}:{said}" for platform in PLATFORMS if (said := row.identity(platform))]
    return Person(
        "".join((name or "").split()),
        unit,
        row.identity("staff"),
        _phone(row),
        row.text("post"),
        [*own, *_others(row)],
        origin.file,
        origin.line,
    )


def write(person: Person) -> dict[str, Value]:
    """Return the cells of a person by field, as the template has them; the reverse of `read`."""
    pairs = [account.split(":", 1) for account in person.accounts]
    own: dict[str, Value] = {platform: said for platform, said in pairs if platform in PLATFORMS}
    others = "、".join(f"{vocab.shown_platform(platform)}：{said}" for platform, said in pairs if platform not in PLATFORMS)
    known: dict[str, Value] = {name: getattr(person, name) for name in ("unit", "name", "staff", "phone", "post")}
    return known | own | {"other": others or None}


def same(person: Person) -> tuple[object, ...]:
    """Return what makes two rows the same person: the staff number, else name, unit, phone and accounts."""
    return (person.staff,) if person.staff else (person.name, person.unit, person.phone, *person.accounts)


def against(row: Row, person: Person, origin: Origin, seen: MutableMapping[tuple[object, ...], Any]) -> None:
    """Warn where a telephone or an account is somebody else's already: then it joins nobody."""
    for what, value in (("phone", person.phone), *(("account", account) for account in person.accounts)):
        first = seen.setdefault((what, value), origin) if value else origin
        if first is not origin:
            text = _("手机号与 {file} 第 {line} 行相同，不用来认人") if what == "phone" else _("账号与 {file} 第 {line} 行相同，不用来认人")
            row.warn(f"shared_{what}", text.format(file=first.file, line=first.line))


def _phone(row: Row) -> str | None:
    said = unicodedata.normalize("NFKC", row.text("phone") or "")
    found = MOBILE.search(re.sub("(?<=[0-9])[- ](?=[0-9])", "", said).replace("+86", ""))
    if said and not found:
        row.warn("bad_phone", _("“{column}”不是手机号，不用来认人").format(column=row.title("phone")))
    return found[1] if found else None


def _others(row: Row) -> Iterator[str]:
    for each in SEPARATORS.split(row.text("other") or ""):
        spelled = SPELLED.fullmatch(each.strip())
        platform = vocab.platform(spelled[1]) if spelled else None
        if spelled and platform:
            yield f"{platform}:{spelled[2].strip()}"
        elif each.strip():
            row.warn("unknown_platform", _("“{column}”要写成“平台：账号”").format(column=row.title("other")))
