"""qingqun reindex: the search index made anew."""

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("重建检索索引：从通知本身重做一遍。")


def command(data: _hub.Data = None) -> None:
    """Run the command."""
    _hub.call("reindex", data)
