"""每村每周接受调研督查原则上不超过两次。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="一周内督查检查过多",
    numbers={"inspections": 2},
    scene="""
      周一 09:00 工作群 镇办: 【通知】区督查组将于周二到我镇督查防汛工作,请各村做好准备
      周二 09:00 工作群 镇办: 【通知】市调研组将于周三到我镇调研乡村振兴,请各村做好准备
    ! 周三 09:00 工作群 镇办: 【通知】省验收组将于周四到我镇验收厕所改造,请各村做好准备
      周四 09:00 工作群 镇办: 请各村周五前报送人口统计表
      周一 10:00 村务群 镇办: 【通知】区督查组将于周二到村督查防汛工作,请做好准备
    """,
)
def inspections(n: Numbers) -> Expr:
    """几个组合成一次来，能看数据的不到现场。次数按群里的通知计算，可能少于实际。"""
    return m.inspections_in_week > n["inspections"]
