"""家校信息在工作时间发布，保障休息权。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在休息时间向家长群发布信息",
    within="offhours",
    scene="""
    ! 周三 22:30 三年级2班家长群 王老师: 【通知】明天上午八点半召开家长会,请各位家长准时参加
    ! 2026-03-14 21:00 三年级2班家长群 王老师: 【通知】下周一全校春季体检,请各位家长给孩子准备好水壶
      周三 15:30 三年级2班家长群 王老师: 【通知】明天上午八点半召开家长会,请各位家长准时参加
      周三 22:40 三年级2班家长群 小李爸爸: 好的
      周三 22:50 教师群 教务处: 【通知】明天上午八点半召开教研会,请各位老师准时参加
    """,
)
def parentsoffhours() -> Expr:
    """写好定时发，留到上班时间。"""
    return m.is_publishing & m.is_parents & ~m.in_worktime & ~m.is_emergency
