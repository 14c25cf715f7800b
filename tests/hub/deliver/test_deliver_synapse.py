"""The Matrix channel against a real Synapse, in an environment of its own (build/matrix), on the loopback with SQLite, stopped at the end."""

import hashlib
import hmac
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from cryptography.fernet import Fernet

from qingqun.hub.deliver.channels import matrix
from qingqun.hub.deliver.ringing import Outcome, Ringing

ROOT = Path(__file__).parents[3]
PLACE, LOCK = ROOT / "build" / "matrix", ROOT / "requirements-matrix.lock"
SERVER, PASSWORD, SHARED = "office.test", "only-for-tests-82", "shared-only-for-tests"
_MANY = {"per_second": 100, "burst_count": 100}
LINK = "https://hub.example/go/token"

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def python() -> str:
    """Give the Python of an environment with Synapse; it is made once, from its own lock, and made anew when the lock changes."""
    found, mark = PLACE / "bin" / "python", PLACE / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (mark.exists() and mark.read_text(encoding="utf-8") == wanted):
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([str(found), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(LOCK)], check=True)
        mark.write_text(wanted, encoding="utf-8")
    return str(found)


@pytest.fixture(scope="module")
def synapse(python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Synapse with 轻群 and 小李 registered; give its address."""
    folder = tmp_path_factory.mktemp("synapse")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run([str(Path(python).parent / "generate_signing_key"), "-o", str(folder / "signing.key")], check=True)
    (folder / "homeserver.yaml").write_text(json.dumps(_config(folder, port)), encoding="utf-8")  # JSON is YAML
    with (folder / "log").open("w", encoding="utf-8") as log:
        command = [python, "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, process)
            for name in ("qingqun", "li"):
                _register(base, name)
            yield base
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def credentials(synapse: str, lite: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    return {"base": synapse, "private": True, "user": f"@qingqun:{SERVER}", "password": PASSWORD}


def test_what_is_rung_is_read_back_once(credentials: dict[str, Any], synapse: str) -> None:
    told = [_ring(credentials, mark) for mark in ("a" * 28, "a" * 28, "b" * 28)]
    assert [one.state for one in told] == ["sent"] * 3
    assert told[0].platform_id == told[1].platform_id != told[2].platform_id
    bodies = _read(synapse)
    assert [LINK in body for body in bodies] == [True, True]
    assert "报送统计表" in bodies[0]


def test_a_token_that_the_server_forgot_is_renewed(credentials: dict[str, Any], synapse: str) -> None:
    assert _ring(credentials, "c" * 28).state == "sent"
    token = _asked(synapse, "POST", "/_matrix/client/v3/login", _login("qingqun"))["access_token"]
    _asked(synapse, "POST", "/_matrix/client/v3/logout/all", {}, token)
    assert _ring(credentials, "d" * 28).state == "sent"


def test_too_many_at_once_are_told_when_to_come_again(credentials: dict[str, Any]) -> None:
    told = [_ring(credentials, f"e{number:027}") for number in range(14)]
    limited = [one for one in told if one.state == "refused"]
    assert limited
    assert all(one.again and one.after > 0 and "M_LIMIT_EXCEEDED" in one.word for one in limited)


def test_a_wrong_password_lets_nothing_out(credentials: dict[str, Any]) -> None:
    outcome = _ring({**credentials, "password": "wrong"}, "f" * 28)
    assert (outcome.state, outcome.again, outcome.word) == ("refused", False, "token 403 M_FORBIDDEN")


def _ring(credentials: dict[str, Any], mark: str) -> Outcome:
    ringing = Ringing(1, 7, mark, f"@li:{SERVER}", "报送统计表", "请于周五前报送。", "和平街道", LINK)
    ((_attempt, outcome),) = matrix.send([matrix.render(ringing, credentials)], credentials)
    return outcome


def _read(base: str) -> list[str]:
    """Sign in as 小李, join what they are invited to, and read it."""
    token = _asked(base, "POST", "/_matrix/client/v3/login", _login("li"))["access_token"]
    invited = _asked(base, "GET", "/_matrix/client/v3/sync?timeout=0", None, token)["rooms"]["invite"]
    (room,) = invited
    _asked(base, "POST", f"/_matrix/client/v3/rooms/{room}/join", {}, token)
    found = _asked(base, "GET", f"/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50", None, token)["chunk"]
    return [one["content"]["body"] for one in reversed(found) if one["type"] == "m.room.message"]


def _login(name: str) -> dict[str, Any]:
    return {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": name}, "password": PASSWORD}


def _register(base: str, name: str) -> None:
    nonce = _asked(base, "GET", "/_synapse/admin/v1/register", None)["nonce"]
    mac = hmac.new(SHARED.encode(), b"\x00".join(part.encode() for part in (nonce, name, PASSWORD, "notadmin")), hashlib.sha1).hexdigest()
    _asked(
        base, "POST", "/_synapse/admin/v1/register", {"nonce": nonce, "username": name, "password": PASSWORD, "admin": False, "mac": mac}
    )


def _asked(base: str, way: str, path: str, body: Any, token: str = "") -> Any:
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    request = Request(base + path, None if body is None else json.dumps(body).encode(), headers, method=way)
    with urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def _wait(base: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            _asked(base, "GET", "/_matrix/client/versions", None)
        except (HTTPError, URLError, OSError):
            time.sleep(0.5)
        else:
            return
    pytest.fail("Synapse did not start")


def _config(folder: Path, port: int) -> dict[str, Any]:
    listener = {"port": port, "type": "http", "bind_addresses": ["127.0.0.1"], "tls": False, "resources": [{"names": ["client"]}]}
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
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _MANY),  # messages keep their limit
    }
