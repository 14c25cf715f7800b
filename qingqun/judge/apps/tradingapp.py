"""不得用政务应用从事经营性活动。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用里有经营内容",
    scene="""
    ! 应用 城关办 | 城关县教育局 | 功能:通知、特产商城
    ! 应用 城关通 | 城关县文旅局 | 功能:导览,开屏广告
      应用 城关查 | 城关县教育局 | 功能:公文、通知,没有广告
      应用 城关报 | 城关县市场监管局 | 功能:企业年报
      应用 城关停 | 城关县教育局 | 功能:广告 | 停用:2026-01-01
    """,
)
def tradingapp() -> Expr:
    """删去广告、商城和收费内容。"""
    return a.trades & ~a.closed
