"""上线前须履行备案。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="新上线的应用没有备案",
    numbers={"since": 20260125},
    scene="""
    ! 应用 城关办 | 城关县教育局 | 上线:2026-02-20 | 备案:-
    ! 应用 城关学 | 城关县教育局 | 上线:2026-01-25 | 备案:办理中
      应用 城关查 | 城关县教育局 | 上线:2026-02-20 | 备案:京备2026001
      应用 城关旧办 | 城关县教育局 | 上线:2025-02-20 | 备案:-
      应用 城关试办 | 城关县教育局 | 上线:2026-04-01 | 备案:-
      应用 城关报 | 城关县教育局 | 上线:2026-02-20
      应用 城关内办 | 城关县医院 | 上线:2026-02-20 | 备案:可不纳入统一备案
    """,
)
def unfiledapp(n: Numbers) -> Expr:
    """先备案，后上线。没有备案之前暂停使用，也不得要求任何人安装。施行日期见条款。"""
    return ~a.filed & (a.online_day >= n["since"]) & (a.online_day <= a.today) & ~a.closed
