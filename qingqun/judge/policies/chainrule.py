"""不得强制要求打卡、接龙。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求人人回复收到、打卡、接龙",
    instead="群内通知不要求回复、接龙、打卡；确需确认的，由发布人单独向本人确认。",
    scene="""
    ! 制度 群成员收到通知后一律回复“收到”
    ! 制度 每日早上在群里打卡签到
      制度 通知不要求回复收到
      制度 群内不搞接龙、打卡
      制度 群名写明单位和用途
    """,
)
def chainrule() -> Expr:
    """人人回复，有用的消息就被冲走。需要确认的，由发通知的人私下看已读。"""
    return p.wants_receipt & ~p.is_urgent
