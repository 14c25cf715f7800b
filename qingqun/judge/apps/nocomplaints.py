"""政务应用应提供投诉建议功能。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用没有投诉建议功能",
    scene="""
    ! 应用 城关办 | 城关县民政局 | 投诉:无
    ! 应用 城关查 | 城关县教育局 | 功能:通知 | 投诉:无
      应用 城关通 | 城关县民政局 | 投诉:有
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 投诉:无 | 停用:2026-01-01
    """,
)
def nocomplaints() -> Expr:
    """让用的人有地方说话，可以不留名，说了有人答。"""
    return ~a.complaints & ~a.closed
