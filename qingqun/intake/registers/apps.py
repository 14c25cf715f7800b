"""The register of government apps (政务应用台账、移动互联网应用程序清单)."""

import re
import unicodedata

from qingqun.enrich.level import LEVELS
from qingqun.i18n import _
from qingqun.intake.registers.column import Column, headings, own
from qingqun.intake.registers.row import Origin, Row
from qingqun.office import Value
from qingqun.words import App

NAME = "政务应用台账"
HINTS = re.compile("应用|app|小程序|系统|程序", re.IGNORECASE)

AUDIENCES = ("干部职工", "群众企业")
LEVEL_WORDS = ("国家", "省", "市", "县", "乡镇", "村")
_YES = ("是", "否")
_STAFF = re.compile("干部|职工|公务员|工作人员|内部|网格员|教职工|教师|医护|员工|机关|办公|政务人员")
_PUBLIC = re.compile("群众|公众|企业|市民|居民|村民|社会|家长|学生|患者|对外|法人|个人用户|办事人")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]+))?\s*(%?)")
_WRITTEN_LEVELS = {
    "部委": 1, "自治区": 2, "直辖市": 2, "地级": 3, "地市": 3, "自治州": 3, "设区": 3, "区县": 4, "市县": 4, "县级": 4,
    "镇": 5, "乡": 5, "居委会": 6, "村委会": 6,
}  # fmt: skip

COLUMNS = (
    Column("number", "序号|编号|序", width=5),
    Column(
        "unit",
        "主办单位|单位|单位名称|主管单位|建设单位|开发单位|开办单位|运营单位|所属单位|责任单位|填报单位|建设主体",
        width=16,
        hint="主办单位的全称；不填时取“填报单位”",
        example="青松区民政局",
    ),
    Column("user_unit", "使用单位|应用单位|使用部门|用户单位|使用范围", width=14, hint="谁在用，与主办单位不同时填写"),
    Column(
        "name",
        "应用名称|名称|app名称|应用程序名称|小程序名称|系统名称|平台名称|程序名称|软件名称|政务应用名称|应用|移动应用名称"
        "|政务移动互联网应用程序名称|政务应用程序名称",
        width=18,
        hint="必填，与应用商店或平台上显示的名称一致",
        example="青松通",
    ),
    Column(
        "form",
        "形式|应用形式|应用类型|类型|形态|载体|应用类别|类别|载体类型",
        width=9,
        hint="APP、小程序、网页等",
        example="小程序",
        choices=("APP", "小程序", "快应用", "公众号菜单", "网页"),
    ),
    Column("level", "层级|级别|单位层级|主办单位层级|行政层级|主办层级", width=8, hint="主办单位的层级", example="县", choices=LEVEL_WORDS),
    Column(
        "reach",
        "使用层级|使用者层级|覆盖层级|延伸层级|推广层级|用户层级|使用到哪一级|面向层级",
        width=8,
        hint="用到哪一级的人员，填最低的一级",
        example="村",
        choices=LEVEL_WORDS,
    ),
    Column(
        "audience",
        "面向对象|面向|使用对象|服务对象|用户对象|用户|适用对象|面向人群",
        width=10,
        hint="干部职工，或者群众企业",
        example="干部职工",
        choices=AUDIENCES,
    ),
    Column(
        "functions",
        "功能|主要功能|功能清单|功能模块|应用功能|功能简介|功能描述|功能列表",
        width=30,
        hint="全部功能，用顿号分开；打卡、积分、排名、定位、填报等照实写",
        example="待遇申请、进度查询、数据填报",
    ),
    Column("purpose", "用途|建设目的|应用用途|建设内容|简介", width=18, hint="一句话", example="困难群众救助办理"),
    Column(
        "special_basis",
        "特殊场景依据|依据|设置依据|打卡依据|安全应急依据|例外依据",
        width=16,
        hint="因安保、应急等确需打卡、定位的，写依据",
    ),
    Column("own", "是否自建|自建|建设方式|开发方式", width=8, hint="由本单位开发建设填“是”；用上级统一建的填“否”", choices=_YES),
    Column("approval", "立项审批|立项|立项批复|审批文号|立项文号|审批情况|项目审批|是否立项", width=14, hint="批准文号或“未立项”"),
    Column(
        "filing", "备案号|备案|备案情况|备案编号|是否备案|备案登记", width=14, hint="备案号；还没有的写“未备案”，可以不备案的写“免备案”"
    ),
    Column(
        "online",
        "上线时间|上线日期|启用时间|开通时间|投用时间|上线运行时间|投入使用时间|建成时间",
        width=11.5,
        hint="例如 2026-07-03",
        example="2024-05-06",
    ),
    Column(
        "closed", "停用时间|关停时间|下线时间|注销时间|下架时间|停用日期|关停日期|停止服务时间", width=11.5, hint="已经停用的填实际日期"
    ),
    Column(
        "entry",
        "统一入口|整合入口|接入入口|接入平台|整合情况|是否接入统一入口|统一平台",
        width=14,
        hint="已接入的统一办事或办公入口；没有的写“未接入”",
    ),
    Column("complaints", "投诉功能|投诉建议|投诉建议功能|意见反馈|是否有投诉功能|投诉渠道", width=9, hint="是或否", choices=_YES),
    Column("usable", "能否使用|能否下载使用|可用|是否可用|能否正常使用|能否下载", width=9, hint="现在能下载、能使用填“是”", choices=_YES),
    Column(
        "active_percent",
        "活跃率|90天活跃率|活跃用户比例|活跃度|用户活跃率|使用率",
        width=9,
        hint="90 天内用过的人占用户的百分数",
        example="35%",
    ),
    Column(
        "security", "安全责任人|安全负责人|等级保护|等保|等保定级|网络安全责任人|等保备案", width=12, hint="谁对安全负责，或等级保护的级别"
    ),
    Column("owner", "负责人|责任人|联络人|应用负责人|管理员|运维负责人|项目负责人", width=9, hint="负责人姓名", example="张某"),
    Column("checked", "自查时间|最近自查时间|自查日期|最近检查时间|最近自查", width=11.5, hint="本单位最近一次自查的日期"),
    Column("status", "运行状态|状态|应用状态|使用情况|运行情况", shown=False),
    Column("users", "用户数|注册用户数|安装量|下载量|用户规模|注册量|安装数", shown=False),
    Column("phone", "联系电话|手机|联系方式|电话|手机号|手机号码", shown=False),
    Column("action", "清理措施|处理意见|整改措施|处置措施", shown=False),
    Column("filler", "填表人|审核人|填报人|联系人", shown=False),
    Column("remark", "备注|说明", width=10),
)
TABLE = headings(COLUMNS)
OWN = own(COLUMNS, "status", "action")


