"""qingqun upgrade: the database to this version."""

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("升级数据库：先备份，再迁移，再对账；暂缓中的通知不受影响。")


def command(data: _hub.Data = None) -> None:
    """Run the command."""
    _hub.call("upgrade", data)
