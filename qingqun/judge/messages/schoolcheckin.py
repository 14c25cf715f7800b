"""禁止要求在群内交作业、打卡。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="要求在家长群打卡、交作业",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 请每天在群里打卡朗读视频
    ! 周三 16:40 三年级2班家长群 王老师: 跳绳视频请发到群里
      周三 16:50 三年级2班家长群 王老师: 明天跳绳比赛,请带好跳绳
      周三 17:00 三年级2班家长群 王老师: 假期不要求打卡
      周四 08:00 教师群 教务处: 请各班的跳绳视频发到群里
    """,
)
def schoolcheckin() -> Expr:
    """练没练，老师在学校看。群里不收作业，不打卡。"""
    return m.is_school_checkin & m.is_parents
