"""涉密信息不得上群，应急也不例外。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="发送带有密级标志的内容",
    scene="""
    ! 周三 10:00 工作群 镇办: 机密★10年 关于有关工作的部署
    ! 周三 22:00 工作群 张主任: 【秘密】请立即转达各村,险情通报见附件
    ! 周四 09:00 工作群 小李: [文件] 绝密★启用前 部署方案.pdf
      周三 10:00 工作群 镇办: 请各科室周五参加保密培训
      周三 11:00 工作群 小李: 试卷在绝密室存放,钥匙在张主任那里
      周四 10:00 工作群 镇办: 请大家签订机密文件管理责任书
    """,
)
def secretmark() -> Expr:
    """带密级标志的文件、照片不得进入任何互联网群组，紧急传达也不例外。立即撤回，报告保密部门。"""
    return m.has_secret_mark
