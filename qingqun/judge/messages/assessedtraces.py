"""不把开会发文、拍照留痕、学习笔记等当作评判优劣的标准；领导批示、刊发信息不作考核内容。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="把照片、笔记、批示、刊发作为考核依据",
    scene="""
    ! 周三 10:00 工作群 镇办: 本月考核以各村上传的走访照片数量为准
    ! 周三 11:00 工作群 镇办: 信息被区里采用的每篇加分2分,刊发情况计入年终考核
      周三 14:00 工作群 镇办: 考核不看学习笔记,请各村安心工作
      周三 15:00 工作群 镇办: 请把会议照片发给办公室存档
      周四 10:00 工作群 张主任: 年终考核材料请周五前交到办公室
    """,
)
def assessedtraces() -> Expr:
    """看实绩，不看留了多少痕、登了多少稿。"""
    return m.assesses_traces & m.is_work
