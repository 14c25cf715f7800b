"""面向群众的办事应用整合到统一入口。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="面向群众的应用没有整合到统一入口",
    numbers={"level": 1},
    scene="""
    ! 应用 城关办 | 城关县民政局 | 对象:公众 | 入口:-
    ! 应用 城关查 | 城关县民政局 | 对象:公众 | 入口:未整合
      应用 城关通 | 城关县民政局 | 对象:公众 | 入口:省政务服务平台
      应用 城关内办 | 城关县民政局 | 对象:干部 | 入口:-
      应用 城关报 | 城关县民政局 | 对象:公众
    """,
)
def publicentry(n: Numbers) -> Expr:
    """群众只记一个入口。把功能迁到本省统一的办事入口，原应用公告后关停。层级：1 为全部，4 为县级及以下。"""
    return ~a.in_entry & (a.audience == "public") & (a.level >= n["level"]) & ~a.closed
