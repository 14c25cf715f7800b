"""Webhooks out: what happens to notices is told to who subscribed, at least once, by ids and counts."""

from qingqun.hub.hooks.send import send
from qingqun.hub.hooks.subscribe import EVENTS, OVERLAP, WEEK, ended, listed, renewed, settled, subscribed
from qingqun.hub.hooks.tell import ACCEPTED, DELIVERED, WITHDRAWN, tell

__all__ = [
    "ACCEPTED",
    "DELIVERED",
    "EVENTS",
    "OVERLAP",
    "WEEK",
    "WITHDRAWN",
    "ended",
    "listed",
    "renewed",
    "send",
    "settled",
    "subscribed",
    "tell",
]
