"""When each recipient sees a notice and when it may ring."""

from qingqun.hub.hold.groups import Group, grouped, hours_of
from qingqun.hub.hold.plan import Planned, plan
from qingqun.hub.hold.rest import closed, resting

__all__ = ["Group", "Planned", "closed", "grouped", "hours_of", "plan", "resting"]
