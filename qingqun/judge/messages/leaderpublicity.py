"""不得变相搞新闻报道、宣传领导日常政务。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="变相宣传领导日常工作",
    scene="""
    ! 周三 10:00 工作群 宣传: 今天,区委王书记一行莅临我镇视察指导,对我镇工作给予高度评价
    ! 周四 16:00 工作群 宣传: 今天上午,李镇长深入东村走访慰问困难群众,并作重要讲话,现场气氛热烈
      周三 10:00 工作群 镇办: 明天上午区领导来街道调研,请各科室准备好汇报材料
      周三 11:00 工作群 张主任: 请各科室周五前报送一季度工作总结
      周四 10:00 工作群 小李: 王书记让我问一下,水泵修好了没有
    """,
)
def leaderpublicity() -> Expr:
    """工作群和公众账号用来办事。领导的日常活动不在群里报道；依法应公开的信息按规定公开。"""
    return m.is_leader_publicity
