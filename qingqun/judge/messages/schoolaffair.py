"""未经批准不得搞“进校园”，不得要求学校开展“小手拉大手”。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="未经批准的进校园活动",
    scene="""
    ! 周三 10:00 教师群 镇办: 请各校本周组织反诈宣传进校园活动,活动照片发群里
    ! 周三 11:00 教师群 镇办: 各校要开展“小手拉大手”垃圾分类活动
      周三 14:00 教师群 教务处: 根据区教育局白名单通知要求,周五开展消防进校园活动
      周三 15:00 教师群 教务处: 周五下午全体教师开会
      周四 10:00 教师群 小李: 最近校园里的樱花开了
    """,
)
def schoolaffair() -> Expr:
    """先看在不在白名单、有没有批准。有的写明文号，没有的不进校园。"""
    return m.is_campus & m.is_work & ~m.has_basis
