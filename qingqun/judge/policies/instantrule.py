"""不得脱离工作实际强制要求即时响应。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求即时回复",
    instead="通知写明完成时限，成员在工作时间内办理，不要求即时回复；紧急事项由值班人员电话联系。",
    scene="""
    ! 制度 群成员看到通知后半小时内必须回复。
    ! 制度 领导下达的事项,须马上予以回复确认
    ! 制度 回复时限不得超过20分钟
      制度 值班人员接到险情报告后10分钟内响应
      制度 不得要求群成员即时回复
      制度 通知写明完成的日期,在工作时间办理
    """,
)
def instantrule() -> Expr:
    """时限按事情需要定，落在工作时间里；真正紧急的打电话找值班人员。"""
    return p.wants_instant & ~p.is_urgent
