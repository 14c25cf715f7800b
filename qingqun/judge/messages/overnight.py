"""不搞刻意的“传达不过夜”。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="要求连夜传达、落实不过夜",
    scene="""
    ! 周三 16:10 工作群 镇办: 各村要连夜组织党员传达学习会议精神,明早上报落实情况
    ! 周三 17:00 工作群 张主任: 全会精神传达不过夜,各科室今晚务必组织学习
      周三 16:10 工作群 镇办: 请各村周五前组织党员学习会议精神
      周三 16:20 工作群 小李: 昨天连夜下了一场大雨,路上小心
      周三 22:10 工作群 镇办: 水库出现管涌险情,请值班人员连夜组织下游群众转移
      周三 10:00 工作群 镇办: 会议精神下周学习即可,不要连夜传达
    """,
)
def overnight() -> Expr:
    """传达到位看效果，不看是不是当晚。写明合理的期限，在工作时间组织。"""
    return m.is_overnight & m.is_work & ~m.is_emergency
