"""停止维护的账号应当关停注销。"""

from qingqun.enrich.facts import accounts as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="停更已久、没有注销的公众账号",
    numbers={"days": 180},
    scene="""
    ! 账号 城关发布 | 城关镇 | 微信 | 2018-03-01 | 2025-05-10
    ! 账号 东关发布 | 东关镇 | 抖音 | 2018-03-01 | 2023-02-26
      账号 西关发布 | 西关镇 | 微信 | 2018-03-01 | 2026-02-10
      账号 南关发布 | 南关镇 | 微信 | 2018-03-01 | 2025-01-01 | 2025-02-01
      账号 北关发布 | 北关镇 | 微信 | 2018-03-01
    """,
)
def deadaccount(n: Numbers) -> Expr:
    """半年没有更新，多半是没有人维护了。公告之后关停，按程序注销，不要只是放着。天数为产品默认。"""
    return (a.days_since_post > n["days"]) & ~a.closed
