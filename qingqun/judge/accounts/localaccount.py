"""县级政府部门和乡镇（街道）原则上不单独开设政务新媒体。"""

from qingqun.enrich.facts import accounts as a
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="县级部门、乡镇（街道）单独开设的账号",
    numbers={"level": 4},
    scene="""
    ! 账号 城关教育 | 城关县教育局 | 微信 | 2018-03-01 | 2026-03-10
    ! 账号 青松发布 | 青松街道办事处 | 抖音 | 2018-03-01 | 2026-03-10
      账号 城关发布 | 城关县人民政府 | 微信 | 2018-03-01 | 2026-03-10
      账号 某市教育 | 某市教育局 | 微信 | 2018-03-01 | 2026-03-10
      账号 南关发布 | 南关镇人民政府 | 微信 | 2018-03-01 | 2025-01-01 | 2025-02-01
      账号 城关一小 | 城关县第一小学 | 微信 | 2018-03-01 | 2026-03-10
    """,
)
def localaccount(n: Numbers) -> Expr:
    """内容交给县里统一的账号发布，原账号公告后注销。层级：4 为县。"""
    return ((a.level > n["level"]) | ((a.level == n["level"]) & a.department)) & ~a.closed
