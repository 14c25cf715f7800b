"""未提供有效互动功能为不合格。"""

from qingqun.enrich.facts import accounts as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="账号没有互动功能",
    scene="""
    ! 账号 城关发布 | 城关镇 | 微信 | 2018-03-01 | 2026-03-10 | | 互动:无
    ! 账号 东关发布 | 东关镇 | 抖音 | 2018-03-01 | 2026-03-10 | | 内容:办事指南 | 互动:否
      账号 西关发布 | 西关镇 | 微信 | 2018-03-01 | 2026-03-10 | | 互动:有
      账号 南关发布 | 南关镇 | 微信 | 2018-03-01 | 2026-03-10
      账号 北关发布 | 北关镇 | 微信 | 2018-03-01 | 2025-01-01 | 2025-02-01 | 互动:无
    """,
)
def deafaccount() -> Expr:
    """开放留言，有人看，有人答。"""
    return ~a.interactive & ~a.closed
