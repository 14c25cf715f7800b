"""Sheets to rows: which register a sheet is, whose it is, and which of its rows hold one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qingqun.intake.registers.header import Header, find, is_repeated
from qingqun.intake.registers.rooms import ROOMS
from qingqun.intake.registers.row import NOTHING
from qingqun.office import Table, Value

EXAMPLE = "示例"
EXAMPLES = re.compile(rf"[(（]?{EXAMPLE}(?:行|[0-9)）:：(（].*)?")  # 示例小学家长群 is a group
GUIDES = re.compile("说明|填写|填报须知|目录|封面|字典|选项|示例")
SUMMARY = re.compile(r"(?:合计|总计|小计|共计|累计|总数)(?:[:：(（0-9].*)?")
SIGNATURES = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|报送|经办|负责|分管领导|单位负责|主要负责|主要领导|联系|联系电话|填表日期|填报日期|填报时间|填表时间|报送时间|盖章)"
    r"(?:人|者|领导|单位)?(?:姓名)?(?:[(（](?:签字|签名|签章|盖章|公章)[)）]|签字|签名|签章)?(?:[:：].*)?"
)
REMARKS = re.compile(r"(?:备注|说明|注|填表说明|填报说明|附注)[0-9]?[:：].*", re.DOTALL)
SECTION = re.compile(r"[(（]?[一二三四五六七八九十]+[)）、.．].*")
STATED_UNIT = re.compile("(?:填报|填表|报送|上报|填写|制表|主管)?单位(?:名称)?(?:[(][^)]*[)])?[ \t]*:[ \t]*([^\\s:_]{2,40})(?=\\s|$|_)")
UNIT = re.compile(
    "[\u4e00-\u9fff]{1,30}?(?:办事处|街道办|街道|委员会|政府|党委|党工委|管委会|居委会|村委会|委办|局|委|办|镇|乡|社区|村|学校|小学|中学|高中|幼儿园|大学|学院"
    "|医院|卫生院|中心|公司|集团|所|站|院|厅|部|队|会|馆|区|县|市|处|科|股|银行)"
)
ABOUT = re.compile(r"(?:微信|qq|钉钉|政务|公众|网络|移动)*(?:工作群|群组|群聊|公众账号|公众号|新媒体|账号|群).*$", re.IGNORECASE)
APART = re.compile(  # numbers of attachments, years and quarters, which are no part of a unit's name
    "^(?:附件|附表|表)[0-9一二三四五六七八九十]*[-—:：.、]*|(?:19|20)[0-9]{2}年?(?:度|上半年|下半年|第?[一二三四1-4]季度|[0-9]{1,2}月)?"
)


class Kept(NamedTuple):
    """One row worth reading. `number` is the row in Excel."""

    number: int
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Register:
    """A recognised sheet."""

    kind: str  # groups, accounts, ...: of ROOMS
    table: Table
    header: Header
    unit: str | None

    @property
    def titles(self) -> dict[str, str]:
        return {field: " ".join(self.header.texts[column].split()) for column, field in self.header.fields.items()}

    def rows(self) -> Iterator[Kept]:
        """Yield the rows that say something of a group, an account or an app; an empty unit (or department) is the one above."""
        fields = self.header.fields.values()
        place = "unit" if "unit" in fields else "office"
        used = self._used()
        above: Value = None
        for index in range(self.header.last + 1, len(self.table.rows)):
            row = self.table.rows[index]
            cells = {field: row[column] for column, field in self.header.fields.items() if column < len(row) and field in used}
            if self._is_skipped(row, cells):
                continue
            above = _filled(cells.get(place)) or above
            yield Kept(index + 1, cells | {place: above})

    def _used(self) -> set[str]:
        """Return the fields that some row fills in: a column left empty all the way down says as much as none."""
        below = self.table.rows[self.header.last + 1 :]
        rows = [row for row in below if not EXAMPLES.fullmatch(_said(next((cell for cell in row if cell), None)))]
        return {field for column, field in self.header.fields.items() if any(column < len(row) and _said(row[column]) for row in rows)}

    def _is_skipped(self, row: Sequence[Value], cells: Mapping[str, Value]) -> bool:
        said = [text for cell in row if (text := _said(cell))]
        told = {field for field, cell in cells.items() if _said(cell)} - {"number", "unit", "office"}
        if not said or is_repeated(row, self.header) or EXAMPLES.fullmatch(said[0]):
            return True
        if SUMMARY.fullmatch(said[0]) or SIGNATURES.fullmatch(said[0]) or REMARKS.fullmatch(said[0]):
            return True
        if len(set(said)) == 1 and (SECTION.fullmatch(said[0]) or len(said) > len(self.header.fields) // 2):
            return True  # a heading between rows, alone or merged across the sheet
        return not told or (told <= {"name", "remark"} and (_said(cells.get("name")) or "x").lower() in NOTHING)


def recognise(table: Table) -> Register | None:
    """Return the register a sheet is, or None. Where the columns fit several kinds, the sheet's name and title decide."""
    found: list[tuple[tuple[int, bool], Register]] = []
    for kind, room in ROOMS.items():
        header = find(table.rows, room.table, room.enough)
        if header and all(set(fields) & set(header.fields.values()) for fields in room.needed):
            hinted = bool(room.hints.search(table.name + _above(table, header)))
            own = sum(field in room.own for field in header.fields.values())
            found.append(((own, hinted), Register(kind, table, header, _unit(table, header))))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def is_guide(table: Table) -> bool:
    """Say whether a sheet is empty, or explains and lists instead of registering."""
    return not any(_said(cell) for row in table.rows for cell in row) or bool(GUIDES.search(table.name))


def _above(table: Table, header: Header) -> str:
    """The lines above the header, the cells of each side by side, those of a merged cell once."""
    lines = (dict.fromkeys(text for cell in row if (text := str(cell or "").strip())) for row in table.rows[: header.first])
    return "\n".join(" ".join(line) for line in lines)


def _unit(table: Table, header: Header) -> str | None:
    """The stated unit, else the sheet's name, else what stands before 工作群 in the title, if it ends as units do."""
    above = unicodedata.normalize("NFKC", _above(table, header))
    if stated := STATED_UNIT.search(above):
        return stated[1]
    for line in [table.name, *above.split("\n")]:
        name = APART.sub("", ABOUT.sub("", "".join(line.split())))
        if UNIT.fullmatch(name):
            return name
    return None


def _said(cell: Value) -> str:
    return "" if cell is None else "".join(str(cell).split())


def _filled(cell: Value) -> Value:
    return cell if _said(cell) else None
