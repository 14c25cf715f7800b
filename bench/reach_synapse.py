"""Claim: one announcement to 200 members and their 200 receipts, here and by Synapse's client API, in turn in one run; a ratio is printed.

Both are asked over HTTP on the loopback by the same client, eight threads with a kept connection each, and both keep SQLite. Here: the
author looks at the preview and sends (judged, costed, accepted into 200 inboxes), each member opens their inbox page and confirms; a
confirmation is durable when it is answered. There: the author sends one event, each member syncs and posts m.read. Synapse runs without
limits, presence or federation; members have joined and stand at the newest event before.

Run: python bench/reach_synapse.py [--synapse build/matrix/bin/python] [--members 200] [--rounds 3]. The environment is the one that
tests/hub/deliver/test_deliver_synapse.py makes: python -m venv build/matrix && build/matrix/bin/pip install -r requirements-matrix.lock
"""

import argparse
import os
import re
import secrets
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django
import reach_rooms
from hub_place import inside
from reach_talk import Talk, together

if TYPE_CHECKING:
    from reach_office import Office

THREADS = 8
TOKEN = "measure" * 4 + "abcd"  # a browser chooses what it sends as both cookie and field
MARK = re.compile(r'name="mark" value="([^"]*)"')


def main() -> None:
    options = _options()
    if options.inside:
        django.setup()
        _bench(options)
        return
    inside("lite", furnish=_key)


def _key(place: Path) -> None:
    (place / "keys").mkdir()
    (place / "keys" / "django").write_text(secrets.token_hex(32), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--synapse", type=Path, default=Path("build/matrix/bin/python").absolute())
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _bench(options: argparse.Namespace) -> None:
    from reach_office import Office  # noqa: PLC0415  models need django.setup() first

    place = Path(os.environ["QINGQUN_DATA"])
    office = Office(options.members)
    ratios = []
    with _pages() as port, reach_rooms.synapse(options.synapse, place / "synapse") as other:
        room = reach_rooms.room(other, options.members)
        _ours(office, port)
        _theirs(room, 0)  # both are warm now
        for turn in range(1, options.rounds + 1):
            theirs, ours = _theirs(room, turn), _ours(office, port)
            ratios.append(sum(theirs) / sum(ours))
            words = f"here {sum(ours):.2f} s (sent in {ours[0]:.2f}), Synapse {sum(theirs):.2f} s (sent in {theirs[0]:.2f})"
            print(f"  {words}; ratio {ratios[-1]:.1f} (load {os.getloadavg()[0]:.1f})", flush=True)
    print(f"{options.members} members and receipts: ratio {statistics.median(ratios):.1f}, lowest {min(ratios):.1f}", flush=True)


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _theirs(room: reach_rooms.Room, turn: int) -> tuple[float, float]:
    stood: dict[str, str] = {}
    together(room.port, room.members, THREADS, lambda talk, token: stood.update({token: reach_rooms.since(talk, token)}))
    begun = time.perf_counter()
    event = reach_rooms.announce(Talk(room.port), room, turn)
    sent = time.perf_counter() - begun
    return sent, _timed(
        lambda: together(room.port, room.members, THREADS, lambda talk, token: reach_rooms.receive(talk, room, token, stood[token], event))
    )


def _ours(office: "Office", port: int) -> tuple[float, float]:
    draft = office.drafted()
    begun = time.perf_counter()
    talk, cookies = Talk(port), _cookies(office.author)
    mark = MARK.search(talk.page("GET", f"/desk/{draft}/preview/", None, cookies).decode())
    assert mark
    talk.page("POST", f"/desk/{draft}/preview/", _form(act="send", seen="1", mark=mark[1]), cookies)
    sent = time.perf_counter() - begun
    took = _timed(lambda: together(port, office.members, THREADS, _received))
    office.check()
    return sent, took


def _received(talk: Talk, session: str) -> None:
    """Open the inbox, find the newest notice there, and confirm it."""
    page = talk.page("GET", "/", None, _cookies(session)).decode()
    newest = max(int(one) for one in re.findall(r"/n/(\d+)/", page))
    talk.page("POST", f"/n/{newest}/confirm/", _form(), _cookies(session))


def _form(**fields: str) -> bytes:
    return urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()


def _cookies(session: str) -> dict[str, str]:
    return {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def _pages() -> Iterator[int]:
    """Run the web server as `serve` does; give its port."""
    from qingqun.hub.management.commands.serve import APPLICATION, granian  # noqa: PLC0415  models need django.setup() first

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(granian(APPLICATION, "127.0.0.1", port))
    try:
        _answering(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _answering(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            Talk(port).page("GET", "/accounts/login/", None, {})
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the web server did not start")


if __name__ == "__main__":
    main()
