"""部署综合性工作一般不超过五千字，专项工作一般不超过四千字。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="通知过长",
    numbers={"characters": 5000, "special": 4000},
    scene="""
    ! 周三 10:00 工作群 镇办: 关于开展人居环境专项整治的通知,请各村遵照执行。〔这一节写明具体的做法和分工。〕×320
    ! 周三 10:30 工作群 镇办: 关于做好今年各项工作的通知,请各村遵照执行。〔这一节写明具体的做法和分工。〕×380
      周三 10:40 工作群 镇办: 关于做好今年各项工作的通知,请各村遵照执行。〔这一节写明具体的做法和分工。〕×320
      周三 11:00 工作群 镇办: 请各村周五前报送人口统计表
      周三 11:10 工作群 小李: 收到
      周三 11:20 工作群 小王: 好的
    """,
)
def longnotice(n: Numbers) -> Expr:
    """开门见山，写清楚要谁、做什么、到什么时候。背景和依据放进附件。"""
    return m.is_work & ((m.characters > n["characters"]) | (m.says_special & (m.characters > n["special"])))
