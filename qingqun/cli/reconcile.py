"""qingqun reconcile: accepted is the sum of what became of it."""

from qingqun.cli import _hub
from qingqun.i18n import _

HELP = _("对账：受理的每一件都在哪里，并核对台账封印；对不上时退出状态为 1。")


def command(data: _hub.Data = None) -> None:
    """Run the command."""
    _hub.call("reconcile", data)
