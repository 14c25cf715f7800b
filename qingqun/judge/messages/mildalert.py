"""预警分红橙黄蓝四级，突发事件分四级：不是每一级都要半夜叫醒所有人。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="低级别的预警、事件在非工作时间发给全群",
    numbers={"warning": 2, "event": 3},
    within="offhours",
    scene="""
    ! 周三 22:10 工作群 镇办: 县气象台发布大风蓝色预警信号,请各村注意防范
    ! 周六 21:00 工作群 镇办: 【提醒】暴雨黄色预警,请各村做好排水沟清理工作
    ! 周三 23:00 工作群 镇办: 我县启动IV级应急响应,请各村按职责做好工作
    ! 周三 21:30 工作群 镇办: 邻镇发生一般突发环境事件,请各村做好群众解释工作
      周三 22:10 防汛值班群 镇办: 县气象台发布大风蓝色预警信号,请各村注意防范
      周三 22:20 工作群 镇办: 县气象台发布暴雨橙色预警信号,请各村立即转移低洼地带群众
      周三 22:30 工作群 镇办: 暴雨蓝色预警,后山已出现滑坡,请立即转移山脚群众
      周三 15:00 工作群 镇办: 县气象台发布大风蓝色预警信号,请各村注意防范
      周三 22:40 工作群 小李: 收到
    """,
)
def mildalert(n: Numbers) -> Expr:
    """先发给值班人员，其他人上班再看；红色、橙色预警和较大以上的事件，以及危及生命的情况，马上发出。级别界限为产品默认：1 最重，4 最轻。"""
    outside = m.grade.is_in(["after", "night", "rest_day", "holiday"])
    mild = (m.warning_level > n["warning"]) | (m.event_grade > n["event"])
    return m.is_work & mild & outside & ~m.is_duty_group & ~m.is_emergency
