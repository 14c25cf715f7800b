"""Claims: a notice to 55,000 people is acknowledged within a second; 200,000 held ones are released while emergencies get through;
confirmations come as fast as half the disk commits; one inbox of ten million deliveries opens at once.

Each beside what the database or the disk does bare, in the same run and in turn. Figures of a busy machine are those of a busy machine:
beside each stand the seconds of processor it took (this process and the database's) and the load at that moment.

Run: python bench/hub.py [--lite | --postgres] [--people 55000] [--held 200000] [--inbox 10000000]. Without a choice both databases, one
after the other; PostgreSQL is Debian's own, on a free port, stopped at the end. Everything lies in a temporary folder, gone afterwards.
Ten million deliveries take about 4 GB and some minutes to make. With --place FOLDER they stay there, and a later run with the same
folder measures at once; --fill makes them and measures nothing.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

import django
from hub_place import environment, folder

_STEP = "QINGQUN_BENCH_STEP"  # what a run started by this one is to do


def main() -> None:
    options = _options()
    if step := os.environ.get(_STEP):
        django.setup()
        _do(step, options)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for choice in ("lite", "postgres"):
        if getattr(options, choice) or not (options.lite or options.postgres):
            _measure(choice, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--people", type=int, default=55_000)
    parser.add_argument("--held", type=int, default=200_000)
    parser.add_argument("--inbox", type=int, default=0)
    parser.add_argument("--place", type=Path)
    parser.add_argument("--fill", action="store_true")
    return parser.parse_args()


def _measure(choice: str, options: argparse.Namespace) -> None:
    """Do the steps for a database, each in a process of its own."""
    print("\nSQLite" if choice == "lite" else "\nPostgreSQL", flush=True)
    if (options.people or options.held) and not options.fill:
        with folder(None) as place:
            _step("acts", choice, place)
    if options.inbox:
        with folder(options.place and options.place / choice) as place:
            made = place / "made"
            if not made.exists():
                _step("fill", choice, place)
                made.touch()
            if not options.fill:
                _step("inbox", choice, place)


def _step(step: str, choice: str, place: Path) -> None:
    with environment(choice, place, filling=step == "fill") as given:
        subprocess.run([sys.executable, __file__, *sys.argv[1:]], env={**given, _STEP: step}, check=True)


def _do(step: str, options: argparse.Namespace) -> None:
    from hub_acts import accept, confirm, release  # noqa: PLC0415  models need django.setup() first
    from hub_fill import NOTICES, fill  # noqa: PLC0415  same
    from hub_house import House  # noqa: PLC0415  same
    from hub_inbox import inbox  # noqa: PLC0415  same

    if step == "inbox":
        inbox(House())
    elif step == "fill":
        fill(House(options.inbox // NOTICES), options.inbox)
    else:
        house = House(max(options.people, options.held))
        if options.people:
            accept(house, options.people)
        if options.held:
            release(house, options.held)
            confirm(house)


if __name__ == "__main__":
    main()
