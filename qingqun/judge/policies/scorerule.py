"""不得把关注、点赞、转发、评论等数据当作考核评价的依据。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度把群内表现与考核、处罚挂钩",
    instead="群内回复、转发、点赞、在线情况不作为考核、通报、奖惩的依据。",
    scene="""
    ! 制度 30分钟未回复的罚款50元
    ! 制度 点赞、转发情况纳入年终考核
    ! 制度 对不及时响应的单位予以通报
      制度 回复情况不作考核依据
      制度 年终考核由人事科组织
      制度 群主负责管理群内信息
    """,
)
def scorerule() -> Expr:
    """群里回不回、转不转，说明不了工作做得怎样。"""
    return p.wants_score
