"""Work ordered for days off: read in a text once, then seen against the unit's calendar from when it was sent."""

from qingqun.enrich.restdays.column import may_rest, works_on_rest_day
from qingqun.enrich.restdays.named import resting

__all__ = ["may_rest", "resting", "works_on_rest_day"]
