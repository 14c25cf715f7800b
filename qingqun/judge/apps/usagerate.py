"""不得考核通报用户安装使用率。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用通报、排名安装率和使用率",
    scene="""
    ! 应用 城关办 | 城关县教育局 | 功能:通知、各单位激活率排名
    ! 应用 城关学 | 城关县教育局 | 功能:导出未登录人员名单
    ! 应用 城关看 | 城关县教育局 | 功能:按月通报登录率
      应用 城关查 | 城关县教育局 | 功能:通知、登录、下载附件
      应用 城关报 | 城关县教育局 | 功能:通知,不统计安装率,不通报
      应用 城关签 | 城关县教育局 | 功能:名单管理、扫码登录
    """,
)
def usagerate() -> Expr:
    """装没装、看没看，不作考核，不排名，不通报。谁没有看，只由发通知的人私下提醒。"""
    return a.counts_use & ~a.closed
