"""The office's register of groups and accounts, as a tired clerk keeps it: merged headings, mixed dates, some wrong rows."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from qingqun.demo.groups import Place
from qingqun.demo.people import UNITS, Person
from qingqun.demo.repertoire import Repertoire

SHOWN = {"wechat": "微信", "qq": "QQ", "wecom": "企业微信", "dingtalk": "钉钉"}
HEADS = (
    "序号",
    "单位",
    "群名称",
    "平台",
    "群号",
    "群主",
    "职务",
    "人数",
    "建群时间",
    "用途",
    "类别",
    "是否专项/临时",
    "计划解散时间",
    "最后活跃时间",
    "解散时间",
    "备注",
)
ABOVE = ((0, 4, "基本情况"), (5, 6, "群主"), (7, 11, "群的情况"), (12, 15, "解散与备注"))
ACCOUNT_HEADS = ("序号", "单位", "账号名称", "平台", "账号ID", "负责人", "开设时间", "最近更新时间", "注销时间", "备注")
CLUBS = ("柳荫社区腰鼓队群", "柳荫社区旧书交换群")
ACCOUNTS = ("桂园微邻里", "石桥社区抖音", "东塔老号", "云溪先锋", "南浦社区视频号")
PLANTED = (True, False, False, True, False)  # which of ACCOUNTS is a second one on its platform
Cells = list[Any]


def write(path: Path, places: list[Place], people: list[Person], texts: Repertoire) -> Path:
    """Write both registers as two sheets of one workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2026, 9, 21, 9), "author": "党政办"})  # noqa: DTZ001  a workbook's time has no zone
        middle = book.add_format({"align": "center", "bold": True})
        _groups(book.add_worksheet("工作群台账"), places, people, middle, texts)
        _accounts(book.add_worksheet("公众账号台账"), people, middle, texts)
    return path


def _groups(sheet: Any, places: list[Place], people: list[Person], middle: Any, texts: Repertoire) -> None:
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{texts.name('office')}工作群台账（2026年9月）", middle)
    for first, last, text in ABOVE:
        sheet.merge_range(1, first, 1, last, text, middle)
    rows = [_group(place, people, texts) for place in places] + _faulty(places, people, texts)
    _fill(sheet, 2, [list(HEADS), *([number, *row] for number, row in enumerate(rows, 1)), ["合计", "", f"{len(rows)}个群"]])


def _group(place: Place, people: list[Person], texts: Repertoire) -> Cells:
    owner = people[place.members[0]] if place.owned else None
    who = [owner.name, owner.post or texts.own("helper", "网格员")] if owner else ["", ""]
    group_id = "" if place.platform == "wechat" else place.group_id
    special = "是" if place.kind == "专项" else "否"
    facts = [len(place.members), _day(place.created, place.number), place.purpose, place.kind, special]
    return [
        _unit(place.unit, texts),
        place.name,
        SHOWN[place.platform],
        group_id,
        *who,
        *facts,
        place.ends,
        place.last_active,
        place.disbanded,
        "",
    ]


def _faulty(places: list[Place], people: list[Person], texts: Repertoire) -> list[Cells]:
    """Rows that no register should hold: no name, an impossible day, a day before the group, the same row twice."""
    good = _group(places[5], people, texts)
    nameless, impossible, backward = [*good], [*good], [*good]
    nameless[1] = nameless[3] = ""
    clubs = texts.own("clubs", CLUBS)
    impossible[1], impossible[3], impossible[7] = clubs[0], "", "2026.13.45"
    backward[1], backward[3], backward[7], backward[11] = clubs[1], "", date(2026, 3, 1), date(2025, 3, 1)
    return [nameless, impossible, backward, _group(places[3], people, texts)]


def _day(on: date, number: int) -> date | str:
    """Return a day as people type it: mostly a date, sometimes words."""
    styles = {3: f"{on.year}.{on.month}.{on.day}", 5: f"{on.year}年{on.month}月{on.day}日", 6: f"{on:%Y/%m/%d}"}
    return styles.get(number % 8, on)


def _unit(unit: int, texts: Repertoire) -> str:
    return texts.name("office") + texts.unit(unit, full=True)


def _accounts(sheet: Any, people: list[Person], middle: Any, texts: Repertoire) -> None:
    sheet.merge_range(0, 0, 0, len(ACCOUNT_HEADS) - 1, f"{texts.name('office')}公众账号台账", middle)
    rows = [[number, *row, ""] for number, row in enumerate(accounts(people, texts), 1)]
    _fill(sheet, 1, [list(ACCOUNT_HEADS), *rows])


def accounts(people: list[Person], texts: Repertoire) -> list[Cells]:
    """Return the accounts: unit, name, platform, id, owner, opened, last post, closed."""
    fresh, opened = date(2026, 9, 17), date(2022, 5, 6)
    second, other, closed, office, video = texts.own("accounts", ACCOUNTS)
    every: list[Cells] = [
        [_unit(unit, texts), f"{texts.unit(unit)}之声", "微信", f"yx-{unit:02d}", people[unit * 10].name, opened, fresh, None]
        for unit in range(UNITS)
    ]
    return [
        *every,
        [_unit(7, texts), second, "微信", "yx-guiyuan2", people[71].name, date(2024, 3, 1), fresh, None],
        [_unit(8, texts), other, "抖音", "dy-shiqiao", people[81].name, date(2024, 3, 1), fresh, None],
        [_unit(9, texts), closed, "微信", "yx-dongta0", people[91].name, date(2019, 3, 1), date(2023, 1, 5), date(2023, 2, 1)],
        [_unit(1, texts), office, "微信", "yx-xianfeng", people[11].name, date(2023, 7, 1), fresh, None],
        [_unit(10, texts), video, "视频号", "sph-nanpu", people[101].name, date(2024, 3, 1), fresh, None],
    ]


def account_truth(texts: Repertoire) -> list[dict[str, Any]]:
    """Return the truth about accounts: a second one on the same platform; not one elsewhere, nor a closed one."""
    told = sorted(zip(texts.own("accounts", ACCOUNTS), PLANTED, strict=True), key=lambda pair: not pair[1])
    return [{"rule": "secondaccount", "planted": value, "subject": "account", "account": name} for name, value in told]


def _fill(sheet: Any, top: int, rows: list[Cells]) -> None:
    for number, row in enumerate(rows, top):
        sheet.write_row(number, 0, ["" if value is None else value for value in row])
