"""One supervisor over a few processes: a dead one is started again, and a stop ends them all, gently first."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qingqun.i18n import _

STEADY = 10.0  # seconds a process has to run to count as well again
FIRST_WAIT = 1.0  # seconds until one that died is started again, doubled each time it dies soon
LONGEST_WAIT = 5.0  # with the lease it held and its beginning less than an emergency may be late
GENTLE = 20.0  # seconds a process has to end by itself
_LOOK = 0.1
_FOLLOW = 0.5
SUPERVISOR = "QINGQUN_SUPERVISOR"  # tells a child whose it is

Say = Callable[[str], None]


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, env=dict(self.environment), stdin=subprocess.DEVNULL)  # noqa: S603  our own command

    def look(self, say: Say) -> None:
        """Start what is due; plan the next start of what has died, later each time it dies soon."""
        at = time.monotonic()
        if self.process is None:
            if at >= self.due:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        soon = at - self.started < STEADY
        self.wait = min(self.wait * 2, LONGEST_WAIT) if soon and self.wait else FIRST_WAIT
        self.process, self.due = None, at + self.wait
        say(_("{name} 停了（退出状态 {status}），{seconds} 秒后重新启动").format(name=self.name, status=status, seconds=round(self.wait)))


def supervise(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], stop: threading.Event, say: Say) -> None:
    """Run the commands, by name, until `stop` is set; return when all have ended."""
    told = {**environment, SUPERVISOR: str(os.getpid())}
    children = [_Child(name, command, told) for name, command in commands.items()]
    try:
        while not stop.is_set():
            for child in children:
                child.look(say)
            stop.wait(_LOOK)
    finally:
        _end([child.process for child in children if child.process])


def follow() -> None:
    """Let what a web server runs in a process of its own end with the server, and the server with the supervisor, however they end.

    Else a server that was killed would leave a process that goes on answering on the same address, with an older program after an upgrade.
    """
    supervisor, server = os.environ.get(SUPERVISOR, ""), os.getppid()
    if not supervisor:
        return
    if _parent(server) != int(supervisor):  # the server was killed while this process was beginning
        os._exit(1)
    threading.Thread(target=_follow, args=(server, int(supervisor)), daemon=True).start()


def _follow(server: int, supervisor: int) -> None:
    while os.getppid() == server:
        if _parent(server) != supervisor:
            with suppress(ProcessLookupError):
                os.kill(server, signal.SIGTERM)
        time.sleep(_FOLLOW)
    os._exit(1)


def _parent(process: int) -> int:
    """Return who started a process, 0 where it is gone (proc(5))."""
    try:
        return int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + GENTLE
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
