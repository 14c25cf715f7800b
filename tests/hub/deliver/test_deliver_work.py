"""The worker: loops that outlive what they meet and tell the desk, processes that end cleanly when asked."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from fakes import FakeSmtp
from hub_help import Clock, furnish, written

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import CHANNELS, Opened, lane, loops, ring
from qingqun.hub.deliver.loops import Loop
from qingqun.hub.management.commands import work
from qingqun.hub.models import Contact, Delivery, Worker

SOON = 60.0  # seconds: a bound for a crowded machine, never waited for


def _until(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_loop_that_fails_tells_the_desk_and_goes_on(lite: Any, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "_PAUSE", 0.05)
    stop, calls = threading.Event(), []

    def step() -> int:
        calls.append(1)
        if len(calls) < 3:
            raise RuntimeError("the calendar is broken")
        return 0

    loop = Loop("routine.release", step, 0.01, stop, morning)
    loop.start()
    assert _until(lambda: bool(calls))
    assert _until(lambda: bool(loops.alarms()) or len(calls) >= 3)
    assert _until(lambda: len(calls) >= 4 and not loops.alarms())
    stop.set()
    loop.join(SOON)


def test_the_desk_is_told_since_when_and_why(lite: Any, morning: Clock) -> None:
    loops.raised("routine.release", "RuntimeError", morning())
    loops.raised("routine.release", "Other", morning())
    assert loops.alarms()["routine.release"]["why"] == "RuntimeError"
    loops.cleared("routine.release")
    assert loops.alarms() == {}


def test_both_lanes_run_in_threads_release_ring_and_stop(lite: Any, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    office, stop = furnish(), threading.Event()
    Contact.objects.create(person=office.li, channel="smtp", address="li@office.example")
    accept.accept(written(office), story._plan, morning())
    with FakeSmtp() as mail:
        found = {"smtp": Opened("smtp", CHANNELS["smtp"], mail.credentials)}
        monkeypatch.setattr(lane, "opened", lambda: found)
        monkeypatch.setattr(settings, "LEDGER_HEAD", Path(connection.settings_dict["NAME"]).parent / "head")
        running = threading.Thread(target=work.run, args=("routine", stop, 0, morning))
        running.start()
        assert _until(lambda: len(mail.log.marks) == 1)
        assert _until(lambda: sql.value("SELECT count(*) FROM hub_seal") > 0)
        stop.set()
        running.join(SOON)
    assert not running.is_alive()
    assert Worker.objects.filter(lane="routine").exists()
    assert Delivery.objects.filter(state="delivered").count() == 3


def test_what_is_left_when_it_stops_goes_back_untried(lite: Any, morning: Clock) -> None:
    office, stop = furnish(), threading.Event()
    Contact.objects.create(person=office.li, channel="smtp", address="li@office.example")
    accept.accept(written(office), story._plan, morning())
    with FakeSmtp() as mail:
        opened = Opened("smtp", CHANNELS["smtp"], mail.credentials)
        story.look(morning, "routine", {"smtp": opened})
        stop.set()
        assert ring(morning, "routine", "甲", opened, stop.is_set) == 1
    assert (mail.log.marks, sql.value("SELECT state FROM hub_attempt")) == ([], "queued")


def test_the_command_starts_both_lanes_anew_when_one_dies_and_stops_on_sigterm(lite_file: Path, tmp_path: Path) -> None:
    (tmp_path / "qingqun.sqlite3").write_bytes(lite_file.read_bytes())
    environment = {**os.environ, "QINGQUN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "qingqun.hub.settings"}
    process = subprocess.Popen([sys.executable, "-m", "django", "work"], env=environment, stderr=subprocess.DEVNULL)
    try:
        assert _until(lambda: len(_children(process.pid)) == 2)
        first = _children(process.pid)
        os.kill(first[0], signal.SIGKILL)
        assert _until(lambda: len(set(_children(process.pid)) - set(first)) == 1)
        process.terminate()
        assert process.wait(SOON) == 0
        assert _until(lambda: not any(_alive(child) for child in first))
    finally:
        process.kill()
        process.wait()


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    return [int(child) for child in found if _alive(int(child))]


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
