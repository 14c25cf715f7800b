"""加群自愿、退群自由，不硬性要求入群。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="强制入群或不许退群",
    scene="""
    ! 周三 10:00 工作群 镇办: 全体人员必须加入防汛工作群,不得退群
    ! 周三 11:00 工作群 张主任: 严禁私自退群,擅自退群的将通报批评
      周三 14:00 工作群 镇办: 请需要的同志扫码进群
      周三 15:00 工作群 镇办: 调离的同志请及时退群
      周四 10:00 工作群 小李: 我先退群了
    """,
)
def forcedjoin() -> Expr:
    """工作需要的人由单位登记进群，其他人自愿；调离就退，不用说明理由。"""
    return m.forces_joining
