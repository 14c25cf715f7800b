"""不得把工作群当作24小时工作媒介。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求全天候在线",
    instead="群成员在工作时间内查看消息；休息时间由值班人员负责联络，其他人员不要求在线。",
    scene="""
    ! 制度 群成员手机须24小时开机,保持微信在线
    ! 制度 节假日也要及时查看群消息并回复
      制度 值班人员24小时在线
      制度 下班后不要求查看群消息
      制度 群主由办公室主任担任
    """,
)
def alwaysrule() -> Expr:
    """只有当班的值班人员需要随时找得到。"""
    return p.always_on & ~p.is_urgent
