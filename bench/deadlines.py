"""How well and how fast deadlines are read, beside two libraries: python bench/deadlines.py [--others PYTHON] [FILE.jsonl ...].

The others live in an environment of their own, for they are nothing the project needs:
    python -m venv build/others && build/others/bin/pip install dateparser jionlp
    python bench/deadlines.py --others build/others/bin/python
They find times and do not tell an order from a statement; of what they find, the earliest moment that is not over counts, as here.
"""

import argparse
import json
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadlines

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "data" / "messages"
OTHERS = ("dateparser", "jionlp")
KEPT_ASIDE = ("unseen",)
MINUTE = 60
Rows = list[dict[str, Any]]


class Counts(NamedTuple):
    """Of messages with a deadline: right, wrong, missed; of those without: invented."""

    right: int
    wrong: int
    missed: int
    invented: int
    without: int


def read(paths: list[Path]) -> Rows:
    """Read labelled messages, one JSON object a line; those without a label for the deadline are left out."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if "deadline" in row]


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def count(rows: Rows, found: list[datetime | None]) -> Counts:
    """Compare with the labels, to the minute."""
    pairs = [(moment(row["deadline"]), at) for row, at in zip(rows, found, strict=True)]
    right = sum(due is not None and at is not None and abs((due - at).total_seconds()) < MINUTE for due, at in pairs)
    missed = sum(due is not None and at is None for due, at in pairs)
    without = [at for due, at in pairs if due is None]
    return Counts(right, len(pairs) - len(without) - right - missed, missed, sum(at is not None for at in without), len(without))


def ours(rows: Rows) -> tuple[list[datetime | None], float]:
    """Return what the product reads, and the seconds it took, patterns and weights being loaded."""
    texts = pl.Series([row["text"] for row in rows])
    sent = pl.Series([datetime.fromisoformat(row["sent_at"]) for row in rows]).dt.convert_time_zone("UTC")
    deadlines(texts.head(1), sent.head(1), Hours.default())
    start = time.perf_counter()
    found = deadlines(texts, sent, Hours.default())
    return found.to_list(), time.perf_counter() - start


def other(name: str, python: Path, rows: Rows) -> tuple[list[datetime | None], float]:
    """Return what a library reads, run by the interpreter of its own environment, and the seconds it took without starting."""
    given = "\n".join(json.dumps({"text": row["text"], "sent_at": row["sent_at"]}) for row in rows)
    script = Path(__file__).with_name("deadline_others.py")
    done = subprocess.run([python, script, name], input=given, capture_output=True, text=True, encoding="utf-8", check=True)
    *lines, seconds = map(json.loads, done.stdout.splitlines())
    return [_earliest(line, datetime.fromisoformat(row["sent_at"])) for line, row in zip(lines, rows, strict=True)], seconds


def _earliest(found: list[str], sent: datetime) -> datetime | None:
    return min((at for at in map(datetime.fromisoformat, found) if at >= sent), default=None)


def line(name: str, counts: Counts, speed: float) -> str:
    due = counts.right + counts.wrong + counts.missed
    return (
        f"| {name} | {counts.right:,} ({counts.right / due:.1%}) | {counts.wrong:,} | {counts.missed:,} "
        f"| {counts.invented:,} ({counts.invented / counts.without:.1%}) | {speed:,.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--others", type=Path, help="a python that has dateparser and jionlp")
    given = parser.parse_args()
    rows = read(given.files or [path for path in sorted(CORPUS.glob("*.jsonl")) if path.stem not in KEPT_ASIDE])
    due = sum(row["deadline"] is not None for row in rows)
    print(f"{len(rows):,} messages, {due:,} with a deadline\n")
    print("| | right | wrong | missed | invented | messages/s |\n| --- | --- | --- | --- | --- | --- |")
    found, seconds = ours(rows)
    print(line("qingqun", count(rows, found), len(rows) / seconds))
    if given.others is None:
        print("\nFor dateparser and jionlp see the head of this file: --others PYTHON")
        return
    for name in OTHERS:
        found, seconds = other(name, given.others, rows)
        print(line(name, count(rows, found), len(rows) / seconds))


if __name__ == "__main__":
    main()
