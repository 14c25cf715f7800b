"""The hub under test: SQLite in a file and Debian's own PostgreSQL, each made once a run; the office of 张主任 and 小李."""

import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from types import SimpleNamespace
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingqun.hub.settings")
os.environ["QINGQUN_DATA"] = os.environ.get("QINGQUN_TEST_DATA", "build/hub-test-data")
os.environ["QINGQUN_HTTPS"] = "no"
django.setup()
settings.SECRET_KEY = "only for tests"
settings.SECOND_FACTOR = "off"  # whoever needs one has tests of their own
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from hub_help import Clock, beijing, furnish  # noqa: E402  models need django.setup() first

from qingqun.hub import config  # noqa: E402  same
from qingqun.hub.now import kept_by  # noqa: E402  same

_CONNECT = socket.socket.connect
_PREFIX = "qingqun-postgres-"
_SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(autouse=True)
def _loopback(_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hub's tests reach this machine and nothing else."""

    def local(this: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in {"127.0.0.1", "::1", "localhost", "local"}:
            raise AssertionError("a test wanted the network")
        _CONNECT(this, address)

    monkeypatch.setattr(socket.socket, "connect", local)


@pytest.fixture(scope="session")
def lite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty, migrated SQLite file; a test works on a copy."""
    folder = tmp_path_factory.mktemp("lite")
    with _on(config.database("", folder)):
        call_command("migrate", verbosity=0)
    return folder / "qingqun.sqlite3"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Run Debian's PostgreSQL on a free port of the loopback, as an unprivileged user, until the run ends."""
    if not _SERVERS:
        pytest.fail("PostgreSQL is missing: sh setup.sh installs it")
    _sweep()
    folder = Path(mkdtemp(prefix=_PREFIX))  # not pytest's folder: that one is closed to other users
    (folder / "owner").write_text(str(os.getpid()), encoding="utf-8")
    keeper = _keeper(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = _unprivileged(folder)
    tool = str(_SERVERS[-1] / "pg_ctl")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"  # processes are killed here, never the machine
    try:
        _as(
            user,
            [str(_SERVERS[-1] / "initdb"), "-D", str(folder / "data"), "-U", "hub", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
        )
        _as(user, [tool, "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start"])
        yield f"postgresql://hub@127.0.0.1:{port}/postgres"
    finally:
        keeper.communicate()
    assert not folder.exists()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """Migrate once; every test gets a copy of this database."""
    values = config.database(postgres_url, Path())
    with _on(values) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE template_hub")
    with _on({**values, "NAME": "template_hub"}):
        call_command("migrate", verbosity=0)
    return postgres_url


@pytest.fixture
def lite(lite_file: Path, tmp_path: Path) -> Iterator[Any]:
    """Connect to a fresh SQLite hub."""
    shutil.copy(lite_file, tmp_path / "qingqun.sqlite3")
    with _on(config.database("", tmp_path)) as connection:
        yield connection


@pytest.fixture
def postgres(postgres_template: str) -> Iterator[Any]:
    """Connect to a fresh PostgreSQL hub."""
    values = config.database(postgres_template, Path())
    with _on(values) as connection, connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS hub WITH (FORCE)")
        cursor.execute("CREATE DATABASE hub TEMPLATE template_hub STRATEGY file_copy")
    with _on({**values, "NAME": "hub"}) as connection:
        yield connection


@pytest.fixture(params=["lite", "postgres"])
def hub(request: pytest.FixtureRequest) -> Any:
    """Run a test on both databases."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Let it be Wednesday, 21:00, for pages and workers."""
    clock = Clock(beijing("2026-03-11 21:00"))
    with kept_by(clock):
        yield clock


@pytest.fixture
def office(hub: Any) -> SimpleNamespace:
    return furnish()


@pytest.fixture
def office_lite(lite: Any) -> SimpleNamespace:
    return furnish()


@pytest.fixture
def on() -> Any:
    """Give the word that makes another database the default one meanwhile: on(values)."""
    return _on


class _on:  # noqa: N801  reads as a word
    """Make a database the default one meanwhile."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __enter__(self) -> Any:
        connections["default"].close()
        self.before = connections.settings["default"]
        connections.settings["default"] = connections.configure_settings({"default": dict(self.values)})["default"]
        del connections["default"]
        return connections["default"]

    def __exit__(self, *_error: object) -> None:
        connections["default"].close()
        connections.settings["default"] = self.before
        del connections["default"]


def _keeper(folder: Path) -> "subprocess.Popen[bytes]":
    """Start what stops the server and removes its folder as soon as this process ends, however it ends: then the pipe is closed."""
    return subprocess.Popen(["sh", "-c", f"cat >/dev/null; {_stop(folder)}"], stdin=subprocess.PIPE, start_new_session=True, cwd="/")


def _stop(folder: Path) -> str:
    stop = [str(_SERVERS[-1] / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop"]
    whole = ["runuser", "-u", "postgres", "--", *stop] if os.geteuid() == 0 else stop
    return f"{shlex.join(whole)} >/dev/null 2>&1; rm -rf {shlex.quote(str(folder))}"


def _sweep() -> None:
    """Stop and remove what a run left whose keeper was killed too. A folder that names no owner may be just being made."""
    for owner in Path(gettempdir()).glob(f"{_PREFIX}*/owner"):
        if not Path(f"/proc/{owner.read_text(encoding='utf-8')}").exists():
            subprocess.run(["sh", "-c", _stop(owner.parent)], cwd="/", check=False)


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root; give the folder to its own user."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "postgres", "postgres")
    return "postgres"


def _as(user: str | None, command: list[str]) -> None:
    whole = ["runuser", "-u", user, "--", *command] if user else command
    done = subprocess.run(whole, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
