"""The register of work groups (工作群台账)."""

import re
from datetime import date

import qingqun.intake.registers.vocabulary as vocab
from qingqun.i18n import _
from qingqun.intake.registers.column import Column, headings, own
from qingqun.intake.registers.days import find_day, read_day
from qingqun.intake.registers.row import PHONE, Origin, Row
from qingqun.office import Value
from qingqun.words import Group, GroupKind

NAME = "工作群台账"
HINTS = re.compile("群")  # in a sheet's name or title, where the columns alone do not decide
YES = ("是", "专项", "临时", "√", "✓", "y", "yes", "1", "true")
DISSOLVED = re.compile("已.{0,12}(?:解散|注销|关停|清退)")
IN_BRACKETS = re.compile(r"(.{1,12}?)\s*[(（]([^()（）]{2,20})[)）]")
KIND_WORDS = tuple(words[0] for words in vocab.KINDS.values())

COLUMNS = (
    Column("number", "序号|编号|序", width=5),
    Column(
        "unit",
        "单位|填报单位|单位名称|所属单位|所在单位|责任单位|主管单位|建群单位|报送单位|使用单位|学校|社区",
        width=14,
        hint="建群单位的全称；不填时取“填报单位”",
        example="青松街道办事处",
    ),
    Column("office", "科室|部门|所属科室|所属部门|责任科室|主管科室|部门科室|内设机构", width=9, hint="建群的科室", example="党政办"),
    Column("name", "群名称|群名|群全称|名称|群昵称", width=18, hint="必填，与群里显示的名称一致", example="青松街道网格工作群"),
    Column(
        "platform",
        "平台|载体|群平台|所属平台|平台名称|使用平台|软件|所在平台|建群平台|应用平台",
        width=9,
        hint="从下拉框选择",
        example="微信",
        choices=vocab.GROUP_PLATFORMS,
    ),
    Column("group_id", "群号|群ID|群账号|群号码|群编号|群标识", width=12, hint="QQ、钉钉等有群号的填写", exact=True),
    Column(
        "kind",
        "群性质|性质|类别|群类别|群分类|分类|群属性|群用途类型",
        width=8,
        hint="从下拉框选择：综合群、科室群、议题群、专项群、家长群、群众群、个人群",
        example="议题群",
        choices=KIND_WORDS,
    ),
    Column(
        "owner",
        "群主|建群人|建立者|创建人|负责人|群负责人|群主姓名|建群者|创建者|责任人|群责任人|群建立者|群创建人",
        width=8,
        hint="群主姓名",
        example="张某",
    ),
    Column(
        "post",
        "职务|群主职务|负责人职务|建群人职务|群主职务职称|职务职称",
        width=8,
        hint="群主的职务；报告里只写科室和职务，不写姓名",
        example="主任",
    ),
    Column("managers", "管理员|管理者|群管理员|管理员姓名|群管理者|群管理人员", width=10, hint="几个人用顿号分开", example="李某、王某"),
    Column(
        "members", "人数|成员数|群成员人数|群规模|群人数|成员人数|群成员数|现有人数|成员数量|群成员数量", width=6, hint="数字", example="35"
    ),
    Column(
        "created",
        "建群时间|创建时间|成立时间|建立时间|建群日期|创建日期|群建立时间|群创建时间|群成立时间|组建时间",
        width=11.5,
        hint="例如 2026-07-03、2026.7.3 或 2026年7月",
        example="2026-03-02",
    ),
    Column(
        "purpose",
        "用途|功能|用途对象|主要用途|建群目的|群用途|群功能|主要功能|群主要用途|用途及对象|建群用途|群目的|工作内容",
        width=18,
        hint="一句话",
        example="网格事务的安排和答复",
    ),
    Column(
        "audience",
        "成员范围|服务对象|群成员范围|群成员|成员构成|群成员构成|人员范围|覆盖范围",
        width=11,
        hint="群里是哪些人",
        example="各社区网格员",
    ),
    Column(
        "special",
        "是否专项/临时|是否专项|是否临时|是否临时群|是否专项群|是否为临时群|是否为专项群",
        width=9,
        hint="专项任务或临时工作建的群填“是”",
        example="否",
        choices=("是", "否"),
    ),
    Column(
        "task_ends",
        "计划解散时间|任务结束时间|任务截止时间|到期时间|有效期|有效期至|拟解散时间|预计解散时间|使用期限|截止时间",
        width=11.5,
        hint="专项群必填：任务结束、群应当解散的日期",
    ),
    Column("disbanded", "解散时间|实际解散时间|注销时间|解散日期|群解散时间|关停时间", width=11.5, hint="已经解散的填实际日期"),
    Column(
        "activity",
        "最后活跃时间|活跃情况|是否僵尸群|最近活跃时间|最后发言时间|最近发言时间|最后使用时间|活跃度|群活跃情况",
        width=11.5,
        hint="最近一次有人发言的日期",
        example="2026-07-01",
    ),
    Column("type", "类型|群类型", shown=False),
    Column("action", "清理措施|处理意见|整改措施|处置措施|清理意见|处理措施|处置意见|清理情况|整改情况|清理结果", shown=False),
    Column("phone", "联系电话|手机|联系方式|电话|手机号|手机号码|群主电话|群主联系方式|群主联系电话|负责人电话", shown=False),
    Column(
        "security",
        "安全责任人|安全负责人|安全管理责任人|安全员|保密责任人|安全管理制度|安全制度|制度文件|管理制度|是否有安全管理制度|安全保密制度",
        shown=False,
    ),
    Column("ideology", "是否涉及意识形态|是否涉及意识形态内容|是否涉密", shown=False),
    Column("due", "完成时限|整改时限|清理时限", shown=False),
    Column("record", "备案时间|备案号|是否备案|备案情况", shown=False),
    Column("filler", "填表人|审核人|填报人|联系人", shown=False),
    Column("remark", "备注|说明", width=9),
)
TABLE = headings(COLUMNS)
OWN = own(COLUMNS, "record", "security")


