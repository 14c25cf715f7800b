"""制发文件一般不要求报送贯彻落实情况、不要求制定配套文件。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="要求报送贯彻落实情况",
    scene="""
    ! 周三 10:00 工作群 镇办: 请各村周五前报送文件贯彻落实情况
    ! 周三 11:00 工作群 镇办: 各单位要制定实施方案,于3月20日前上报镇办
      周三 14:00 工作群 镇办: 请各村周五前报送人口统计表
      周三 15:00 工作群 镇办: 请各村抓好文件落实,不要求报送落实情况
      周三 15:10 工作群 小李: 材料已经放在共享文件夹
    """,
)
def reportback() -> Expr:
    """“一般”不要求，确有必要的说明理由。需要了解进展的，下去看，或者从已有的数据里取。"""
    return m.asks_back & m.is_work & ~m.is_emergency
