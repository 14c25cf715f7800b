"""The register of public accounts (公众账号台账、政务新媒体台账)."""

import re

import qingqun.intake.registers.vocabulary as vocab
from qingqun.i18n import _
from qingqun.intake.registers.column import Column, headings, own
from qingqun.intake.registers.row import Origin, Row
from qingqun.office import Value
from qingqun.words import Account

NAME = "公众账号台账"
HINTS = re.compile("账号|帐号|新媒体|公众号")

COLUMNS = (
    Column("number", "序号|编号|序", width=5),
    Column(
        "unit",
        "单位|主办单位|主管单位|单位名称|填报单位|所属单位|责任单位|开设单位|运营单位|认证主体|账号主体|主体",
        width=18,
        hint="主办单位的全称；不填时取“填报单位”",
        example="青松街道办事处",
    ),
    Column("name", "账号名称|账号|名称|账号全称|账号名", width=20, hint="必填，与平台上显示的名称一致", example="青松街道发布"),
    Column(
        "platform",
        "平台|账号平台|平台名称|类型|账号类型|载体|所属平台|开设平台|平台类型|类别|所在平台",
        width=10,
        hint="从下拉框选择",
        example="微信",
        choices=vocab.ACCOUNT_PLATFORMS,
    ),
    Column(
        "account_id",
        "账号ID|微信号|原始ID|账号标识|ID|UID|平台ID|登录账号",
        width=16,
        hint="平台给的账号，例如微信号",
        exact=True,
        example="qingsong-fabu",
    ),
    Column(
        "owner",
        "负责人|责任人|管理员|账号负责人|运营人|运营负责人|运维人员|账号管理员|运营者|管理人员",
        width=9,
        hint="负责人姓名",
        example="张某",
    ),
    Column(
        "created",
        "开设时间|开通时间|注册时间|创建时间|账号开设时间|账号开通时间|认证时间|开办时间|上线时间",
        width=11.5,
        hint="例如 2026-07-03",
        example="2024-05-06",
    ),
    Column(
        "last_post",
        "最近更新时间|最后更新时间|最近发布时间|最后发布时间|最近一次更新时间|最近一次发布时间|更新时间|最后更新日期|最近更新日期",
        width=11.5,
        hint="最近一次发布的日期",
        example="2026-07-01",
    ),
    Column("closed", "注销时间|关停时间|关闭时间|停用时间|账号注销时间|关停注销时间|停更时间", width=11.5, hint="已经注销的填实际日期"),
    Column("status", "运行状态|状态|账号状态|运维情况|更新情况", shown=False),
    Column("fans", "粉丝数|关注数|粉丝量|关注人数|用户数|粉丝人数", shown=False),
    Column(
        "purpose",
        "主要内容|功能定位|主要功能|用途|功能|发布内容",
        width=20,
        hint="发布什么，一句话",
        example="政策解读、办事指南",
    ),
    Column(
        "reviewed",
        "先审后发|是否先审后发|审核制度|是否审核|内容审核",
        width=9,
        hint="发布前有人审核填“是”",
        example="是",
        choices=("是", "否"),
    ),
    Column(
        "interactive",
        "互动功能|是否有互动功能|是否有互动|留言互动",
        width=9,
        hint="读者能留言、有人答复填“是”",
        example="是",
        choices=("是", "否"),
    ),
    Column("badge", "持证亮牌|是否持证亮牌|是否亮牌|亮牌", width=9, hint="显著位置写明主办单位填“是”", example="是", choices=("是", "否")),
    Column("phone", "联系电话|手机|联系方式|电话|手机号|手机号码", shown=False),
    Column("action", "清理措施|处理意见|整改措施|处置措施", shown=False),
    Column("record", "备案时间|备案号|是否备案|是否认证|账号链接|链接|网址|二维码", shown=False),
    Column(
        "security",
        "安全责任人|安全负责人|安全管理责任人|安全员|保密责任人|安全管理制度|安全制度|制度文件|管理制度|是否有安全管理制度|安全保密制度",
        shown=False,
    ),
    Column("filler", "填表人|审核人|填报人|联系人", shown=False),
    Column("remark", "备注|说明", width=10),
)
TABLE = headings(COLUMNS)
OWN = own(COLUMNS, "record", "security")


def read(row: Row, origin: Origin) -> Account:
    """Return the account of a row; what is wrong is noted in the row."""
    owners = row.people("owner")
    account = Account(
        platform=_platform(row),
        account_id=row.identity("account_id"),
        name=row.text("name") or "",
        unit=row.text("unit") or origin.unit,
        owner=owners[0] if owners else None,
        created=row.day("created"),
        last_post=row.day("last_post", end=True),
        closed=row.day("closed", end=True),
        file=origin.file,
        line=origin.line,
        content=row.text("purpose"),
        reviewed=row.answer("reviewed"),
        interactive=row.answer("interactive"),
        badge=row.answer("badge"),
        security=row.said("security"),
    )
    _check(row, account)
    return account


def write(account: Account) -> dict[str, Value]:
    """Return the cells of an account by field, as the template has them; the reverse of `read`."""
    answers = {"reviewed": account.reviewed, "interactive": account.interactive, "badge": account.badge}
    return {
        "unit": account.unit,
        "name": account.name,
        "platform": vocab.shown_platform(account.platform),
        "account_id": account.account_id,
        "owner": account.owner,
        "created": account.created,
        "last_post": account.last_post,
        "closed": account.closed,
        "purpose": account.content,
        **{name: None if known is None else "是" if known else "否" for name, known in answers.items()},
    }


def same(account: Account) -> tuple[object, ...]:
    """Return what makes two rows the same account: the platform's id, else unit, platform and name."""
    return (account.platform, account.account_id) if account.account_id else (account.platform, account.unit, account.name)


def _check(row: Row, account: Account) -> None:
    if not account.name:
        row.refuse("no_name", _("没有填写“{column}”").format(column=row.title("name")))
    for field, day in (("last_post", account.last_post), ("closed", account.closed)):
        if day and account.created and day < account.created:
            row.refuse("end_before_start", _("“{end}”早于“{start}”").format(end=row.title(field), start=row.title("created")))


def _platform(row: Row) -> str | None:
    stated = row.text("platform")
    found = vocab.platform(stated or row.text("name") or "")
    if stated and found is None:
        row.warn("unknown_platform", _("平台无法识别，按“不详”读入：{value}").format(value=stated[:40]))
    return found
