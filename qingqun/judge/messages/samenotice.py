"""一件事，发一次。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="同一通知在多个群重复发布",
    numbers={"groups": 1},
    product=True,
    scene="""
      周三 10:00 甲群 镇办: 关于召开一季度安全生产会议的通知:请各村主任周五上午九点到镇政府三楼会议室参加会议
    ! 周三 10:05 乙群 镇办: 关于召开一季度安全生产会议的通知:请各村主任周五上午九点到镇政府三楼会议室参加会议
    ! 周三 15:20 丙群 张主任: 【转发】关于召开一季度安全生产会议的通知:请各村主任周五上午九点到镇政府三楼会议室参加会议
      周三 16:00 甲群 镇办: 关于召开一季度安全生产会议的通知:请各村主任下周五上午九点到镇政府三楼会议室参加会议
      周三 16:30 乙群 镇办: 关于召开一季度防汛工作会议的通知:请各村书记周四下午三点到水利站二楼会议室参加会议
      周三 10:10 甲群 小李: 收到
      周三 10:11 乙群 小李: 收到
    """,
)
def samenotice(n: Numbers) -> Expr:
    """同一个人在几个群里看到同一条通知，每次都要再读一遍，才知道没有变化。按受众发一次；确需补充，只发补充的部分。"""
    return m.is_notice & (m.copies_in_other_groups >= n["groups"]) & ~m.is_emergency
