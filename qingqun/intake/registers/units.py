"""The register of units (单位台账): each with the one next above it. What stands here goes before what names let one guess."""

import re
from collections.abc import MutableMapping
from typing import Any, NamedTuple

from qingqun.i18n import _
from qingqun.intake.registers.column import Column, headings
from qingqun.intake.registers.row import SEPARATORS, Origin, Row
from qingqun.office import Value
from qingqun.words import columns


class Unit(NamedTuple):
    """One unit (单位) from a register. Fields are the columns of UNITS, in order."""

    name: str
    parent: str | None  # the unit next above; None: it is at the top, as far as the register goes
    short: list[str]  # other names that registers and group cards give it
    level: str | None  # as the register says: 区 街道 社区 学校 ...
    file: str
    line: int


UNITS = columns(Unit)
NAME = "单位台账"
HINTS = re.compile("单位|机构")

COLUMNS = (
    Column("number", "序号|编号|序", width=5),
    Column(
        "name",
        "单位名称|单位|单位全称|机构名称|机构|部门名称|名称",
        width=26,
        hint="必填，全称，与其他台账的“单位”一致",
        example="青松街道三里社区",
    ),
    Column(
        "parent",
        "上级单位|上级|上级单位名称|上级主管单位|上级机构|上级部门|隶属单位|隶属|归口单位",
        width=26,
        hint="直接上级的全称；最上一级留空",
        example="青松街道办事处",
    ),
    Column(
        "short",
        "简称|单位简称|别名|曾用名|其他名称|规范简称",
        width=18,
        hint="群名片和别的台账里的写法，几个用顿号分开",
        example="三里社区",
    ),
    Column(
        "level",
        "层级|级别|单位层级|单位级别|类别|单位类别|类型|单位类型|性质|单位性质",
        width=10,
        hint="如区、街道、社区、学校",
        example="社区",
    ),
    Column("filler", "填表人|审核人|填报人|联系人|负责人", shown=False),
    Column("phone", "联系电话|手机|联系方式|电话|手机号|手机号码", shown=False),
    Column("remark", "备注|说明", width=14),
)
TABLE = headings(COLUMNS)
OWN = {"parent", "short"}
NEEDED = ({"name"}, {"parent"})
ENOUGH = 2  # 单位 and 上级单位 are a whole register


def read(row: Row, origin: Origin) -> Unit:
    """Return the unit of a row; what is wrong is noted in the row."""
    name, parent = _name(row, "name"), _name(row, "parent")
    if not name:
        row.refuse("no_name", _("没有填写“{column}”").format(column=row.title("name")))
    if name and name == parent:
        row.refuse("own_parent", _("“{column}”是单位自己").format(column=row.title("parent")))
    short = SEPARATORS.split(row.text("short") or "")
    return Unit(
        name or "", parent, [text for each in short if (text := "".join(each.split()))], row.text("level"), origin.file, origin.line
    )


def write(unit: Unit) -> dict[str, Value]:
    """Return the cells of a unit by field, as the template has them; the reverse of `read`."""
    return {"name": unit.name, "parent": unit.parent, "short": "、".join(unit.short) or None, "level": unit.level}


def same(unit: Unit) -> tuple[object, ...]:
    """Return what makes two rows the same unit: the name."""
    return (unit.name,)


def against(row: Row, unit: Unit, _origin: Origin, seen: MutableMapping[tuple[object, ...], Any]) -> None:
    """Refuse a row that would put a unit below itself, by way of the rows before it."""
    up, line = unit.parent, [unit.name]
    while up is not None and up not in line:
        line.append(up)
        up = seen.get(("above", up))
    if up == unit.name and len(line) > 1:
        row.refuse("circle", _("上下级绕成一圈：{units}").format(units=" → ".join([*line, up])))
        return
    seen["above", unit.name] = unit.parent


def _name(row: Row, field: str) -> str | None:
    said = row.text(field)
    return "".join(said.split()) if said else None
