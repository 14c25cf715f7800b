"""setup.sh on a machine where Debian's packages are missing: root gets them, everybody else is told in one line."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHELL = shutil.which("sh")

pytestmark = pytest.mark.skipif(os.name == "nt" or SHELL is None, reason="setup.sh is for Debian")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH on which there is no Chromium; what apt-get is asked goes to a file."""
    _program(tmp_path, "python3", "exit 0")
    _program(tmp_path, "apt-get", f'echo "$*" >>{tmp_path / "asked"}')
    _program(tmp_path / "venv" / "bin", "python", f'echo "$*" >>{tmp_path / "pip"}')
    return tmp_path


def test_whoever_is_not_root_is_told_one_line_to_run_and_nothing_is_made(machine: Path) -> None:
    ran = _set_up(machine, user=1000)

    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "apt-get install -y --no-install-recommends" in ran.stderr
    assert "chromium" in ran.stderr
    assert not (machine / "asked").exists()
    assert not (machine / "pip").exists()


def test_for_root_the_packages_are_installed_and_then_the_lock(machine: Path) -> None:
    ran = _set_up(machine, user=0)

    assert ran.returncode == 0, ran.stderr
    update, install = (machine / "asked").read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert "chromium" in install.split()
    assert "--require-hashes -r requirements.lock" in (machine / "pip").read_text(encoding="utf-8")


def test_a_hub_needs_neither_a_browser_nor_a_database_server(machine: Path) -> None:
    ran = _set_up(machine, 1000, "hub")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert (machine / "pip").exists()


def _program(folder: Path, name: str, body: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!{SHELL}\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def _set_up(machine: Path, user: int, *more: str) -> subprocess.CompletedProcess[str]:
    _program(machine, "id", f"echo {user}")
    return subprocess.run(
        [str(SHELL), str(ROOT / "setup.sh"), str(machine / "venv"), *more],
        env={"PATH": str(machine)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
