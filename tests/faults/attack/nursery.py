"""Run as a script: forks workers and clients on demand, so that a killed one is replaced in milliseconds.

Reads lines `routine`, `emergency`, `client NUMBER`, `caller NUMBER` or `browser NAME PORT SESSION` from standard input, answers each with a process id. Time runs as it
does, but begins at the moment given, so that the office is at work; leases are a tenth of the real ones, so that many are lost in a short while. Where ATTACK_SPEED is set,
time runs so much faster, and platforms answer as in the attack on channels (see raging.py).
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "qingqun.hub.settings"
django.setup()

from browser import Browser  # noqa: E402  models need django.setup() first
from caller import Caller  # noqa: E402  same
from client import Client, virtual  # noqa: E402  models need django.setup() first
from django.conf import settings  # noqa: E402  same
from django.db import DatabaseError, connection  # noqa: E402  same
from haste import hastened  # noqa: E402  same

from qingqun.hub import story  # noqa: E402  same
from qingqun.hub.deliver import claim, finish  # noqa: E402  same
from qingqun.hub.deliver.channels import smtp, webhook  # noqa: E402  same
from qingqun.hub.deliver.ringing import Limits  # noqa: E402  same
from qingqun.hub.management.commands import work  # noqa: E402  same

WRITERS = {"client": Client, "caller": Caller}


def main(start: str, begun: float, folder: Path) -> None:
    settings.LOGGING_CONFIG = None
    if "ATTACK_SPEED" in os.environ:
        hastened(float(os.environ["ATTACK_SPEED"]))
    else:
        claim.LEASE.update(routine=3_000, emergency=1_200)
        finish.FIRST_PAUSE.update(routine=3_000, emergency=200)
        smtp.LIMITS = webhook.LIMITS = Limits()
    work._SEAL, work._RELEASE = 1.0, 0.1
    if not os.environ["ATTACK_PACED"]:
        story.PACE = None  # type: ignore[assignment]  # everything rings by itself, as much as can be
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    clock = virtual(datetime.fromisoformat(start), begun)
    for line in sys.stdin:
        role, *words = line.split()
        child = os.fork()
        if not child:
            _be(role, words, clock, folder)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _be(role: str, words: list[str], clock: Callable[[], datetime], folder: Path) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    parent = os.getppid()
    if role in WRITERS:
        _write(WRITERS[role](int(words[0]), clock, folder / f"client{words[0]}.log"), stop, parent)
    elif role == "browser":
        name, port, session = words
        _write(Browser(folder / f"client-{name}.log", int(port), session, clock), stop, parent)
    else:
        work.run(role, stop, parent, clock)
    os._exit(0)


def _write(one: Client | Browser, stop: threading.Event, parent: int) -> None:
    """Let somebody write; one who finds no database when they begin comes again."""
    while not stop.is_set() and os.getppid() == parent:
        try:
            one.run(stop, parent)
        except DatabaseError:
            connection.close()
            stop.wait(0.2)


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent)]
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else time.monotonic(), Path(sys.argv[3]))
