"""同样材料不得让基层反复提供。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, Numbers, rule


@rule(
    title="不同的人重复索要同名材料",
    numbers={"days": 90},
    scene="""
      周一 09:00 工作群 镇办: 请各村周五前报送重点人员走访台账
    ! 周三 10:00 综治群 综治办: 请各村周五下班前上报重点人员走访台账
      周三 11:00 工作群 镇办: 请尚未报送重点人员走访台账的村抓紧
      周三 14:00 民政群 民政办: 请各村周五前报送困难家庭花名册
      周四 09:00 安监群 安监办: 请各村报送3月份安全检查统计表
      周四 15:00 综合群 党建办: 请各村报送4月份安全检查统计表
    """,
)
def datarepeat(n: Numbers) -> Expr:
    """先问一问谁已经有这份材料，一次采集，大家共用。天数为产品默认；同名不等于同样，合并前请核对。"""
    return (m.seconds_since_material <= n["days"] * 86_400) & ~m.is_emergency
