"""移动客户端不能下载或使用为不合格。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用不能下载或使用",
    scene="""
    ! 应用 城关办 | 城关县民政局 | 可用:否
    ! 应用 城关查 | 城关县教育局 | 上线:2020-01-05 | 可用:否
      应用 城关通 | 城关县民政局 | 可用:是
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 可用:否 | 停用:2026-01-01
    """,
)
def unusableapp() -> Expr:
    """能修就修，不修就关停注销。"""
    return ~a.usable & ~a.closed
