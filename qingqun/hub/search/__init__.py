"""Search: every notice by any piece of its text, for who may see it. Kept in the act that writes, and rebuilt by a command."""

from qingqun.hub.search.find import MOST, Found, Query, asked, find
from qingqun.hub.search.keep import drop, keep, rebuild, refill
from qingqun.hub.search.marks import Shown, shown

__all__ = ["MOST", "Found", "Query", "Shown", "asked", "drop", "find", "keep", "rebuild", "refill", "shown"]