def read(row: Row, origin: Origin) -> Group:
    """Return the group of a row; what is wrong is noted in the row."""
    unit = row.text("unit") or origin.unit or row.text("office")
    owner, post = _owner(row)
    platform, kind = _platform(row), _kind(row)
    group = Group(
        platform=platform,
        group_id=row.identity("group_id"),
        name=row.text("name") or "",
        unit=unit,
        owner=owner,
        owner_office=_office(unit, row.text("office"), post),
        managers=row.people("managers"),
        purpose=row.text("purpose"),
        kind=kind,
        members=row.count("members"),
        created=row.day("created"),
        task_ends=row.day("task_ends", end=True),
        disbanded=row.day("disbanded", end=True) or _dissolved(row),
        last_active=read_day(row.cells.get("activity"), end=True),
        file=origin.file,
        line=origin.line,
        security=row.said("security"),
    )
    _check(row, group)
    return group


def write(group: Group) -> dict[str, Value]:
    """Return the cells of a group by field, as the template has them; the reverse of `read`."""
    return {
        "unit": group.unit,
        "name": group.name,
        "platform": vocab.shown_platform(group.platform),
        "group_id": group.group_id,
        "kind": vocab.shown_kind(group.kind),
        "owner": group.owner,
        "post": (group.owner_office or "").removeprefix(group.unit or "") or None,
        "managers": "、".join(group.managers),
        "members": group.members,
        "created": group.created,
        "purpose": group.purpose,
        "task_ends": group.task_ends,
        "disbanded": group.disbanded,
        "activity": group.last_active,
    }


def same(group: Group) -> tuple[object, ...]:
    """Return what makes two rows the same group: the platform's id, else unit, platform, name and owner."""
    return (group.platform, group.group_id) if group.group_id else (group.platform, group.unit, group.name, group.owner)


def _check(row: Row, group: Group) -> None:
    if not group.name:
        row.refuse("no_name", _("没有填写“{column}”").format(column=row.title("name")))
    ends = (("task_ends", group.task_ends), ("disbanded", group.disbanded), ("activity", group.last_active))
    for field, day in ends:
        if day and group.created and day < group.created:
            row.refuse("end_before_start", _("“{end}”早于“{start}”").format(end=row.title(field), start=row.title("created")))


def _owner(row: Row) -> tuple[str | None, str | None]:
    """The owner and the post, which some write behind the name in brackets."""
    owners, post = row.people("owner"), row.text("post")
    if not owners:
        return None, post
    split = IN_BRACKETS.fullmatch(owners[0])
    return (split[1], post or split[2]) if split else (owners[0], post)


def _office(unit: str | None, department: str | None, post: str | None) -> str | None:
    """Unit, department and post in a row, each said once."""
    if post is None and (department is None or department == unit):
        return None
    place = "".join(dict.fromkeys(part for part in (unit, department) if part))
    return place + PHONE.sub("", (post or "").removeprefix(unit or ""))


def _platform(row: Row) -> str | None:
    stated = row.text("platform") or row.text("type")
    found = vocab.platform(stated) if stated else None
    if stated and found is None and not (row.text("platform") is None and vocab.kind(stated)):
        row.warn("unknown_platform", _("平台无法识别，按“不详”读入：{value}").format(value=stated[:40]))
    return found


def _kind(row: Row) -> GroupKind | None:
    """As stated, else from the yes or no for special tasks, else from the name where it leaves no doubt."""
    stated = row.text("kind")
    found = vocab.kind(stated) if stated else None
    if stated and found is None:
        row.warn("unknown_kind", _("群性质无法识别，按“不详”读入：{value}").format(value=stated[:40]))
    special = (row.text("special") or "").lower()
    if found is None and special.startswith(YES):
        return GroupKind.SPECIAL_TASK
    return found or vocab.kind(row.text("type") or "") or vocab.kind_of_name(row.text("name") or "")


def _dissolved(row: Row) -> date | None:
    """已于2026年3月5日解散, in the column of measures."""
    action = row.text("action") or ""
    return find_day(action) if DISSOLVED.search(action) else None
