"""`work`: releases, rings and seals until it is stopped. Several may run at once on PostgreSQL; two at once do no harm on either."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from qingqun.hub import directory, hooks, listen, story
from qingqun.hub.deliver import lane as lanes
from qingqun.hub.deliver.loops import Clock
from qingqun.hub.models import Lane
from qingqun.hub.now import now
from qingqun.hub.seal import seal
from qingqun.i18n import _

BOTH = "all"
STOPPING, RESTART = 25.0, 1.0  # seconds: for a clean end, and before a dead child is started anew
_SEAL, _RELEASE, _FORGET, _LISTEN = 60.0, 1.0, 300.0, 2.0  # seconds of rest
_HOOKS, _DIRECTORY, _STAND_IN = 2.0, 1.0, 120.0


class Command(BaseCommand):
    help = _("放行、提醒、封存，直到停止；紧急通道在单独的进程里")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lane", choices=[BOTH, *(str(lane) for lane in Lane)], default=BOTH, help=_("只运行一条通道"))
        parser.add_argument("--parent", type=int, default=0, help=_("随这个进程结束而结束"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if options["lane"] == BOTH:
            supervise([[*_self(), "--lane", str(lane), "--parent", str(os.getpid())] for lane in Lane], stop)
        else:
            run(options["lane"], stop, options["parent"])


def run(lane: str, stop: threading.Event, parent: int = 0, clock: Clock = now) -> None:
    """Run one lane's loops in this process until `stop` is set or the parent is gone."""
    made = lanes.loops(lane, story.look, stop, clock, _more(lane, clock))
    for loop in made:
        loop.start()
    while not stop.wait(0.5):
        if parent and os.getppid() != parent:
            stop.set()
    for loop in made:
        loop.join(STOPPING)


def supervise(commands: list[list[str]], stop: threading.Event) -> None:
    """Run each command as a process and start anew what ends, until `stop` is set; then end them cleanly."""
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603  our own commands
    while not stop.wait(RESTART):
        children = [one if one.poll() is None else subprocess.Popen(one.args) for one in children]  # noqa: S603  same
    for one in children:
        one.terminate()
    for one in children:
        try:
            one.wait(STOPPING)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def _more(lane: str, clock: Clock) -> dict[str, tuple[Callable[[], int], float]]:
    if lane == Lane.EMERGENCY:
        return {}
    return {
        "release": (lambda: story.let_go(clock()), _RELEASE),
        "stand in": (lambda: story.stand_in(clock()), _STAND_IN),
        "forget": (lambda: story.forget(clock()), _FORGET),
        "hooks": (lambda: hooks.send(clock), _HOOKS),
        "directory": (lambda: directory.read_one(clock), _DIRECTORY),
        "listen": (lambda: listen.judge_some(clock()), _LISTEN),
        "seal": (lambda: seal(clock(), settings.LEDGER_HEAD), _SEAL),
    }


def _self() -> list[str]:
    return [sys.executable, "-m", "django", "work", "--settings", "qingqun.hub.settings"]
