"""不得在工作群组里随意摊派任务、索要材料。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在群里摊派数量任务",
    scene="""
    ! 周三 10:00 工作群 镇办: 每个村本月必须报送信息不少于5篇
    ! 周三 11:00 工作群 张主任: 每名干部要完成报刊征订3份
    ! 周四 10:00 工作群 镇办: 请全体干部关注街道公众号并转发朋友圈,每人不少于3次
      周四 11:00 工作群 镇办: 街道公众号有新文章,有兴趣的同志可以看看
      周三 14:00 工作群 镇办: 根据《农业普查方案》要求,每个村须报送样本不少于10户
      周三 15:00 工作群 镇办: 周五开会,每个村要派2人参加
      周三 15:30 工作群 小李: 每人一份盒饭已经放在门口
      周四 09:00 工作群 镇办: 请各村周五前报送人口统计表
    """,
)
def assigning() -> Expr:
    """按人头、按村社定数量，又没有依据，就是摊派。有依据的写明文号；没有的取消数量，改为自愿。"""
    set_for_each = (m.is_quota & m.is_work & ~m.is_forced_promotion) | (m.is_forced_promotion & m.counts_heads)
    return set_for_each & ~m.has_basis & ~m.is_attendance & ~m.is_emergency
