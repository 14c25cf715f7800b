"""禁止用家校软件布置作业。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在家长群布置作业",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 今天的数学作业:练习册第23页,明天交
    ! 周三 16:40 三年级2班家长群 李老师: 请孩子们背诵课文第3课,口算2页
      周三 16:50 三年级2班家长群 王老师: 明天降温,请给孩子添衣
      周三 17:00 教师群 教务处: 今天的数学作业:练习册第23页,请年级组讨论
      周四 08:00 三年级2班家长群 王老师: 本周不布置书面作业
    """,
)
def homework() -> Expr:
    """作业在学校当面布置给学生，由学生自己记。"""
    return m.is_homework & m.is_parents
