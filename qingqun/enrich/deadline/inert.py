"""Digits that no time is read from: 第1024号, 编号1024, 分机8740. Texts that differ in them alone are read once.

A run of digits is inert where no pattern of this folder can end or go on in it. Before it stands nothing that a day or an hour goes on
from (a mark, a unit of time, a numeral, 周, a dash); behind it no unit, or, as no number of a day or an hour has four digits, for long runs
no mark and no 年. Its length stays, because distances count.
"""

import polars as pl

from qingqun.enrich.deadline.numerals import HAN_DIGITS

_BEFORE = rf"[^0-9/.:\-—–~至到起始点时月份年周期拜{HAN_DIGITS}]"
_BEHIND_SHORT = rf"[^0-9年月日号点时:/.季天周hm\-—–~至到个半小钟分刻工星礼{HAN_DIGITS}]"
_BEHIND_LONG = rf"[^0-9年/.:\-—–~{HAN_DIGITS}]"
_LONG, _LONGEST = 4, 8
_PASSES = tuple(
    (rf"(^|{_BEFORE})[0-9]{{{n}}}($|{_BEHIND_LONG if n >= _LONG else _BEHIND_SHORT})", f"${{1}}{'0' * n}${{2}}")
    for n in range(1, _LONGEST + 1)
)


def skeletons(texts: pl.Series) -> pl.Series:
    """Return the normalised texts with inert digits as zeros: equal skeletons ask for the same by the same time."""
    for run, zeros in _PASSES:
        texts = texts.str.replace_all(run, zeros)
    return texts
