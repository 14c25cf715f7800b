"""原则上一个单位只建一个工作群。"""

from qingqun.enrich.facts import groups as g
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="同一单位有多个综合工作群",
    numbers={"groups": 1},
    scene="""
      群 城关镇工作群 | 城关镇 | 综合 | 2023-01-05
    ! 群 城关镇干部群 | 城关镇 | 综合 | 2024-06-01
    ! 群 城关镇工作二群 | 城关镇 | 综合 | 2025-02-01
      群 城关镇旧工作群 | 城关镇 | 综合 | 2022-01-01 | | | | | 2023-01-01
      群 东关镇工作群 | 东关镇 | 综合 | 2023-01-05
      群 城关镇民政办 | 城关镇 | 部门 | 2024-01-01
      群 城关镇防汛群 | 城关镇 | 专项 | 2026-01-01 | 2026-10-01
    """,
)
def secondmain(n: Numbers) -> Expr:
    """一个单位留一个综合工作群，其余的并入或解散；部门群、专项群另有理由和期限。合并之前先算一算合并后每人每天多少条消息。"""
    return (g.main_groups_before >= n["groups"]) & ~g.disbanded
