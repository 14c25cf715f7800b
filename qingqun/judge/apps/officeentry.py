"""政务办公应用整合到统一入口。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="办公应用没有整合到统一入口",
    scene="""
    ! 应用 城关内办 | 城关县民政局 | 对象:干部 | 入口:-
    ! 应用 城关通 | 城关县民政局 | 对象:干部 | 入口:未接入
      应用 城关办 | 城关县民政局 | 对象:干部 | 入口:省政务办公平台
      应用 城关查 | 城关县民政局 | 对象:公众 | 入口:-
      应用 城关报 | 城关县民政局 | 对象:干部
    """,
)
def officeentry() -> Expr:
    """干部只开一个入口。把功能迁到本省统一的办公平台。"""
    return ~a.in_entry & (a.audience == "staff") & ~a.closed
