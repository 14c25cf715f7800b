"""不得脱离工作实际强制要求即时响应。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="强制要求即时响应",
    numbers={"seconds": 3600},
    scene="""
    ! 周三 21:30 工作群 镇办: 明天的会议改到十点,请各科室负责人收到请回复
    ! 周三 10:00 工作群 镇办: 关于报送值班表的通知,请大家10分钟内回复收到
    ! 周六 08:30 工作群 张主任: 通知已发群文件,收到请回复
    ! 周二 14:00 工作群 镇办: 各村看到通知请立即回复收到
      周三 10:00 工作群 镇办: 明天的会议改到十点,请各科室负责人收到请回复
      周三 21:40 工作群 小李: 收到
      周三 15:00 工作群 张主任: 有问题请随时回复我
      周三 23:10 工作群 镇办: 突发火情,请值班人员立即赶到幸福小区,收到请回复
    """,
)
def instantreply(n: Numbers) -> Expr:
    """可以要求办理,不可以要求秒回:下班后要求回复,或者只给几分钟。真实应急处置除外。原文没有数字,时限为产品默认。"""
    hurried = ~m.in_worktime | m.wants_at_once | (m.seconds_to_deadline <= n["seconds"])
    return m.is_reply_demand & hurried & ~m.is_emergency
