"""备案表含立项审核：没有立项审批的应用备不了案。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用没有立项审批",
    scene="""
    ! 应用 城关办 | 城关县民政局 | 立项:-
    ! 应用 城关查 | 城关县教育局 | 立项:未立项
      应用 城关通 | 城关县民政局 | 立项:城数字〔2026〕3号
      应用 城关报 | 城关县民政局
      应用 城关停 | 城关县民政局 | 立项:- | 停用:2026-01-01
    """,
)
def unapprovedapp() -> Expr:
    """先立项审核，再建设，再备案。补办立项，或者关停。"""
    return ~a.approved & ~a.closed
