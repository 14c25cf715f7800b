"""What is quicker in the attack on channels than in an office, set before a process becomes what it is."""

import logging
import sys

from qingqun.hub.deliver import finish, lane, passes, wire
from qingqun.hub.deliver.claim import LEASE
from qingqun.hub.moment import SECOND

HEARD = "what is said here is written down"
TIMEOUT = 0.5  # seconds of real time a platform has; the fakes' slow answers take longer


def hastened(speed: float) -> None:
    """Let everything that is counted in real time keep step with a clock that goes `speed` times as fast; give up on platforms sooner.

    Leases stay what they are by the hub's clock. Whatever a library says is written down: a secret in it would be found.
    """
    lane.LEASE = {name: int(milliseconds / speed) for name, milliseconds in LEASE.items()}  # type: ignore[attr-defined]  # only the rest between beats
    lane._ASK, lane._REFRESH = 0.5, 2.0
    finish.FIRST_PAUSE.update(routine=3 * SECOND, emergency=1 * SECOND)
    finish.LONGEST_PAUSE.update(routine=24 * SECOND, emergency=8 * SECOND)
    finish.NEXT_AFTER.update(routine=30 * SECOND, emergency=8 * SECOND)
    wire.TIMEOUT, wire.LONGEST = TIMEOUT, 2 * TIMEOUT
    passes._QUIET = 0.3
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)
    logging.getLogger(__name__).info(HEARD)
