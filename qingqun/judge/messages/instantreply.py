"""不得脱离工作实际强制要求即时响应。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="强制要求即时响应",
    numbers={"seconds": 3600},
    limits={"seconds": "seconds_to_deadline"},
    scene="""
    ! 周三 21:30 工作群 镇办: 明天的会议改到十点,请各科室负责人收到请回复
    ! 周三 10:00 工作群 镇办: 关于报送值班表的通知,请大家10分钟内回复收到
    ! 周六 08:30 工作群 张主任: 通知已发群文件,收到请回复
    ! 周二 14:00 工作群 镇办: 各村看到通知请立即回复收到
    ! 周四 19:00 工作群 镇办: 县里又要数,低保户的底数请各村马上发我
      周三 10:00 工作群 镇办: 明天的会议改到十点,请各科室负责人收到请回复
      周三 21:40 工作群 小李: 收到
      周三 15:00 工作群 张主任: 有问题请随时回复我
      周四 09:00 工作群 镇办: 请各村立即组织一次安全隐患排查,下周五前报送情况
      周三 23:10 工作群 镇办: 突发火情,请值班人员立即赶到幸福小区,收到请回复
    """,
)
def instantreply(n: Numbers) -> Expr:
    """可以要求办理,不可以要求秒回:下班后要求回复,或者只给几分钟;下班后马上要数、要材料也一样。真实应急处置除外。原文没有数字,时限为产品默认。"""
    hurried = ~m.in_worktime | (m.seconds_to_deadline <= n["seconds"])
    demanded = (m.is_reply_demand & (hurried | m.wants_at_once)) | (m.wants_at_once & hurried)
    return demanded & ~m.is_emergency
