"""Claims: a notice to 55,000 people is acknowledged within a second; 200,000 held ones are released while emergencies get through;
confirmations come as fast as half the disk commits; one inbox of ten million deliveries opens at once.

Each beside what the database or the disk does bare, in the same run and in turn. Figures of a busy machine are those of a busy machine:
beside each stand the seconds of processor it took (this process and the database's) and the load at that moment.

Run: python bench/hub.py [--lite | --postgres] [--people 55000] [--held 200000] [--inbox 10000000]. Without a choice both databases, one
after the other; PostgreSQL is Debian's own, on a free port, stopped at the end. Everything lies in a temporary folder, gone afterwards;
ten million deliveries take about 4 GB of it and some minutes.
"""

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import django


def main() -> None:
    options = _options()
    if options.lite or options.postgres:
        django.setup()
        _bench(options)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for choice in ("--lite", "--postgres"):
        with database(choice) as environment:
            subprocess.run([sys.executable, __file__, choice, *sys.argv[1:]], env=environment, check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--people", type=int, default=55_000)
    parser.add_argument("--held", type=int, default=200_000)
    parser.add_argument("--inbox", type=int, default=0)
    return parser.parse_args()


def _bench(options: argparse.Namespace) -> None:
    from hub_acts import accept, confirm, release  # noqa: PLC0415  models need django.setup() first
    from hub_house import House  # noqa: PLC0415  same
    from hub_inbox import NOTICES, inbox  # noqa: PLC0415  same

    house = House(max(options.people, options.held, options.inbox // NOTICES))
    print(f"\n{house.name}")
    if options.people:
        accept(house, options.people)
    if options.held:
        release(house, options.held)
        confirm(house)
    if options.inbox:
        inbox(house, options.inbox)


@contextmanager
def database(choice: str) -> Iterator[dict[str, str]]:
    """Give the environment of a hub on a database of its own, in a folder that is gone afterwards."""
    folder = Path(mkdtemp(prefix="qingqun-bench-"))
    own = {"DJANGO_SETTINGS_MODULE": "qingqun.hub.settings", "QINGQUN_DATA": str(folder), "QINGQUN_DATABASE": "", "QINGQUN_HTTPS": "no"}
    environment = {**os.environ, **own}
    try:
        if choice == "--lite":
            yield environment
        else:
            with _postgres(folder) as url:
                yield {**environment, "QINGQUN_DATABASE": url}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if before:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = str(folder / "data")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=256MB -c max_wal_size=4GB"
    _quietly([*before, str(tools / "initdb"), "-D", place, "-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C"])
    _quietly([*before, str(tools / "pg_ctl"), "-D", place, "-l", str(folder / "log"), "-w", "-o", options, "start"])
    try:
        yield f"postgresql://hub@127.0.0.1:{port}/postgres"
    finally:
        _quietly([*before, str(tools / "pg_ctl"), "-D", place, "-m", "fast", "-w", "stop"])


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
