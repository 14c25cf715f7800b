"""给基层留出整理汇总时间。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="要求完成的时间过短",
    numbers={"closing": 1800, "least": 14400},
    scene="""
    ! 周三 17:15 工作群 镇办: 请各村今晚八点前报送人口统计表
    ! 周四 17:05 工作群 张主任: 各科室请于明天上午八点前提交自查报告
    ! 周二 09:40 工作群 镇办: 请各社区今天中午12点前上报重点企业台账
      周三 09:00 工作群 镇办: 请各村周五下班前报送人口统计表
      周三 17:15 工作群 镇办: 请各村下周三前报送人口统计表
      周二 14:40 工作群 镇办: 水库出现管涌险情,请各村今天下午四点前转移下游群众
      周二 14:45 工作群 小李: 好的,收到
    """,
)
def shortdeadline(n: Numbers) -> Expr:
    """上午发表格、下午要数据,临下班布置、上班前就要,都没有给基层留出时间。原文没有数字,秒数为产品默认:临近下班与最短时间。"""
    closing = (m.seconds_to_close <= n["closing"]) | (m.seconds_to_close.is_null() & ~m.in_worktime)
    hurried = (closing & m.due_before_next_workday) | (m.seconds_to_deadline <= n["least"])
    return m.is_publishing & hurried & ~m.is_emergency
