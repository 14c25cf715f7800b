"""禁止在群内讨论个别学生问题。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在家长群点名说学生的问题",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 王小明同学今天上课走神
    ! 周三 16:40 三年级2班家长群 王老师: 李小红的妈妈,孩子又没交语文本
      周三 16:50 三年级2班家长群 王老师: 王小明同学获得了朗诵一等奖
      周三 17:00 三年级2班家长群 王老师: 有的同学没带红领巾,请准备好
      周四 08:00 教师群 小李: 王小明同学今天上课走神
    """,
)
def namedpupil() -> Expr:
    """孩子的事单独和家长说。"""
    return m.names_pupil & m.is_parents
