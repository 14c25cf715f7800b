"""谁建群谁负责、谁管理谁负责。"""

from qingqun.enrich.facts import groups as g
from qingqun.judge.rule import Expr, rule


@rule(
    title="没有登记群主或管理员",
    scene="""
    ! 群 防汛群 | 城关镇 | 专项 | 2025-05-01 | 2026-10-15 | 2026-03-10
    ! 群 志愿者群 | 城关镇 | 公众 | 2024-05-01 | | | 无
      群 城关镇工作群 | 城关镇 | 综合 | 2023-01-05 | | | 张主任
      群 网格群 | 城关镇 | 专题 | 2024-01-05 | | 2026-03-10 | 镇办小李
      群 旧群 | 城关镇 | 专题 | 2023-01-05 | | | | | 2024-01-01
    """,
)
def ownerless() -> Expr:
    """每个群都要有人负责：建立者或管理者履行管理责任。没有人愿意负责的群，就是可以解散的群。"""
    return ~g.has_owner & ~g.disbanded
