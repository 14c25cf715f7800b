"""公众账号的推广应出于实际需要，不得作强制性要求。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求转发、点赞、关注",
    instead="本单位发布的内容，群成员自愿阅读和转发，不作要求，不作统计。",
    scene="""
    ! 制度 本局公众号文章,人人转发朋友圈
    ! 制度 全体人员有义务分享到朋友圈并点赞
      制度 不得强制转发、点赞
      制度 需要的同志可以关注公众号
      制度 群成员使用真实姓名
    """,
)
def forwardrule() -> Expr:
    """转不转由本人决定。"""
    return p.wants_forward
