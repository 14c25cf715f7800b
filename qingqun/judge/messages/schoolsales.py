"""禁止组织、推荐征订教辅、电子产品。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在家长群推荐教辅、电子产品",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 推荐大家购买这本教辅,扫码下单
    ! 周三 16:40 三年级2班家长群 王老师: 学习机团购链接发在下面
      周三 16:50 三年级2班家长群 王老师: 学校不组织征订教辅
      周三 17:00 三年级2班家长群 王老师: 明天带课本和水彩笔
      周四 08:00 教师群 小李: 推荐大家购买这本教辅
    """,
)
def schoolsales() -> Expr:
    """不推荐，不征订，不代收。"""
    return m.sells & m.is_parents
