"""一个部门面向基层的政务应用原则上不超过一个。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="同一部门有多个面向基层的应用",
    numbers={"apps": 1, "top": 1, "bottom": 6},
    scene="""
      应用 民政通 | 某省民政厅 | 对象:干部 | 上线:2020-01-05
    ! 应用 民政办 | 某省民政厅 | 对象:干部 | 上线:2021-01-05
      应用 民政查 | 某省民政厅 | 对象:公众 | 上线:2021-01-05
      应用 民政旧 | 某省民政厅 | 对象:干部 | 上线:2019-01-05 | 停用:2020-01-05
      应用 教育通 | 某省教育厅 | 对象:干部 | 上线:2021-01-05
    """,
)
def secondapp(n: Numbers) -> Expr:
    """留一个，其余的整合进去。适用的层级由条款给出：1 国家，2 省，3 市，4 县，5 乡镇，6 村。"""
    return (a.apps_before >= n["apps"]) & (a.level >= n["top"]) & (a.level <= n["bottom"]) & ~a.closed
