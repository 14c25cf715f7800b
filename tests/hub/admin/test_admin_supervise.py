"""One supervisor: what dies comes back, what is stopped ends, and nothing is left running."""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from qingqun.hub import supervise as supervisor
from qingqun.hub.supervise import supervise
from qingqun.hub.upkeep import exposed
from qingqun.words import Refused

Serving = Callable[[bool, bool], None]
WRITES = "import os, sys, time; open(sys.argv[1], 'a', encoding='utf-8').write(f'{os.getpid()}\\n'); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({path!r}, 'w').close(); time.sleep(60)"


def _run(commands: dict[str, list[str]], until: Callable[[], bool]) -> list[str]:
    """Supervise until something holds, then stop; return what was said."""
    stop: threading.Event = threading.Event()
    said: list[str] = []
    thread = threading.Thread(target=supervise, args=(commands, os.environ, stop, said.append))
    thread.start()
    for _turn in range(600):
        if until():
            break
        time.sleep(0.05)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert until()
    return said


def _pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_dead_child_is_started_again_and_all_end_with_the_supervisor(tmp_path: Path) -> None:
    file = tmp_path / "pids"

    def twice() -> bool:
        pids = _pids(file)
        if len(pids) == 1 and _lives(pids[0]):
            os.kill(pids[0], 9)
        return len(pids) >= 2

    said = _run({"投递": [sys.executable, "-c", WRITES, str(file)]}, twice)
    assert "投递" in said[0]
    assert "-9" in said[0]
    assert [pid for pid in _pids(file) if _lives(pid)] == []


def test_one_that_will_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GENTLE", 0.2)
    file = tmp_path / "up"
    assert _run({"页面": [sys.executable, "-c", STUBBORN.format(path=str(file))]}, file.exists) == []


def test_a_port_in_use_is_told() -> None:
    port = exposed.free("127.0.0.1", 0)
    assert exposed.free("127.0.0.1", port) == port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="已被占用"):
            exposed.free("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "https", "proxy", "certificate"),
    [("127.0.0.1", False, False, ""), ("::1", False, False, ""), ("10.1.2.3", True, True, ""), ("hub.example", True, False, "cert.pem")],
)
def test_this_machine_or_whoever_comes_encrypted_is_served(serving: Serving, host: str, https: bool, proxy: bool, certificate: str) -> None:
    serving(https, proxy)
    exposed.guarded(host, certificate)


@pytest.mark.parametrize(
    ("host", "https", "proxy", "certificate"),
    [("10.1.2.3", False, False, ""), ("10.1.2.3", False, True, ""), ("::", True, False, ""), ("hub.example", False, False, "cert.pem")],
)
def test_other_machines_are_not_served_in_plain_text(serving: Serving, host: str, https: bool, proxy: bool, certificate: str) -> None:
    serving(https, proxy)
    with pytest.raises(Refused):
        exposed.guarded(host, certificate)


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Serving:
    def set_to(https: bool, proxy: bool) -> None:
        monkeypatch.setattr(settings, "HTTPS", https)
        monkeypatch.setattr(settings, "BEHIND_PROXY", proxy)

    return set_to
