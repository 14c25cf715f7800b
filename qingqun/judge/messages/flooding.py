"""发言须有实质内容，不得刷屏、点赞刷屏。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="刷屏",
    numbers={"messages": 5, "seconds": 300, "receipts": 10, "window": 600},
    scene="""
      周三 10:00:00 工作群 外人: 大家快看
      周三 10:00:20 工作群 外人: 真的快看
      周三 10:00:40 工作群 外人: 都来看看
      周三 10:01:00 工作群 外人: 好消息
    ! 周三 10:01:20 工作群 外人: 天大的好消息
      周三 14:00 工作群 小李: 王科长,低保名单核对完了
      周三 14:06 工作群 小李: 还差两户的银行卡号
      周三 14:20 工作群 小李: 卡号补齐了
      周三 14:41 工作群 小李: 已经报给民政科
      周三 15:10 工作群 小李: 民政科说没有问题
      周四 09:00:00 防汛群 镇办: 台风红色预警,请立即转移一组群众
      周四 09:00:30 防汛群 镇办: 台风红色预警,请立即转移二组群众
      周四 09:01:00 防汛群 镇办: 台风红色预警,请立即转移三组群众
      周四 09:01:30 防汛群 镇办: 台风红色预警,请立即转移四组群众
      周四 09:02:00 防汛群 镇办: 台风红色预警,请立即转移五组群众
    """,
)
def flooding(n: Numbers) -> Expr:
    """同一人短时间连发,或者全群接连点赞、只回"收到",有用的信息就被冲走。合并成一条再发;不需要人人表态。数字为产品默认。"""
    burst = m.seconds_since_earlier(n["messages"] - 1) <= n["seconds"]
    cheers = m.seconds_since_receipt(n["receipts"] - 1) <= n["window"]
    return (burst | cheers) & ~m.is_emergency
