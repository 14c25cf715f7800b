"""给基层留出整理汇总时间。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="要求完成的时间过短",
    numbers={"worked": 3600, "least": 14400},
    limits={"worked": "worked_to_deadline", "least": "seconds_to_deadline"},
    scene="""
    ! 周三 17:15 工作群 镇办: 请各村今晚八点前报送人口统计表
    ! 周四 17:05 工作群 张主任: 各科室请于明天上午八点前提交自查报告
    ! 周三 17:20 工作群 镇办: 请各社区明天上午9点前报送出租屋统计表
    ! 周二 09:40 工作群 镇办: 请各社区今天中午12点前上报重点企业台账
    ! 周一 08:35 工作群 镇办: 请各社区今天下午3点前报送出租屋统计表,表格附后
    ! 周五 09:10 工作群 镇办: 请各村填写附件表格,今天下班前交到民政办
    ! 周六 09:00 工作群 张主任: 请各科室今天17:00前报送自查表
      周三 09:00 工作群 镇办: 请各村周五下班前报送人口统计表
      周三 09:05 工作群 镇办: 请各社区明天下午3点前报送出租屋统计表
      周三 17:15 工作群 镇办: 请各村下周三前报送人口统计表
      周三 17:25 工作群 镇办: 请各村明天上午11点前报送人口统计表
      周三 08:40 工作群 镇办: 请各社区今天下午5点前报送参会人员名单
      周三 08:45 工作群 镇办: 请各村今天下午5点前把门前积雪扫干净
      周二 14:40 工作群 镇办: 水库出现管涌险情,请各村今天下午四点前转移下游群众
      周二 14:45 工作群 小李: 好的,收到
    """,
)
def shortdeadline(n: Numbers) -> Expr:
    """上午发表格、下午要数据，没有给基层留出整理汇总时间；临下班、下班后或者休息日布置，上班就要，也一样。

    给几天时间，或者先打招呼再要。原文没有数字：到时限为止的工作时间、从发出起的总时间，两个最短时间都是产品默认。
    """
    hurried = (m.worked_to_deadline <= n["worked"]) | (m.seconds_to_deadline <= n["least"])
    same_day = m.due_same_afternoon & m.wants_data
    return m.is_publishing & (hurried | same_day) & ~m.is_emergency
