"""不得强制要求接龙。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="一条要求引出一串“收到”",
    numbers={"receipts": 5},
    scene="""
      周三 10:00 工作群 镇办: 关于开展春季防火巡查的通知,请各村认真落实,收到请回复
      周三 10:01 工作群 小李: 收到
      周三 10:02 工作群 小王: 收到
      周三 10:03 工作群 小赵: 收到,谢谢
      周三 10:04 工作群 小钱: 收到
    ! 周三 10:05 工作群 小孙: 好的收到
      周三 10:06 工作群 小周: 收到
      周四 09:00 科室群 张主任: 下周一上午九点在三楼开例会,请大家准时参加
      周四 09:01 科室群 小李: 收到
      周四 09:02 科室群 小王: 收到
      周四 09:03 科室群 小赵: 收到
      周四 09:04 科室群 小钱: 收到
      周四 09:05 科室群 小孙: 收到
    """,
)
def replychain(n: Numbers) -> Expr:
    """人人在群里回"收到"不是工作。问题归于要求回复的那条通知，不归于回复的人；需要知道谁看过，用不打扰别人的方式确认。条数为产品默认。"""
    return m.receipts_since_demand == n["receipts"]
