"""The directory of a platform into units and people: first shown as what would change, then done; nothing is ever deleted."""

from qingqun.hub.directory.joins import join, joined, part, providers
from qingqun.hub.directory.plan import Change, Plan, planned
from qingqun.hub.directory.reading import ask, latest, read_one, under, unpacked
from qingqun.hub.directory.take import Done, take

__all__ = [
    "Change",
    "Done",
    "Plan",
    "ask",
    "join",
    "joined",
    "latest",
    "part",
    "planned",
    "providers",
    "read_one",
    "take",
    "under",
    "unpacked",
]
