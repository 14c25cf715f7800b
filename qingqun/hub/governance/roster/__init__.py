"""The first import of units, people and groups from one workbook, and every later one."""

from qingqun.hub.governance.roster.book import write_errors, write_template
from qingqun.hub.governance.roster.leaving import leave
from qingqun.hub.governance.roster.read import Read, read
from qingqun.hub.governance.roster.take import Taken, take

__all__ = ["Read", "Taken", "leave", "read", "take", "write_errors", "write_template"]
