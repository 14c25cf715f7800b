"""原则上非工作时间不发布工作信息。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度允许晚上发布通知",
    instead="工作信息原则上在工作时间发布；下班后、节假日不发布（紧急情况除外）。",
    scene="""
    ! 制度 通知发布时间为6:00—23:00
    ! 制度 每日8点至21点可以在群内发布工作信息
      制度 通知发布时间为8:30—17:30
      制度 值班电话受理时间为8:00至22:00,处理突发情况
      制度 群名写明单位和用途
    """,
)
def quietrule() -> Expr:
    """静默时段宽到夜里才开始，就失去了意义。"""
    return p.late_hours & ~p.is_urgent
