"""网络评选、答题随意设投票环节，要求参与比例并用于通报排名，属于滥用排名。"""

from qingqun.enrich.facts import messages as m
from qingqun.judge.rule import Expr, rule


@rule(
    title="给投票、答题定参与率",
    scene="""
    ! 周三 10:00 工作群 镇办: 请各村组织参加知识竞赛答题,参与率不低于90%
    ! 周三 11:00 工作群 镇办: 最美家庭评选投票,各社区投票率排名明天通报
      周三 14:00 工作群 镇办: 最美家庭评选开始了,有兴趣的可以投票
      周三 15:00 工作群 镇办: 问卷自愿填写,不要求参与率
      周四 10:00 工作群 镇办: 今天全镇疫苗接种率已达90%
    """,
)
def pollquota() -> Expr:
    """投不投、答不答由本人决定。不定比例，不排名，不通报。"""
    return m.is_poll_quota & m.is_work
