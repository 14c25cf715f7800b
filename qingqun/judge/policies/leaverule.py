"""加群自愿、退群自由。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度不许退群或强制入群",
    instead="因工作需要入群的由单位登记；调离、任务完成或者不再需要的，可以自行退群。",
    scene="""
    ! 制度 严禁退群,执意退群的给予警告
    ! 制度 全体职工必须加入工作群
      制度 调离的人员及时退群
      制度 加群自愿,退群自由
      制度 不得强制入群
    """,
)
def leaverule() -> Expr:
    """因工作需要由单位登记进群；调离或者不再需要就可以退。"""
    return p.no_leaving
