"""What the benches share: each measurement is a process of its own, so that its peak of memory is its own."""

import json
import subprocess
import sys
from pathlib import Path

Run = dict[str, float]


def rate(run: Run) -> float:
    """Return messages a second."""
    return run["messages"] / run["seconds"]


def measure(script: str, name: str, path: Path) -> Run:
    """Run one child of a bench on a file and return what it printed."""
    command = [sys.executable, script, "--child", name, "--path", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Run = json.loads(done.stdout)
    return found


def peak() -> float:
    """Return the peak of this process's memory in MiB. Not getrusage: that begins with what the parent held when it forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
