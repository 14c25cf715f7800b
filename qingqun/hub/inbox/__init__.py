"""What a reader sees and gives back."""

from qingqun.hub.inbox import absence, colleague, door, rhythm
from qingqun.hub.inbox.arrange import Arranged, arranged, asks
from qingqun.hub.inbox.changes import Piece, changes
from qingqun.hub.inbox.opened import Given, Opened, opened, outdated
from qingqun.hub.inbox.receive import receive
from qingqun.hub.inbox.rows import MOST, Row, every, listed, one, since
from qingqun.hub.inbox.snooze import snooze
from qingqun.hub.inbox.standing import Standing, standing, taken
from qingqun.hub.inbox.topics import Followed, take_stance, topics
from qingqun.hub.inbox.way import Step, sees_file, way
from qingqun.hub.inbox.why import Away, Facts, facts, why

__all__ = [
    "MOST",
    "Arranged",
    "Away",
    "Facts",
    "Followed",
    "Given",
    "Opened",
    "Piece",
    "Row",
    "Standing",
    "Step",
    "absence",
    "arranged",
    "asks",
    "changes",
    "colleague",
    "door",
    "every",
    "facts",
    "listed",
    "one",
    "opened",
    "outdated",
    "receive",
    "rhythm",
    "sees_file",
    "since",
    "snooze",
    "standing",
    "take_stance",
    "taken",
    "topics",
    "way",
    "why",
]
