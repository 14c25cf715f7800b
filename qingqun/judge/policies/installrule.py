"""不得强制推广下载政务应用，不得限定安装使用率，不得强制要求定期登录。"""

from qingqun.enrich.facts import policies as p
from qingqun.judge.rule import Expr, rule


@rule(
    title="制度要求安装、登录应用",
    instead="本单位使用的应用由本人自愿安装，不安装的通过网页、邮件、短信同样办理，不统计安装率和登录率。",
    scene="""
    ! 制度 全体人员必须安装学习APP并每日登录
    ! 制度 各科室安装率应达到100%
      制度 不强制安装任何应用
      制度 有需要的可以安装客户端
      制度 群成员使用真实姓名
    """,
)
def installrule() -> Expr:
    """装不装由本人决定，不装的用网页、邮件、短信也能办。"""
    return p.wants_install
