"""不得强制推广下载使用，不得强制定期登录。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用强制安装或定期登录",
    scene="""
    ! 应用 城关办 | 城关县教育局 | 功能:通知;全员必须安装
    ! 应用 城关学 | 城关县教育局 | 功能:学习,每日登录一次
    ! 应用 城关看 | 城关县教育局 | 功能:课程、登录任务
      应用 城关查 | 城关县教育局 | 功能:通知、每日天气、登录
      应用 城关报 | 城关县教育局 | 功能:通知,不强制安装,也可以用网页
      应用 城关签 | 城关县教育局
    """,
)
def forcedlogin() -> Expr:
    """愿意装的装，不装的用网页、邮件、短信也能办。删去必须安装、每日登录的规定。"""
    return a.forces_use & ~a.closed
