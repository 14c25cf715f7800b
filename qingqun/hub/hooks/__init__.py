"""Webhooks out: what happens to notices is told to who subscribed, at least once, by ids and counts."""

from qingqun.hub.hooks.send import send
from qingqun.hub.hooks.subscribe import EVENTS, ended, listed, subscribed
from qingqun.hub.hooks.tell import ACCEPTED, DELIVERED, WITHDRAWN, tell

__all__ = ["ACCEPTED", "DELIVERED", "EVENTS", "WITHDRAWN", "ended", "listed", "send", "subscribed", "tell"]
