"""不得过度留痕：一条通知引出晒图潮。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="一条通知引出多个单位在群里晒图",
    numbers={"senders": 3},
    scene="""
      周三 10:00 工作群 镇办: 请各村上传巡查照片到群
      周三 10:20 工作群 东村: [图片]
      周三 10:21 工作群 东村: [图片]
      周三 10:30 工作群 西村: [图片]
    ! 周三 10:40 工作群 南村: [图片]
      周三 10:50 工作群 北村: [图片]
      周四 12:30 闲聊群 小李: [图片]
      周四 12:31 闲聊群 小王: [图片]
      周四 12:32 闲聊群 小赵: [图片]
    """,
)
def photorace(n: Numbers) -> Expr:
    """大家在群里比着发图，是要求发图的那条通知引起的，问题归于它，不归于发图的人。单位数为产品默认。"""
    return m.photo_senders_since_demand == n["senders"]
