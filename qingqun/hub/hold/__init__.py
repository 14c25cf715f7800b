"""When each recipient sees a notice and when it may ring."""

from qingqun.hub.hold.groups import Group, grouped, hours_of
from qingqun.hub.hold.plan import Planned, plan

__all__ = ["Group", "Planned", "grouped", "hours_of", "plan"]
