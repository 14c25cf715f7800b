"""县以下单位原则上不得开发建设政务应用。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="县以下单位自建政务应用",
    numbers={"level": 4},
    scene="""
    ! 应用 青松网格通 | 青松街道办事处 | 上线:2026-02-20
    ! 应用 幸福里通 | 幸福里社区 | 上线:2025-02-20
    ! 应用 东关办 | 东关镇人民政府 | 自建:是
      应用 城关办 | 城关县教育局 | 上线:2026-02-20
      应用 青松通 | 青松街道办事处 | 自建:否 | 上线:2026-02-20
      应用 东关旧办 | 东关镇人民政府 | 上线:2020-01-05 | 停用:2025-12-31
      应用 无名办 | | 上线:2020-01-05
    """,
)
def belowcounty(n: Numbers) -> Expr:
    """乡镇、街道、村和社区使用上级已有的应用，不再自己建。已建的按程序关停或者移交上级。层级：4 为县，大于 4 为县以下。"""
    return (a.level > n["level"]) & a.built_here & ~a.closed
