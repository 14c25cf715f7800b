"""不得擅自延长工作时间。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="要求在非工作时间完成工作",
    scene="""
    ! 周三 20:15 工作群 镇办: 请各村今晚十点前报送入户走访表
    ! 周六 09:00 工作群 张主任: 请各科室今天下午五点前把自查报告发我
      周三 20:15 工作群 镇办: 请各村于下周五前报送入户走访表
      周三 09:15 工作群 镇办: 请各村今天下班前报送入户走访表
      周三 22:00 工作群 镇办: 山洪红色预警,请各村今晚十一点前把沿河群众全部转移
      周六 09:10 工作群 小李: 收到
    """,
)
def overtime() -> Expr:
    """非工作时间发出、又要在下次上班之前完成,等于变相延长工作时间。把时限放到下一个工作日之后,或者说明属于特殊情况、紧急任务。"""
    outside = m.grade.is_in(["after", "night", "rest_day", "holiday"])
    return m.is_publishing & outside & m.due_before_next_workday & ~m.is_emergency
