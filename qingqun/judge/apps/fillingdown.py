"""填表报数交材料功能一般不向下延伸到县级。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="填报功能延伸到县以下",
    numbers={"level": 4},
    scene="""
    ! 应用 省务填 | 某省民政厅 | 面向:乡镇 | 功能:报表填报
    ! 应用 部务填 | 民政部 | 面向:县 | 功能:数据采集、通知
      应用 省务办 | 某省民政厅 | 面向:乡镇 | 功能:公文、通知
      应用 省内填 | 某省民政厅 | 面向:市 | 功能:报表填报
      应用 省旧填 | 某省民政厅 | 面向:村 | 功能:报表填报 | 停用:2025-01-01
    """,
)
def fillingdown(n: Numbers) -> Expr:
    """同类材料最多报一次，经省级平台统一报送，不让县和县以下再填一遍。层级：4 为县。"""
    return a.collects & (a.reach >= n["level"]) & ~a.closed
