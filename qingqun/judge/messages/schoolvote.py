"""禁止组织网络投票、积赞、发红包。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在家长群拉票、集赞、发红包",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 请家长帮我们班投票,每天可以投三票
    ! 周三 16:40 三年级2班家长群 王老师: 请大家转发集赞
      周三 16:50 三年级2班家长群 王老师: 学校不组织网络投票
      周三 17:00 三年级2班家长群 王老师: 明天班委选举在教室举行
      周四 08:00 教师群 小李: 请大家给食堂满意度投票
    """,
)
def schoolvote() -> Expr:
    """孩子的荣誉不靠家长拉票。"""
    return m.is_vote & m.is_parents
