"""不得随意要求上传截图、视频，不得以留痕代替实绩。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求把照片、截图发到群里",
    instead="工作完成情况以实际效果为准，不要求在群内上传照片、截图、视频、定位；确有必要的单独报送，并说明用途。",
    scene="""
    ! 制度 每次下乡须拍照并上传照片到群
    ! 制度 完成情况以截图形式发到群内佐证
      制度 不得要求上传工作照片、截图
      制度 不在群里晒图
      制度 工作进展每月由科室汇总一次
    """,
)
def photorule() -> Expr:
    """看实绩。确有必要的（安全、灾情、执法），说明用途，单独交给需要的人。"""
    return p.wants_photo & ~p.is_urgent
