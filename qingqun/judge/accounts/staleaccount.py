"""两周不更新即不合格。"""

from qingqun.enrich.facts import accounts as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="公众账号长期未更新",
    numbers={"days": 14},
    scene="""
    ! 账号 城关发布 | 城关镇 | 微信 | 2018-03-01 | 2026-02-10
    ! 账号 东关发布 | 东关镇 | 抖音 | 2018-03-01 | 2026-02-26
      账号 西关发布 | 西关镇 | 微信 | 2018-03-01 | 2026-02-27
      账号 南关发布 | 南关镇 | 微信 | 2018-03-01 | 2025-01-01 | 2025-02-01
      账号 北关发布 | 北关镇 | 微信 | 2018-03-01
    """,
)
def staleaccount(n: Numbers) -> Expr:
    """监测时点前两周内没有更新。有人维护就更新，无力维护就关停注销；为更新而更新的内容不要发。"""
    return (a.days_since_post > n["days"]) & ~a.closed
