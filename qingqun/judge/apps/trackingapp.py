"""非必要不得强制上传工作照片、视频、轨迹。"""

from qingqun.enrich.facts import apps as a
from qingqun.judge.rule import Expr, rule


@rule(
    title="应用采集轨迹、照片、视频",
    scene="""
    ! 应用 城关办 | 城关县教育局 | 对象:干部 | 功能:走访轨迹、通知
    ! 应用 城关巡 | 城关县水利局 | 对象:干部 | 功能:巡河照片上传
      应用 城关安 | 城关县公安局 | 对象:干部 | 功能:巡逻定位 | 依据:《重点目标安全保卫规定》
      应用 城关游 | 城关县文旅局 | 对象:公众 | 功能:景点定位
      应用 城关查 | 城关县教育局 | 对象:干部 | 功能:通知,不采集轨迹
      应用 城关报 | 城关县教育局 | 对象:干部 | 功能:公文、附件
    """,
)
def trackingapp() -> Expr:
    """干了什么看结果。确有必要的（安全、灾情、执法），登记依据，只采必要的。"""
    return a.tracks & (a.audience == "staff") & ~a.has_basis & ~a.closed
