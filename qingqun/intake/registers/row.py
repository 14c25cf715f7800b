"""One row of a register: its cells by field, and what is wrong with them."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from qingqun.i18n import _
from qingqun.intake.registers.days import read_day
from qingqun.office import Value

NOTHING = {"", "无", "/", "\\", "-", "—", "——", "--", "暂无", "没有", "不详", "未知", "空", "null", "none", "n/a", "nan"}
NO_DAY = NOTHING | {"长期", "未定", "待定", "永久", "至今", "未解散", "未注销", "常设", "在用", "正常", "否", "未更新"}
NO = ("无", "否", "没", "未", "不", "×", "✗")
YES = ("有", "是", "已", "能", "可", "√", "✓")
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
COUNT = re.compile(r"[约共近]?\s*([0-9]{1,7})(?:\.0+)?\s*(?:/\s*[0-9]+)?\s*[余多]?\s*[人名位个]?(?:左右)?")
PHONE = re.compile(r"[(（]?\+?(?:86)?[- ]?1[3-9][0-9]{9}[)）]?|[(（]?0[0-9]{2,3}-[0-9]{7,8}[)）]?")
SEPARATORS = re.compile(r"[、,，;；/\n]+")
EXACT = 10**15  # digits Excel keeps


class Fault(NamedTuple):
    """What is wrong with a row; a fatal one keeps it out."""

    code: str
    reason: str
    fatal: bool


class Origin(NamedTuple):
    """Where a row stands: file and sheet, row in Excel, and the unit its sheet is for."""

    file: str
    line: int
    unit: str | None


@dataclass(slots=True)
class Row:
    """The cells of a row by field. Reading one notes its faults."""

    cells: Mapping[str, Value]
    titles: Mapping[str, str]  # field -> the heading in this file
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return a cell's text on one line, or None where it says nothing."""
        value = self.cells.get(name)
        if isinstance(value, float) and value.is_integer() and math.isfinite(value):
            value = int(value)
        text = " ".join(str("" if value is None else value).split())
        return None if unicodedata.normalize("NFKC", text).lower() in NOTHING else text

    def said(self, name: str) -> str | None:
        """Return what a cell says, as it says it: 无 is an answer. An empty cell is an empty text, a missing column nothing."""
        return " ".join(str(self.cells[name] or "").split()) if name in self.cells else None

    def people(self, name: str) -> list[str]:
        """Return the names in a cell, without telephone numbers."""
        value = self.cells.get(name)
        pieces = SEPARATORS.split(PHONE.sub("", value if isinstance(value, str) else self.text(name) or ""))
        return [person for piece in pieces if (person := _joined(piece)) and person.lower() not in NOTHING]

    def identity(self, name: str) -> str | None:
        """Return an id, or None with a warning if Excel has rounded it; 0 is none."""
        value, text = self.cells.get(name), self.text(name)
        if text is None or isinstance(value, bool) or not text.strip("0."):  # 0 fills a cell, it names nothing
            return None
        if (isinstance(value, (int, float)) and abs(value) >= EXACT) or ROUNDED.fullmatch(text):
            self.warn("rounded_id", _("“{column}”已被 Excel 改写，不作为号码使用：{value}").format(column=self.title(name), value=text))
            return None
        return text.removeprefix("'")

    def count(self, name: str) -> int | None:
        """Return a number of people: 35, 35.0, 35人, 约35人, 35/500."""
        text = self.text(name)
        found = COUNT.fullmatch(unicodedata.normalize("NFKC", text)) if text else None
        if text and not found:
            self.warn("bad_count", _("“{column}”不是数字：{value}").format(column=self.title(name), value=text[:40]))
        return int(found[1]) if found else None

    def answer(self, name: str) -> bool | None:
        """Read 有 or 是 as yes, 无 or 否 as no; anything else, an empty cell too, says nothing."""
        value = self.cells.get(name)
        if isinstance(value, bool):
            return value
        said = "".join(str(value or "").split())
        return False if said.startswith(NO) else True if said.startswith(YES) else None

    def day(self, name: str, *, end: bool = False) -> date | None:
        """Return a day; a cell that is none and says something is a fatal fault."""
        text = self.text(name)
        if text is None or text in NO_DAY:
            return None
        day = read_day(self.cells[name], end=end)
        if day is None:
            self.refuse("bad_date", _("“{column}”的日期无法识别：{value}").format(column=self.title(name), value=text[:40]))
        return day

    def title(self, name: str) -> str:
        return self.titles.get(name, name)

    def warn(self, code: str, reason: str) -> None:
        """Note a fault with which the row still loads."""
        self.faults.append(Fault(code, reason, fatal=False))

    def refuse(self, code: str, reason: str) -> None:
        """Note a fault that keeps the row out."""
        self.faults.append(Fault(code, reason, fatal=True))


def _joined(name: str) -> str:
    """A Chinese name padded with blanks (张 三) without them; other names with single blanks."""
    text = " ".join(name.split())
    return text.replace(" ", "") if re.fullmatch("[\u4e00-\u9fff ]+", text) and len(text) <= 4 else text
