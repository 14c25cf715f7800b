"""不在群里点名未回复、未完成的人。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在群里点名未回复、未完成的人或单位",
    product=True,
    scene="""
    ! 周三 10:00 工作群 镇办: 以下单位未回复:东村、西村、南村
    ! 周三 15:00 工作群 张主任: 还没有接龙的:小李、小王,抓紧
    ! 周四 09:30 工作群 镇办: 未按时报送的将在群里点名通报
      周三 10:00 工作群 镇办: 表扬东村、西村按时完成报送任务
      周三 11:00 工作群 张主任: 请小李、小王周五上午到三楼参加培训
      周三 16:00 工作群 镇办: 信访件已答复,群众没有再提意见
    """,
)
def shaming() -> Expr:
    """当众点名让人难堪，不会让工作更快。向本人或其单位单独提醒；谁没有看过，只有通知的作者知道。"""
    return m.is_shaming
