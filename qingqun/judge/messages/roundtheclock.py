"""不得把工作群当作24小时工作媒介。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="把工作群当作全天候工作媒介",
    numbers={"days": 3},
    scene="""
      周一 21:10 工作群 镇办: 请各村报送防火巡查情况表
      周二 22:30 工作群 镇办: 请各村报送春耕进度表
    ! 周三 21:45 工作群 镇办: 请各村报送厕所改造进度表
      周一 21:00 村务群 张主任: 请各组长明天报送用水户名单
      周二 09:00 村务群 张主任: 请各组长今天报送用水户名单
      周三 09:00 村务群 张主任: 请各组长今天报送低保户名单
      周三 21:00 闲聊群 小李: 明天去爬山吗
    """,
)
def roundtheclock(n: Numbers) -> Expr:
    """偶尔一次是疏忽，一周内多天在下班后发工作信息就成了常态。原文没有数字，天数为产品默认。"""
    return m.offhours_days >= n["days"]
