"""How well and how fast the labels are: python bench/quality.py [FILE.jsonl ...] (default: the tests' own examples)."""

import argparse
import time
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from qingqun.enrich.labels import label_texts, labels

OWN = Path(__file__).parent.parent / "tests" / "data" / "labels"
Rows = list[dict[str, Any]]


def read(paths: list[Path]) -> Rows:
    """Read labelled messages, one JSON object a line."""
    return [orjson.loads(line) for path in paths for line in path.read_bytes().splitlines() if line.strip()]


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def measure(rows: Rows, found: pl.DataFrame, name: str) -> dict[str, float]:
    """Count one label's hits and misses."""
    said = found[f"is_{name}"].to_list()
    true = [name in row["labels"] for row in rows]
    both = sum(s and t for s, t in zip(said, true, strict=True))
    precision, recall = ratio(both, sum(said)), ratio(both, sum(true))
    near = [s for s, row in zip(said, rows, strict=True) if name in (row.get("near_miss_for") or [])]
    f1 = ratio(2 * both, sum(said) + sum(true))
    return {"n": sum(true), "precision": precision, "recall": recall, "f1": f1, "near": sum(near), "of": len(near)}


def speed(rows: Rows, count: int) -> float:
    """Distinct texts a second: the examples, made distinct by a number at the end."""
    texts = pl.Series([f"{rows[i % len(rows)]['text']} {i}" for i in range(count)])
    start = time.perf_counter()
    label_texts(texts)
    return count / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--half", choices=["even", "odd"], help="only every second message")
    parser.add_argument("--errors", help="print the messages where this label (or: all) is wrong")
    parser.add_argument("--speed", type=int, default=0, help="how many distinct texts to time")
    asked = parser.parse_args()
    rows = read(asked.files or sorted(OWN.glob("*.jsonl")))
    rows = rows[(asked.half == "odd") :: 2] if asked.half else rows
    found = label_texts(pl.Series([row["text"] for row in rows]))
    figures = {name: measure(rows, found, name) for name in labels()}
    print(f"{'label':20}{'n':>6}{'P':>8}{'R':>8}{'F1':>8}  false alarms on near misses")
    for name, of in figures.items():
        print(f"{name:20}{of['n']:6}{of['precision']:8.3f}{of['recall']:8.3f}{of['f1']:8.3f}  {of['near']:.0f} of {of['of']:.0f}")
    print(f"macro F1 {sum(of['f1'] for of in figures.values()) / len(figures):.3f} over {len(rows)} messages")
    if asked.errors:
        show(rows, found, asked.errors)
    if asked.speed:
        print(f"{speed(rows, asked.speed):,.0f} distinct texts a second, all labels")


def show(rows: Rows, found: pl.DataFrame, which: str) -> None:
    for name in labels():
        if which not in (name, "all"):
            continue
        for row, said, score in zip(rows, found[f"is_{name}"], found[f"score_{name}"], strict=True):
            if said != (name in row["labels"]):
                print("FALSE" if said else "MISS ", name, f"{score:.2f}", row["text"].replace("\n", "⏎"))


if __name__ == "__main__":
    main()
