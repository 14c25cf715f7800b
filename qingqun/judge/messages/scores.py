"""考试结果不排名、不公布。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在群里公布学生成绩、排名",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 王小明 95 李小红 88 张小华 76 赵小刚 69
    ! 周三 16:40 三年级2班家长群 王老师: 本次测验成绩如下,请家长查看
      周三 16:50 三年级2班家长群 王老师: 成绩不公布,可以单独问我
      周三 17:00 三年级2班家长群 王老师: 明天春游,每人带水
      周四 08:00 教师群 教务处: 教师考核成绩如下
    """,
)
def scores() -> Expr:
    """等级评价，单独告知本人和家长。"""
    return m.shows_scores & m.is_parents
