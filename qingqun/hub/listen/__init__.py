"""Live sources: verified, once each, judged in small batches, told to the sender alone, and forgotten but for labels.

A source is one file in sources/ with TITLE, FIELDS, LARGEST, `greet` and `hear`; each is off until an administrator switches it on.
"""

from qingqun.hub.listen.batch import judge_some
from qingqun.hub.listen.receive import Reply, receive
from qingqun.hub.listen.sources import CHANNEL, NAME, SOURCES, kept

__all__ = ["CHANNEL", "NAME", "SOURCES", "Reply", "judge_some", "kept", "receive"]
