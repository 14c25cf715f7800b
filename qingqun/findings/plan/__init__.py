"""What to do about the groups: keep, merge, dissolve, or make a topic of the unit's one group; and what that would bring."""

from qingqun.findings.plan.limits import Limits, limits_of
from qingqun.findings.plan.propose import Inspection, Plan, propose

__all__ = ["Inspection", "Limits", "Plan", "limits_of", "propose"]
