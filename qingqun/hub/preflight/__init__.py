"""What is said about a draft before it is sent."""

from qingqun.hub.preflight.check import Preflight, ahead, check, mark_of, next_due, refusals
from qingqun.hub.preflight.copies import Copy, copies
from qingqun.hub.preflight.cost import FEW, Budget, Cost, Due, Landing, Wave, budget, cost, few
from qingqun.hub.preflight.remark import HELD, Remark
from qingqun.hub.preflight.rewrite import Rewrite, notes
from qingqun.hub.preflight.words import published

__all__ = [
    "FEW",
    "HELD",
    "Budget",
    "Copy",
    "Cost",
    "Due",
    "Landing",
    "Preflight",
    "Remark",
    "Rewrite",
    "Wave",
    "ahead",
    "budget",
    "check",
    "copies",
    "cost",
    "few",
    "mark_of",
    "next_due",
    "notes",
    "published",
    "refusals",
]
