"""The web server that `qingqun serve` runs, under the same supervisor, to be killed and stopped: the server and the process it answers with."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from qingqun.hub import supervise as supervisor
from qingqun.hub.management.commands.serve import granian
from qingqun.hub.upkeep import exposed

HOST, UP = "127.0.0.1", 180.0  # seconds at most until somebody answers
PAUSES = (0.2, 0.5, 1.5, 4.0)  # seconds
BOTH = 2  # processes: the server, and the one that runs the pages


class Pages:
    """Knows the processes that answer on a port."""

    def __init__(self, port: int) -> None:
        self.port, self.struck = port, 0

    def processes(self) -> list[int]:
        """Return the server and what it started, as the system knows them."""
        of = _parents()
        servers = [one for one, parent in of.items() if parent == os.getpid() and str(self.port) in _command(one)]
        return servers + [one for one, parent in of.items() if parent in servers]

    def attack(self, chance: Random, kills: int, pauses: int, used: Callable[[], int]) -> None:
        """Strike one of its processes again and again, each time after somebody has been served since."""
        acts = [signal.SIGKILL] * kills + [signal.SIGSTOP] * pauses
        chance.shuffle(acts)
        before = 0
        for act in acts:
            self._wait(lambda seen=before: used() > seen)  # type: ignore[misc]  # what it was before
            time.sleep(chance.uniform(0.0, 0.5))
            before, struck = used(), chance.choice(self.processes())
            os.kill(struck, act)
            self.struck += 1
            if act == signal.SIGSTOP:
                time.sleep(chance.choice(PAUSES))
                os.kill(struck, signal.SIGCONT)

    def _wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + UP
        while not until() or len(self.processes()) < BOTH:
            assert time.monotonic() < end, "nobody is served any more"
            time.sleep(0.05)

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0


@contextmanager
def served(environment: Mapping[str, str], errors: Path | None = None) -> Iterator[Pages]:
    """Let the pages be served meanwhile; nothing of the server goes on afterwards. What it says goes into the file `errors`, where one is named."""
    pages, stop = Pages(exposed.free(HOST, 0)), threading.Event()
    command = granian("served:application", HOST, pages.port)
    if errors:
        command = ["sh", "-c", 'exec "$@" >>"$0" 2>&1', str(errors), *command]
    thread = threading.Thread(target=supervisor.supervise, args=({"pages": command}, environment, stop, lambda _said: None))
    thread.start()
    try:
        yield pages
    finally:
        stop.set()
        thread.join()
        _gone(pages)


def _gone(pages: Pages) -> None:
    until = time.monotonic() + UP
    while pages.answers():
        assert time.monotonic() < until, "something of the web server outlived it"
        time.sleep(0.1)


def _parents() -> dict[int, int]:
    """Return every process's parent (proc(5)); the dead that nobody waited for are none."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(stat.parent.name)] = int(parent)
    return found


def _command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    return ""
