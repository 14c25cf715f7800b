"""qingqun doctor: is the hub well?"""

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("体检：放假安排、凭据、时钟、磁盘、台账、未证实的投递；有问题时退出状态为 1。")


def command(data: _hub.Data = None) -> None:
    """Run the command."""
    _hub.call("doctor", data)