def read(row: Row, origin: Origin) -> App:
    """Return the app of a row; what is wrong is noted in the row. A text column that is there and empty is an empty text."""
    owners = row.people("owner")
    app = App(
        name=row.text("name") or "",
        unit=row.text("unit") or origin.unit,
        user_unit=row.text("user_unit"),
        level=_level(row, "level"),
        reach=_level(row, "reach"),
        audience=_audience(row),
        form=row.text("form"),
        functions=row.text("functions"),
        purpose=row.text("purpose"),
        special_basis=row.said("special_basis"),
        own=_own(row),
        approval=row.said("approval"),
        filing=row.said("filing"),
        online=row.day("online"),
        closed=row.day("closed", end=True),
        entry=row.said("entry"),
        complaints=row.answer("complaints"),
        usable=row.answer("usable"),
        active_percent=_percent(row),
        security=row.said("security"),
        owner=owners[0] if owners else row.said("owner"),
        checked=row.day("checked", end=True),
        file=origin.file,
        line=origin.line,
    )
    _check(row, app)
    return app


def write(app: App) -> dict[str, Value]:
    """Return the cells of an app by field, as the template has them; the reverse of `read`."""
    shown: dict[str, Value] = {
        name: getattr(app, name)
        for name in (
            "unit", "user_unit", "name", "form", "functions", "purpose", "special_basis", "approval", "filing", "online", "closed",
            "entry", "security", "owner", "checked",
        )
    }  # fmt: skip
    answers: dict[str, Value] = {name: _answer(getattr(app, name)) for name in ("own", "complaints", "usable")}
    levels: dict[str, Value] = {name: LEVEL_WORDS[rank - 1] if (rank := getattr(app, name)) else None for name in ("level", "reach")}
    active = None if app.active_percent is None else f"{app.active_percent}%"
    return (
        shown
        | answers
        | levels
        | {"audience": {"staff": AUDIENCES[0], "public": AUDIENCES[1]}.get(app.audience or ""), "active_percent": active}
    )


def same(app: App) -> tuple[object, ...]:
    """Return what makes two rows the same app: unit, name and form."""
    return (app.unit, app.name, app.form)


def _check(row: Row, app: App) -> None:
    if not app.name:
        row.refuse("no_name", _("没有填写“{column}”").format(column=row.title("name")))
    if app.closed and app.online and app.closed < app.online:
        row.refuse("end_before_start", _("“{end}”早于“{start}”").format(end=row.title("closed"), start=row.title("online")))


def _answer(known: bool | None) -> str | None:
    return None if known is None else _YES[0] if known else _YES[1]


def _own(row: Row) -> bool | None:
    """Read 是, 自建, 自主开发 as the unit's own; 否, 上级统建 as not."""
    said = row.text("own") or ""
    if re.search("上级|统一|统建|省建|市建|部建|非自建", said):
        return False
    return True if re.search("自建|自主|自行|委托|本单位|外包|购买", said) else row.answer("own")


def _audience(row: Row) -> str | None:
    said = row.text("audience")
    staff, public = (bool(pattern.search(said or "")) for pattern in (_STAFF, _PUBLIC))
    if said and staff == public:
        row.warn(
            "unknown_audience",
            _("“{column}”看不出是干部职工还是群众企业，按“不详”读入：{value}").format(column=row.title("audience"), value=said[:40]),
        )
        return None
    return "staff" if staff else "public" if public else None


def _level(row: Row, name: str) -> int | None:
    """Return the lowest level a cell names: 县 and 县级 are 4, 到村 is 6."""
    said = row.text(name)
    found = [rank for word, rank in {**LEVELS, **_WRITTEN_LEVELS}.items() if said and word in said]
    if said and not found:
        row.warn("unknown_level", _("“{column}”无法识别，按“不详”读入：{value}").format(column=row.title(name), value=said[:40]))
    return max(found, default=None)


def _percent(row: Row) -> int | None:
    """Return a share in percent: 35, 35%, 35.4%, and a cell that Excel shows as 35% and keeps as 0.35."""
    value, said = row.cells.get("active_percent"), row.text("active_percent")
    if isinstance(value, float) and 0 < value < 1:
        return round(value * 100)
    found = _PERCENT.fullmatch(unicodedata.normalize("NFKC", said)) if said else None
    number = float(f"{found[1]}.{found[2] or 0}") if found else None
    if said and (number is None or number > 100):
        row.warn("bad_percent", _("“{column}”不是百分数：{value}").format(column=row.title("active_percent"), value=said[:40]))
        return None
    return None if number is None else int(number)
