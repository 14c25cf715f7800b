"""下班后不得在群里发布或转发工作任务。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="下班后布置或转发工作任务",
    within="offhours",
    scene="""
    ! 周二 19:20 工作群 张主任: 请各社区明天上午十点前上报重点人员走访台账
    ! 周四 23:05 工作群 镇办: 【通知】各科室请于周五下班前提交半年工作总结
      周二 16:20 工作群 张主任: 请各社区明天上午十点前上报重点人员走访台账
      周二 19:25 工作群 小李: 收到
      周二 19:40 工作群 张主任: 燃气泄漏!请值班人员立即到幸福里疏散居民
      周二 20:00 工作群 小李: 今天的月亮好圆
    """,
)
def afterwork() -> Expr:
    """任务留到工作时间再发。下班后看到的任务，可以先存草稿，定时到下一个工作日上班时发出。"""
    return m.is_notice & m.is_publishing & m.grade.is_in(["after", "night"]) & ~m.is_emergency
