"""Synapse as the other server of `reach_synapse.py`: in an environment of its own, on SQLite, with nothing that would slow it down."""

import hashlib
import hmac
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reach_talk import Talk

SERVER, PASSWORD, SHARED = "office.test", "only-for-measuring", "shared-only-for-measuring"
_MANY = {"per_second": 100_000, "burst_count": 100_000}
_WAIT = 90.0  # seconds for it to begin


@dataclass
class Room:
    """A room with its author's and its members' tokens."""

    port: int
    number: str
    author: str
    members: list[str]


@contextmanager
def synapse(python: Path, folder: Path) -> Iterator[int]:
    """Run Synapse; give its port."""
    folder.mkdir(parents=True)
    port = _free()
    subprocess.run([str(python.parent / "generate_signing_key"), "-o", str(folder / "signing.key")], check=True)
    (folder / "homeserver.yaml").write_text(json.dumps(_config(folder, port)), encoding="utf-8")  # JSON is YAML
    with (folder / "log").open("w", encoding="utf-8") as log:
        command = [str(python), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def room(port: int, members: int) -> Room:
    """Register an author and members, and let all of them join a room of the author's."""
    talk = Talk(port)
    author = _register(talk, "author")
    made = talk.asked("POST", "/_matrix/client/v3/createRoom", {"preset": "public_chat", "name": "和平街道"}, _bearer(author))
    tokens = [_register(talk, f"member{number}") for number in range(members)]
    for token in tokens:
        talk.asked("POST", f"/_matrix/client/v3/join/{quote(made['room_id'])}", {}, _bearer(token))
    return Room(port, made["room_id"], author, tokens)


def announce(talk: Talk, place: Room, turn: int) -> str:
    """Say something in the room; return the event's id."""
    path = f"/_matrix/client/v3/rooms/{quote(place.number)}/send/m.room.message/{turn}"
    said = {"msgtype": "m.text", "body": f"请各社区于周五前报送统计表。第 {turn} 次"}
    return str(talk.asked("PUT", path, said, _bearer(place.author))["event_id"])


def since(talk: Talk, token: str) -> str:
    """Return where a member stands."""
    return str(talk.asked("GET", "/_matrix/client/v3/sync?timeout=0", None, _bearer(token))["next_batch"])


def receive(talk: Talk, place: Room, token: str, stood: str, event: str) -> None:
    """Ask for what is new as a member, find the event there, and give the receipt that it was read."""
    seen: set[str] = set()
    while event not in seen:
        found = talk.asked("GET", f"/_matrix/client/v3/sync?timeout=10000&since={quote(stood)}", None, _bearer(token))
        joined = found.get("rooms", {}).get("join", {}).get(place.number, {})
        seen, stood = {one["event_id"] for one in joined.get("timeline", {}).get("events", [])}, found["next_batch"]
    talk.asked("POST", f"/_matrix/client/v3/rooms/{quote(place.number)}/receipt/m.read/{quote(event)}", {}, _bearer(token))


def _register(talk: Talk, name: str) -> str:
    nonce = talk.asked("GET", "/_synapse/admin/v1/register", None)["nonce"]
    mac = hmac.new(SHARED.encode(), b"\x00".join(part.encode() for part in (nonce, name, PASSWORD, "notadmin")), hashlib.sha1).hexdigest()
    who = {"nonce": nonce, "username": name, "password": PASSWORD, "admin": False, "mac": mac}
    return str(talk.asked("POST", "/_synapse/admin/v1/register", who)["access_token"])


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            Talk(port).asked("GET", "/_matrix/client/versions", None)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("Synapse did not start")


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _config(folder: Path, port: int) -> dict[str, Any]:
    """Return its settings: no limits, no presence, cheap passwords."""
    listener = {"port": port, "type": "http", "bind_addresses": ["127.0.0.1"], "tls": False, "resources": [{"names": ["client"]}]}
    limits = ("rc_message", "rc_registration", "rc_joins_per_room")
    return {
        "server_name": SERVER,
        "pid_file": str(folder / "pid"),
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": SHARED,
        "macaroon_secret_key": SHARED,
        "form_secret": SHARED,
        "report_stats": False,
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        **dict.fromkeys(limits, _MANY),
        "rc_joins": {"local": _MANY, "remote": _MANY},
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _MANY),
    }
