"""各地各部门定期自查自评。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="应用长期没有自查",
    numbers={"days": 180},
    scene="""
    ! 应用 城关办 | 城关县民政局 | 自查:2025-03-01
    ! 应用 城关查 | 城关县教育局 | 自查:2024-12-31
      应用 城关通 | 城关县民政局 | 自查:2026-01-05
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 自查:2024-01-01 | 停用:2026-01-01
    """,
)
def uncheckedapp(n: Numbers) -> Expr:
    """半年看一次：还有没有人用，还需不需要，有没有不该有的功能。原文只说定期，天数为产品默认。"""
    return (a.days_since_check > n["days"]) & ~a.closed
