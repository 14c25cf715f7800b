"""On what an emergency may rest: 人薪发〔1995〕32号 (CN-WT-04), whose clause numbers are not confirmed and so not printed."""

from qingqun.i18n import _

SOURCE = "人薪发〔1995〕32号"


def grounds() -> dict[str, str]:
    """Return the grounds by their ids, in words."""
    return {
        "CN-WT-04:disaster": _("严重自然灾害，威胁群众安全或国家财产，需紧急处理"),
        "CN-WT-04:accident": _("事故、灾难，威胁群众安全或国家财产，需紧急处理"),
        "CN-WT-04:superior": _("完成国家或上级的紧急任务"),
    }
