"""不得把安装、关注、转发、积分当作考核依据。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="把安装、关注、转发、积分作为指标或排名",
    scene="""
    ! 周三 10:00 工作群 镇办: 反诈APP安装率未达90%的社区将在全区通报
    ! 周三 11:00 工作群 张主任: 公众号关注人数纳入年终考核
    ! 周四 15:00 工作群 镇办: 今日各村学习积分排名如下,请后三名加油
      周三 10:00 工作群 镇办: 本月垃圾分类检查排名:东村第一,西村第二
      周三 14:00 工作群 小李: 年终考核材料请周五前交到办公室
      周四 10:00 工作群 镇办: 今天全镇疫苗接种率已达九成,辛苦大家
    """,
)
def assessedpromotion() -> Expr:
    """点赞、转发、安装率、学习时长说明不了工作做得怎样，不作考核评价、评比评选的依据，也不排名、不通报。"""
    return m.is_assessed_promotion
