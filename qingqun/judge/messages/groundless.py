"""可以延长工作时间的，只有国家或上级的紧急任务，和严重灾害、事故等需要紧急处理的情形。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="以紧急为名在非工作时间布置，没有写明事由",
    within="overtime",
    scene="""
    ! 周三 20:15 工作群 镇办: 【紧急通知】请各村今晚十点前报送党员信息统计表
    ! 周六 09:00 工作群 张主任: 特急!请各科室马上把上半年工作总结报我
    ! 周三 21:00 工作群 镇办: 【急】防汛工作台账请各村今晚十二点前报来
      周三 20:20 工作群 镇办: 【紧急通知】接县委办紧急通知,请各村今晚十点前报送党员信息统计表
      周三 20:25 工作群 镇办: 【紧急】台风今夜登陆,请各村今晚十点前报送低洼地带住户名单
      周三 20:30 工作群 镇办: 【紧急】后山发生山体滑坡,有人被困,请值班人员马上组织转移
      周三 09:15 工作群 镇办: 【紧急通知】请各村今天下班前报送党员信息统计表
      周三 20:35 工作群 镇办: 这个表不急,请各村周五下班前报送
      周三 20:40 工作群 镇办: 请各村今晚十点前更新紧急联系人名单
    """,
)
def groundless() -> Expr:
    """写明是哪一级的什么紧急任务，或者什么灾害、事故，由谁批准；写不出来的，就不紧急，放到下一个工作日。"""
    outside = m.grade.is_in(["after", "night", "rest_day", "holiday"])
    hurried = m.due_before_next_workday | m.wants_at_once
    return m.is_work & m.claims_urgency & outside & hurried & ~m.gives_ground & ~m.is_emergency
