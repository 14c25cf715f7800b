"""Numbers of list items: 1. 2. 3., 一、二、, (1)(2). Only a run that starts at one counts: 3、5号楼 is no item."""

import re

from qingqun.enrich.deadline.numerals import number

_STYLES = (
    re.compile(r"(?:^|[^0-9A-Za-z\u3400-\u9fff.])([0-9]{1,2})([、.)])"),
    re.compile(r"(?:^|[^0-9A-Za-z\u3400-\u9fff.])([一二三四五六七八九十]{1,3})、"),
    re.compile(r"(?:^|[^0-9A-Za-z\u3400-\u9fff.])第([一二三四五六七八九十]{1,2})[,、:\n]"),
    re.compile(r"(?:^|[^一二三四五六七八九十高初大中小])\(([一二三四五六七八九十0-9]{1,2})\)"),  # but 五(1) is a class
)
_NOT_ITEM = re.compile(r"[班组号楼栋室区期批年月日]")


def _run(text: str, style: re.Pattern[str]) -> dict[int, int]:
    """Return where each number of the style starts and ends, if they count 1, 2, 3."""
    found = [m for m in style.finditer(text) if not _NOT_ITEM.match(text, m.end())]
    plain = [m for m in found if not (m[0][-1] == "." and text[m.end() : m.end() + 1].isdigit())]
    if not plain or not _counts(found):  # 1.65岁以上老人 is an item where 2. and 3. follow
        found = plain
    if not _counts(found):
        return {}
    return {m.start(1) - (text[m.start(1) - 1 : m.start(1)] in ("(", "第")): m.end() for m in found}


def _counts(found: list[re.Match[str]]) -> bool:
    """Return whether the numbers are one, two and so on."""
    return len(found) > 1 and [number(m[1]) for m in found] == list(range(1, len(found) + 1))


def numbering(text: str) -> dict[int, int]:
    """Return the spans (start to end) of the item numbers in a normalised text."""
    spans: dict[int, int] = {}
    for style in _STYLES:
        spans.update(_run(text, style))
    return spans
