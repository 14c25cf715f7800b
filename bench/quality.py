"""How well messages are read, in one go: `python bench/quality.py [FILE.jsonl ...]`; without a file all that docs/quality.md states.

Labels (precision, recall, F1, false alarms on near misses), deadlines, false alarms on everyday messages, repeats, speed.
"""

import argparse
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadlines
from qingqun.enrich.labels import label_texts, labels
from qingqun.enrich.repeats import compare
from qingqun.words import MOMENT

ROOT = Path(__file__).parents[1]
MESSAGES, PAIRS = ROOT / "data" / "messages", ROOT / "tests" / "data" / "repeats"
ASIDE = ("sealed", "unseen", "blind")
BAD = ("reply_demand", "shaming", "forced_promotion", "assessed_promotion", "photo_proof", "leader_publicity")
MINUTE = 60
Rows = list[dict[str, Any]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--speed", type=int, default=40_000, help="how many distinct texts to time")
    asked = parser.parse_args()
    for path in asked.files or [MESSAGES / f"{name}.jsonl" for name in ASIDE]:
        print(f"\n{path.name}")
        rows = read(path)
        label_table(rows)
        deadline_line(rows)
    if not asked.files:
        everyday(MESSAGES / "everyday.jsonl")
        for path in sorted(PAIRS.glob("*.jsonl")):
            repeat_line(path)
        print(f"\n{speed(asked.speed):,.0f} texts a second, all different, all labels")


def read(path: Path) -> Rows:
    """Read labelled messages, one JSON object a line."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def ratio(part: int, whole: int) -> float:
    """Return part of whole; of nothing everything."""
    return part / whole if whole else 1.0


def label_table(rows: Rows) -> None:
    """Print one line a label."""
    found = label_texts(pl.Series([row["text"] for row in rows]))
    print("| label | messages | precision | recall | F1 | false alarms on near misses |\n| --- | --- | --- | --- | --- | --- |")
    f1s = [label_line(rows, found[f"is_{name}"].to_list(), name) for name in labels()]
    print(f"macro F1 {sum(f1s) / len(f1s):.3f} over {len(rows)} messages")


def label_line(rows: Rows, said: list[bool], name: str) -> float:
    """Print one label's figures and return its F1."""
    true = [name in row["labels"] for row in rows]
    both = sum(s and t for s, t in zip(said, true, strict=True))
    near = [s and not t for s, t, row in zip(said, true, rows, strict=True) if name in (row.get("near_miss_for") or [])]
    f1 = ratio(2 * both, sum(said) + sum(true))
    print(f"| {name} | {sum(true)} | {ratio(both, sum(said)):.3f} | {ratio(both, sum(true)):.3f} | {f1:.3f} | {sum(near)} of {len(near)} |")
    return f1


def deadline_line(rows: Rows) -> None:
    """Print how many deadlines are right, wrong, missed and invented."""
    sent = pl.Series([datetime.fromisoformat(row["sent_at"]) for row in rows]).dt.convert_time_zone("UTC").cast(MOMENT)
    found = deadlines(pl.Series([row["text"] for row in rows]), sent, Hours.default()).to_list()
    true = [row["deadline"] and datetime.fromisoformat(row["deadline"]) for row in rows]
    due = [(t, f) for t, f in zip(true, found, strict=True) if t]
    right = sum(f is not None and abs((t - f).total_seconds()) < MINUTE for t, f in due)
    missed = sum(f is None for _, f in due)
    invented, free = sum(f is not None for t, f in zip(true, found, strict=True) if not t), len(rows) - len(due)
    print(
        f"deadlines: of {len(due)} {right} right ({ratio(right, len(due)):.1%}), {len(due) - right - missed} wrong, {missed} missed;",
        end=" ",
    )
    print(f"of {free} without one {invented} invented ({ratio(invented, free):.1%})")


def everyday(path: Path) -> None:
    """Print the false alarms on everyday messages that are kept aside."""
    rows = read(path)
    found = label_texts(pl.Series([row["text"] for row in rows]))
    alarms = {name: sum(s and name not in row["labels"] for s, row in zip(found[f"is_{name}"], rows, strict=True)) for name in BAD}
    told = ", ".join(f"{name} {count} ({ratio(count, len(rows)):.2%})" for name, count in alarms.items())
    print(f"\n{len(rows)} everyday messages with none of the bad kinds, kept aside; false alarms: {told}")


def repeat_line(path: Path) -> None:
    """Print how many pairs are judged rightly; the odd ids apart: they were never read."""
    rows = read(path)
    same = [compare(row["a"], row["b"]).verdict == "same" for row in rows]
    pairs = [(s, row["truth"] == "same") for s, row in zip(same, rows, strict=True)]
    odd = [pair for pair, row in zip(pairs, rows, strict=True) if number(row) % 2]
    for half, chosen in (("all", pairs), ("odd ids", odd)):
        kept = [s for s, t in chosen if t]
        changed = [s for s, t in chosen if not t]
        told = f"{sum(kept)} of {len(kept)} copies called the same; {sum(changed)} of {len(changed)} changed ones swallowed"
        print(f"{path.name}, {half}: {told}")


def number(row: dict[str, Any]) -> int:
    """Return the number in an id: f-012 and v-012s are both 12."""
    return int("".join(filter(str.isdigit, str(row.get("id", 0)))))


def speed(count: int) -> float:
    """Label so many texts of the corpus, each made another by a name at its end; return texts a second."""
    rows = [row for path in sorted(MESSAGES.glob("*.jsonl")) for row in read(path)]
    texts = pl.Series([f"{rows[i % len(rows)]['text']} {i:x}" for i in range(count)])
    started = time.perf_counter()
    label_texts(texts)
    return count / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
