"""A filled workbook to records: good rows are taken, every other is a problem with its sheet, line and reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from qingqun.i18n import _, listed
from qingqun.office import Value, read_tables

PAGES = ("单位", "人员", "分组")
ERRORS = "错误说明"
NEEDED = {"单位": ("单位",), "人员": ("姓名", "单位"), "分组": ("名称", "类别")}
LONGEST = {"单位": 120, "姓名": 60, "工号": 40, "邮箱": 240, "名称": 80}
ACCOUNTS = {  # columns of the people's sheet that name an account on a platform -> its channel
    "企业微信": "wecom",
    "政务微信": "wecom_private",
    "钉钉": "dingtalk",
    "政务钉钉": "dinggov",
    "飞书": "feishu",
    "蓝信": "lanxin",
    "Matrix": "matrix",
    "ntfy": "ntfy",
}
_YES, _NO = {"是", "有", "y", "yes", "true", "1"}, {"", "否", "无", "n", "no", "false", "0"}
_MAIL = re.compile(r"[^@\s,;]{1,120}@[^@\s,;]{1,120}\.[^@\s,;.]{2,20}")
_ACCOUNT = re.compile(r"[^\s|,;，；、]{1,120}")
_APART = re.compile("[、,;\uff0c\uff1b/ \n]+")


class Wrong(NamedTuple):
    """Why a row was not taken, or not wholly."""

    page: str
    line: int
    reason: str


class UnitRow(NamedTuple):
    line: int
    name: str
    above: str


class PersonRow(NamedTuple):
    line: int
    name: str
    number: str
    unit: str
    roles: tuple[str, ...]
    mail: str
    deputy: str
    inbox: bool
    left: bool
    accounts: tuple[tuple[str, str], ...] = ()  # channel and address


class GroupRow(NamedTuple):
    line: int
    name: str
    kind: str  # 岗位, 话题, 项目
    unit: str
    members: tuple[str, ...]


@dataclass
class Read:
    """What a workbook holds. `pages` keeps header and rows as they stood, for the error workbook."""

    units: list[UnitRow] = field(default_factory=list)
    persons: list[PersonRow] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    pages: dict[str, tuple[list[str], list[list[str]]]] = field(default_factory=dict)


def read(path: Path) -> Read:
    """Read a workbook.

    Raises:
        OfficeError: it is too large, hostile, or no table at all.
    """
    found, tables = Read(), read_tables(path)
    for table in tables:
        name = table.name.strip()
        if name in PAGES and table.rows:
            header = [_text(cell) for cell in table.rows[0]]
            rows = [[_text(cell) for cell in row] for row in table.rows[1:]]
            found.pages[name] = (header, rows)
            _page(found, name, header, rows)
    if not found.pages:
        there = listed(table.name.strip() for table in tables) or _("没有")
        words = _("没有找到名为“单位”“人员”“分组”的工作表（文件里的工作表：{there}）；请下载空白模板，填在同名的工作表里")
        found.wrong.append(Wrong("", 1, words.format(there=there)))
    return found


def _page(found: Read, name: str, header: list[str], rows: list[list[str]]) -> None:
    lacking = [column for column in NEEDED[name] if column not in header]
    if lacking:
        found.wrong.append(Wrong(name, 1, _("表“{page}”缺少“{column}”一栏").format(page=name, column=lacking[0])))
        return
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, 2):
        cells = dict(zip(header, row, strict=False))
        first = cells.get(NEEDED[name][0], "")
        if not any(row) or first.startswith("示例"):
            continue
        reasons = [*_faults(name, cells), *_twice(name, cells, seen)]
        found.wrong += [Wrong(name, line, reason) for reason in reasons]
        if not reasons:
            _taken(found, name, line, cells)


def _faults(name: str, cells: Mapping[str, str]) -> Iterator[str]:
    for column in NEEDED[name]:
        if not cells.get(column):
            yield _("“{column}”没有填").format(column=column)
    for column, most in LONGEST.items():
        if len(cells.get(column, "")) > most:
            yield _("“{column}”太长，最多 {most} 字").format(column=column, most=most)
    for column in ("用收件箱", "已离职"):
        if cells.get(column, "").lower() not in _YES | _NO:
            yield _("“{column}”请填“是”或“否”").format(column=column)
    if cells.get("邮箱") and not _MAIL.fullmatch(cells["邮箱"]):
        yield _("“邮箱”不像邮箱地址")
    yield from _accounts_faults(cells)
    if name == "分组" and cells.get("类别") and cells["类别"] not in {"岗位", "话题", "项目"}:
        yield _("“类别”请填岗位、话题或项目")


def _accounts_faults(cells: Mapping[str, str]) -> Iterator[str]:
    """An account is one person's: a platform reads @all, or several names in a row, as many."""
    for column in ACCOUNTS:
        if cells.get(column) and (not _ACCOUNT.fullmatch(cells[column]) or cells[column].lower() == "@all"):
            yield _("“{column}”请填一个人在该平台的账号").format(column=column)


def _twice(name: str, cells: Mapping[str, str], seen: set[tuple[str, ...]]) -> Iterator[str]:
    keys = {
        "单位": ("单位", "上级单位"),
        "人员": ("工号",) if cells.get("工号") else ("姓名", "单位"),
        "分组": ("名称", "类别"),
    }
    key = tuple(cells.get(column, "") for column in keys[name])
    if key in seen:
        yield _("与前面的一行重复")
    seen.add(key)


def _taken(found: Read, name: str, line: int, cells: Mapping[str, str]) -> None:
    def get(column: str) -> str:
        return cells.get(column, "")

    if name == "单位":
        found.units.append(UnitRow(line, get("单位"), get("上级单位")))
    elif name == "人员":
        inbox, left = get("用收件箱").lower() in _YES | {""}, get("已离职").lower() in _YES
        roles = _parts(get("岗位"))
        accounts = tuple((channel, get(column)) for column, channel in ACCOUNTS.items() if get(column))
        found.persons.append(
            PersonRow(line, get("姓名"), get("工号"), get("单位"), roles, get("邮箱"), get("代理人"), inbox, left, accounts)
        )
    else:
        found.groups.append(GroupRow(line, get("名称"), get("类别"), get("单位"), _parts(get("成员"))))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _APART.split(text) if part))


def _text(cell: Value) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
