"""应建立安全管理制度。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用没有登记安全责任",
    scene="""
    ! 应用 城关办 | 城关县民政局 | 安全:-
    ! 应用 城关查 | 城关县教育局 | 安全:未定
      应用 城关通 | 城关县民政局 | 安全:等保二级,小李
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 安全:- | 停用:2026-01-01
    """,
)
def unsecuredapp() -> Expr:
    """写明安全责任人、等级保护的级别和最近一次测评。"""
    return ~a.has_security & ~a.closed
