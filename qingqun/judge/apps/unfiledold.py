"""施行前已上线的应用应在六个月内完成备案。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="已上线的应用逾期未备案",
    numbers={"since": 20260125, "deadline": 20260301},
    scene="""
    ! 应用 城关旧办 | 城关县教育局 | 上线:2025-02-20 | 备案:-
    ! 应用 城关老办 | 城关县民政局 | 上线:2019-02-20 | 备案:未备案
      应用 城关新办 | 城关县教育局 | 上线:2026-02-20 | 备案:-
      应用 城关查 | 城关县教育局 | 上线:2025-02-20 | 备案:京备2026001
      应用 城关停办 | 城关县教育局 | 上线:2025-02-20 | 停用:2026-01-31 | 备案:-
      应用 城关报 | 城关县教育局 | 上线:2025-02-20
    """,
)
def unfiledold(n: Numbers) -> Expr:
    """原有的应用要么补办备案，要么关停。施行日期和期限由条款给出；示例中的期限早于检查日。"""
    return ~a.filed & (a.online_day < n["since"]) & (a.today > n["deadline"]) & ~a.closed
