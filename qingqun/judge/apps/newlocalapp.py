"""县乡（街道）一律不得单独新建。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="县、乡镇（街道）新建应用",
    numbers={"level": 4, "since": 20241101},
    scene="""
    ! 应用 城关办 | 城关县教育局 | 上线:2025-02-20
    ! 应用 青松通 | 青松街道办事处 | 上线:2026-02-20
      应用 城关旧办 | 城关县教育局 | 上线:2023-02-20
      应用 市务办 | 某市教育局 | 上线:2026-02-20
      应用 城关用 | 城关县教育局 | 自建:否 | 上线:2026-02-20
    """,
)
def newlocalapp(n: Numbers) -> Expr:
    """用省、市已有的应用。起算日期由条款给出；层级：4 为县。"""
    return (a.level >= n["level"]) & (a.online_day >= n["since"]) & a.built_here & ~a.closed
