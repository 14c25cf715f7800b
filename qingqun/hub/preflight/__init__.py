"""What is said about a draft before it is sent."""

from qingqun.hub.preflight.check import Preflight, ahead, asked, check, mark_of, misread, next_due, refusals
from qingqun.hub.preflight.copies import Copy, copies
from qingqun.hub.preflight.cost import FEW, Budget, Cost, Due, Landing, Wave, budget, cost, few, opening
from qingqun.hub.preflight.remark import HELD, Remark
from qingqun.hub.preflight.rewrite import Rewrite, notes
from qingqun.hub.preflight.spoken import Asked, Day, put
from qingqun.hub.preflight.words import parted, published

__all__ = [
    "FEW",
    "HELD",
    "Asked",
    "Budget",
    "Copy",
    "Cost",
    "Day",
    "Due",
    "Landing",
    "Preflight",
    "Remark",
    "Rewrite",
    "Wave",
    "ahead",
    "asked",
    "budget",
    "check",
    "copies",
    "cost",
    "few",
    "mark_of",
    "misread",
    "next_due",
    "notes",
    "opening",
    "parted",
    "published",
    "put",
    "refusals",
]
