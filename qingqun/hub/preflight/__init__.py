"""What is said about a draft before it is sent."""

from qingqun.hub.preflight.check import Preflight, check, mark_of, next_due, refusals
from qingqun.hub.preflight.copies import Copy, copies
from qingqun.hub.preflight.cost import FEW, Budget, Cost, Due, Landing, Wave, budget, cost, few
from qingqun.hub.preflight.remark import Remark
from qingqun.hub.preflight.rewrite import Rewrite
from qingqun.hub.preflight.words import published

__all__ = [
    "FEW",
    "Budget",
    "Copy",
    "Cost",
    "Due",
    "Landing",
    "Preflight",
    "Remark",
    "Rewrite",
    "Wave",
    "budget",
    "check",
    "copies",
    "cost",
    "few",
    "mark_of",
    "next_due",
    "published",
    "refusals",
]
