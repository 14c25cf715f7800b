"""不得把政务应用当作日常考核、线上督查的载体。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用用来考核、督查基层",
    scene="""
    ! 应用 城关办 | 城关县教育局 | 对象:干部 | 功能:日常考核、通知
    ! 应用 城关督 | 城关县委办 | 对象:干部 | 功能:线上督查
      应用 城关评 | 城关县教育局 | 对象:公众 | 功能:服务考核公示
      应用 城关查 | 城关县教育局 | 对象:干部 | 功能:公文、督办、通知
      应用 城关报 | 城关县教育局 | 对象:干部 | 功能:通知,不作考核
    """,
)
def assessingapp() -> Expr:
    """考核和督查按计划到现场做，不搬到线上每天做。"""
    return a.assesses & (a.audience == "staff") & ~a.closed
