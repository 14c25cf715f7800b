"""The demo's hub as it runs: pages and workers by the demo's clock, on a free port of this machine."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from qingqun.hub.management.commands.serve import granian, workers
from qingqun.hub.supervise import Say, supervise
from qingqun.hub.upkeep import exposed
from qingqun.i18n import _
from qingqun.words import Refused

HOST = "127.0.0.1"
_TRIES = 600  # of a tenth of a second, until somebody listens


def commands(port: int) -> dict[str, Sequence[str]]:
    """Return what runs, by name."""
    return {_("页面"): granian("qingqun.hub.demo.wsgi:application", HOST, port), **workers("playwork")}


def environment(port: int) -> Mapping[str, str]:
    """Return what the demo's processes are told: links lead to this port."""
    return {**os.environ, "QINGQUN_ADDRESS": address(port), "QINGQUN_HTTPS": "no"}


def address(port: int) -> str:
    """Return where the pages are."""
    return f"http://{HOST}:{port}/"


@contextmanager
def running(say: Say) -> Iterator[str]:
    """Let it run meanwhile; give its address. Nothing of it runs afterwards."""
    port, stop = exposed.free(HOST, 0), threading.Event()
    thread = threading.Thread(target=supervise, args=(commands(port), environment(port), stop, say))
    thread.start()
    try:
        _wait(port)
        yield address(port)
    finally:
        stop.set()
        thread.join()


def _wait(port: int) -> None:
    for _try in range(_TRIES):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise Refused(_("演示的页面没有开起来"))
