"""一个单位在同一平台原则上只开一个账号。"""

from qingqun.enrich.facts import accounts as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="同一单位在同一平台有多个账号",
    numbers={"accounts": 1},
    scene="""
      账号 城关发布 | 城关镇 | 微信 | 2018-03-01 | 2026-03-10
    ! 账号 城关先锋 | 城关镇 | 微信 | 2020-06-01 | 2026-03-10
      账号 城关视频 | 城关镇 | 抖音 | 2021-06-01 | 2026-03-10
      账号 东关发布 | 东关镇 | 微信 | 2018-03-01 | 2026-03-10
      账号 东关旅游 | 东关镇 | 微信 | 2017-03-01 | 2020-03-10 | 2020-05-01
      账号 无名小站 | | 微信 | 2018-03-01 | 2026-03-10
    """,
)
def secondaccount(n: Numbers) -> Expr:
    """同一平台留一个账号，其余的并入后按程序注销。"""
    return (a.accounts_before >= n["accounts"]) & ~a.closed
