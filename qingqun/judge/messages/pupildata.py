"""禁止发布学生、家长隐私信息。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="在群里公布学生、家长的个人信息",
    scene="""
    ! 周三 16:30 三年级2班家长群 王老师: 王小明 13800000001 李小红 13800000002 请核对
    ! 周三 16:40 三年级2班家长群 王老师: 请核对家庭住址:城关镇幸福里3栋201
      周三 16:50 三年级2班家长群 王老师: 我的电话13800000003,有事联系
      周三 17:00 三年级2班家长群 王老师: 明天核对信息,请单独发给我
      周四 08:00 教师群 小李: 王老师 13800000001 李老师 13800000002
    """,
)
def pupildata() -> Expr:
    """需要核对的单独发，不在群里公开。"""
    return m.shows_data & m.is_parents
