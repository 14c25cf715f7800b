"""群成员实名。"""

from qingqun.enrich.facts import groups as g
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="群里多人没有用真实姓名",
    numbers={"percent": 20, "members": 5},
    scene="""
    ! 群 防汛群 | 城关镇 | 专项 | 2025-05-01 | | | 张主任 | A00风清云淡 Sunny 一米九 王小明 138的人
      群 网格群 | 城关镇 | 专题 | 2024-01-05 | | | 张主任 | 李小红 城关镇-王小明 民政办赵大伟 陈晨
      群 二人群 | 城关镇 | 专题 | 2024-01-05 | | | 张主任 | Sunny Moon
      群 居民群 | 城关镇 | 公众 | 2024-01-05 | | | 张主任 | Sunny Moon 晴天 娃哈哈 小熊
      群 无名单群 | 城关镇 | 专题 | 2023-01-05
    """,
)
def nickname(n: Numbers) -> Expr:
    """工作群里用“单位＋姓名”，免得认错人、拉错人。群众自愿加入的群不要求。百分数和起算人数为产品默认。"""
    return (g.nicknames >= n["percent"]) & (g.members_seen >= n["members"]) & ~g.kind.is_in(["public", "personal"]) & ~g.disbanded
