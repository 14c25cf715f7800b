"""未备案的群不得再用。"""

from qingqun.enrich.facts import groups as g
from qingqun.judge.rule import Expr, rule


@rule(
    title="群没有登记在台账里",
    scene="""
      群 城关镇工作群 | 城关镇 | 综合 | 2023-01-05
      周三 10:00 城关镇工作群 镇办: 请各村今日报送统计表
    ! 周三 10:05 防汛临时群 镇办: 请各村今日报送统计表
      周三 10:10 防汛临时群 小李: 收到
      群 民政群 | 城关镇 | 部门 | 2023-01-05
    """,
)
def unregistered() -> Expr:
    """登记建群人、用途和期限，或者解散。只有读入了台账才能这样判断；聊天记录里的群名与台账写法不同的，先改台账。"""
    return ~g.registered
