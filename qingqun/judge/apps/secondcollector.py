"""不得随意或重复要求基层填表报数交材料：填报走一个应用。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="多个应用都要求基层填报",
    numbers={"apps": 1},
    scene="""
      应用 民政填 | 某县民政局 | 对象:干部 | 上线:2020-01-05 | 功能:报表填报
    ! 应用 教育填 | 某县教育局 | 对象:干部 | 上线:2021-01-05 | 功能:数据采集
      应用 民政通 | 某县民政局 | 对象:干部 | 上线:2021-01-05 | 功能:通知、公文
      应用 企业报 | 某县民政局 | 对象:公众 | 上线:2022-01-05 | 功能:企业年报填报
      应用 旧填 | 某县农业局 | 对象:干部 | 上线:2019-01-05 | 功能:报表填报 | 停用:2020-01-01
    """,
)
def secondcollector(n: Numbers) -> Expr:
    """同类材料最多报一次。填报集中到一个应用，其余的取消这项功能。"""
    return a.collects & (a.collectors_before >= n["apps"]) & ~a.closed
