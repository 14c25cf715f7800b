"""The words for an addressee, frozen."""

from enum import StrEnum
from typing import NamedTuple


class Reach(StrEnum):
    """How far a form of address reaches."""

    EVERYONE = "everyone"  # 全体同志、大家
    GREETING = "greeting"  # 各位：, a courtesy; it counts only where nobody else is addressed
    UNITS = "units"  # 各社区: every unit of a kind
    UNIT = "unit"  # 东塔社区
    ROLE = "role"  # 各位网格员、各社区书记
    PERSON = "person"  # 李敏、王主任
    SOME = "some"  # 相关同志、没交的单位: who that is, the text does not say


class Addressee(NamedTuple):
    """One addressee of a text."""

    words: str  # as the text has it: 各社区书记
    reach: Reach
    head: str  # what decides whether it is I: 书记, 社区, 东塔社区, 李敏; empty for EVERYONE, GREETING and SOME
    asked: bool = False  # 请 or the like stands before it: something is asked of it
    unit: str = ""  # of a role: the unit it is bound to, 东塔社区 in 东塔社区书记; empty where it is any
