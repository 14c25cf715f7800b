"""PostgreSQL is shut down, politely and at once, and started again while notices are sent. Nothing is lost, nothing comes twice."""

import os
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from house import SHARE, Plan, survive

from qingqun.hub import sql

Tell = Callable[[str], None]
TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
MODES = ["fast", "immediate"]
HOUR = 3_600.0  # seconds


class Server:
    """The tests' own PostgreSQL, stopped by its own pg_ctl."""

    def __init__(self) -> None:
        self.data, self.stops = str(sql.value("SHOW data_directory")), 0

    def restart(self) -> None:
        """Shut it down, in one way and then in the other, and start it as it was."""
        connection.close()
        owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        how = ["-m", MODES[self.stops % len(MODES)], "-l", str(Path(self.data).parent / "log")]
        command = [*owner, str(TOOLS[-1] / "pg_ctl"), "-D", self.data, "-w", *how, "restart"]
        self.stops += 1
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def server(postgres: Any) -> Server:
    return Server()


def _plan(server: Server, restarts: int, kills: int) -> Plan:
    return Plan(kills=kills, pauses=kills // 3, blow=server.restart, blows=restarts)


def test_postgresql_restarted_while_sending_loses_nothing(server: Server, hub_url: str, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, hub_url, _plan(server, restarts=4, kills=6)))
    assert server.stops == 4


@pytest.mark.nightly
def test_postgresql_restarted_every_few_seconds_for_an_hour_loses_nothing(server: Server, hub_url: str, tmp_path: Path, tell: Tell) -> None:
    over = time.monotonic() + HOUR * SHARE
    tell(survive(tmp_path, hub_url, Plan(kills=0, pauses=0, blow=partial(_for_a_while, server, over), blows=1)))
    assert server.stops > 0


def _for_a_while(server: Server, over: float) -> None:
    while time.monotonic() < over:
        server.restart()
        time.sleep(5 + (server.stops * 7) % 36)
