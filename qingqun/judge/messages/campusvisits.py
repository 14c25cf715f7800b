"""每校每学期进校园活动不超过六次。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="一学期进校园活动过多",
    numbers={"visits": 2},
    scene="""
      2026-02-25 10:00 教师群 镇办: 【通知】请各班周五组织反诈宣传进校园活动
      2026-02-27 10:00 教师群 镇办: 【通知】请各班周五组织消防演练进校园活动
    ! 2026-03-02 10:00 教师群 镇办: 【通知】请各班周五组织非遗体验进校园活动
      2026-03-04 10:00 教师群 教务处: 【通知】请各班周五组织春季体检
      2026-03-04 11:00 教师群 小李: 好的
    """,
)
def campusvisits(n: Numbers) -> Expr:
    """一学期先排好，超过的并到下学期或者谢绝。次数按群里的通知计算；示例中的次数小于产品默认。"""
    return m.campus_in_term > n["visits"]
