"""使用频率低、实用性不强的应用限期关停注销。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="应用很少有人用",
    numbers={"percent": 5},
    scene="""
    ! 应用 城关办 | 城关县民政局 | 上线:2020-01-05 | 活跃:2%
    ! 应用 城关查 | 城关县教育局 | 活跃:0%
      应用 城关通 | 城关县民政局 | 活跃:35%
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 活跃:0% | 停用:2026-01-01
    """,
)
def idleapp(n: Numbers) -> Expr:
    """没有人用，不是推广得不够，是不需要。公告之后关停注销。百分数为产品默认，指 90 天内用过的人。"""
    return (a.active_percent < n["percent"]) & ~a.closed
