"""谁主办谁负责、谁使用谁负责。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用没有登记责任人",
    scene="""
    ! 应用 城关办 | 城关县民政局 | 负责:-
    ! 应用 无主办 | | 负责:-
      应用 城关查 | 城关县教育局 | 负责:张主任
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 负责:- | 停用:2026-01-01
    """,
)
def ownerlessapp() -> Expr:
    """每个应用都要有主办单位和责任人，管到建设、使用和安全。"""
    return ~a.has_owner & ~a.closed
