"""禁止给家长布置任务，不得要求家长检查、批改作业。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="给家长布置任务",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 请家长检查孩子的背诵并在练习册上签字
    ! 周三 16:40 三年级2班家长群 王老师: 请家长批改今天的口算
      周三 16:50 三年级2班家长群 王老师: 明天降温,请家长给孩子添衣
      周三 17:00 三年级2班家长群 王老师: 作业由老师批改,不需要签字
      周四 08:00 教师群 教务处: 请老师检查作业批改情况
    """,
)
def parenttask() -> Expr:
    """作业由老师批改。需要家长配合的，说明为什么，自愿。"""
    return m.tasks_parents & m.is_parents
