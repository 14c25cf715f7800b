"""不得强制推广。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="强制下载、关注、转发、点赞、投票",
    scene="""
    ! 周三 10:00 工作群 镇办: 请全体干部职工今天下载反诈APP并注册
    ! 周三 11:00 工作群 张主任: 每人发动5名亲友关注街道公众号
    ! 周四 15:00 工作群 镇办: 请大家务必将链接转发到朋友圈并点赞
      周三 10:00 工作群 镇办: 街道公众号开通了预约服务,感兴趣的可以看看
      周三 14:00 工作群 小李: 请大家周五前把各自的通讯录更新一下
      周四 10:00 工作群 镇办: 警方提醒:不要下载来历不明的APP,谨防受骗
    """,
)
def forcedpromotion() -> Expr:
    """推广应出于实际需要，不得作强制性要求。把"请全体"改成"有需要的可以",不收截图，不列名单。"""
    return m.is_forced_promotion
