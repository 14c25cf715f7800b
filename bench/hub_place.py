"""Where a bench's database lies, and the server that keeps it: one that is gone afterwards, or one that stays for the next step."""

import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

_SERVED = "-c shared_buffers=256MB -c max_wal_size=4GB"
_FILLED = f"{_SERVED} -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c maintenance_work_mem=512MB"


def inside(*choices: str, furnish: Callable[[Path], None] = lambda _place: None) -> None:
    """Name the machine, then run this script again with --inside, in turn for each database, in a hub that is gone afterwards."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}", flush=True)
    for choice in choices:
        with folder(None) as place, environment(choice, place) as around:
            furnish(place)
            subprocess.run([sys.executable, sys.argv[0], "--inside", *sys.argv[1:]], env=around, check=True)


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder that is asked for, or one that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    place = Path(mkdtemp(prefix="qingqun-bench-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def environment(choice: str, place: Path, *, filling: bool = False) -> Iterator[dict[str, str]]:
    """Give the environment of a hub whose database lies in a folder; while rows are only made, nothing waits for the disk."""
    own = {"DJANGO_SETTINGS_MODULE": "qingqun.hub.settings", "QINGQUN_DATA": str(place), "QINGQUN_DATABASE": "", "QINGQUN_HTTPS": "no"}
    if choice == "lite":
        yield {**os.environ, **own}
        return
    with _postgres(place, _FILLED if filling else _SERVED) as url:
        yield {**os.environ, **own, "QINGQUN_DATABASE": url}
    if filling:
        os.sync()  # what was made without waiting is on the disk before anybody relies on it


@contextmanager
def _postgres(place: Path, settings: str) -> Iterator[str]:
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data = place / "data"
    if not data.exists():
        if before:
            shutil.chown(place, "postgres", "postgres")
        _quietly([*before, str(tools / "initdb"), "-D", str(data), "-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C"])
    port = _port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {settings}"
    keeper = [*before, str(tools / "pg_ctl"), "-D", str(data), "-w", "-t", "300"]
    _quietly([*keeper, "-l", str(place / "log"), "-o", options, "start"])
    try:
        yield f"postgresql://hub@127.0.0.1:{port}/postgres"
    finally:
        _quietly([*keeper, "-m", "fast", "stop"])


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)
