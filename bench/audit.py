"""How fast the audit's core is: enrich + judge + gather over messages of the demo's kind.

In one run, interleaved: from Parquet, from ChatLab JSONL, (a) merely reading and hashing the text with Polars, (b) the same rules
as per-message Python (plain.py, for 20 seconds, as a rate). Each measurement is a process of its own, so that peak memory is its own.
`--growth` repeats the Parquet run from 10^5 to the given number of messages and prints how the time per message grows.
"""

import argparse
import json
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import plain
import polars as pl
from gauge import measure, peak, rate

from qingqun import audit, demo, intake, packs
from qingqun.clock.hours import Hours

PLACE, DAY, SEED, SHARE = "xiangzhou", date(2026, 9, 21), 7, 0.2
PYTHON_SECONDS = 20.0  # (b) runs so long


def main() -> None:
    """Print messages per second, peak memory and the ratios."""
    options = _options()
    if options.child:
        print(json.dumps(_child(options.child, Path(options.path))))
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.growth:
            _growth(Path(folder), options.messages)
        else:
            _compare(Path(folder), options.messages, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--child", choices=sorted(CHILDREN))
    parser.add_argument("--path")
    return parser.parse_args()


def _compare(folder: Path, n: int, rounds: int) -> None:
    frame = demo.scale(n, SHARE, SEED)
    parquet, jsonl = folder / "messages.parquet", folder / "jsonl"  # one JSONL file a group
    frame.write_parquet(parquet, compression="lz4")
    demo.write_scale(frame, jsonl)
    print(f"{n:,} messages, {frame['text'].n_unique() / n:.1%} distinct texts, pack {PLACE}, {rounds} rounds interleaved")
    del frame
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in CHILDREN}
    for _round in range(rounds):
        for name in CHILDREN:
            runs[name].append(measure(__file__, name, jsonl if name == "jsonl" else parquet))
    for name, found in runs.items():
        rates = [r["messages"] / r["seconds"] for r in found]
        spread, peak = f"(min {min(rates):,.0f}, max {max(rates):,.0f})", max(r["peak"] for r in found)
        cpu = statistics.median(r["cpu"] for r in found)
        print(f"{name:<8} {statistics.median(rates):>12,.0f} messages/s   {spread}   peak {peak:,.0f} MiB, {cpu:.1f} s of CPU")
    for name in ("parquet", "jsonl"):
        for other, what in (("hash", "of reading and hashing with Polars"), ("python", "x per-message Python")):
            ratio = statistics.median(rate(a) / rate(b) for a, b in zip(runs[name], runs[other], strict=True))
            print(f"{name} / {other}: {ratio:.3f} {what}")


def _growth(folder: Path, largest: int) -> None:
    rates = {}
    for n in (size for size in (100_000, 1_000_000, 10_000_000) if size <= largest):
        path = folder / f"{n}.parquet"
        demo.scale(n, SHARE, SEED).write_parquet(path, compression="lz4")
        found = measure(__file__, "parquet", path)
        rates[n] = rate(found)
        grown = f"time per message {rates[min(rates)] / rates[n]:.2f} of the smallest"
        print(f"{n:>12,} messages: {rates[n]:>10,.0f} messages/s, peak {found['peak']:,.0f} MiB, {grown}")


def _child(name: str, path: Path) -> dict[str, float]:
    started = time.perf_counter()
    messages = CHILDREN[name](path)
    seconds = time.perf_counter() - started
    return {"messages": messages, "seconds": seconds, "cpu": time.process_time(), "peak": peak()}


def _hash(path: Path) -> int:
    return pl.read_parquet(path, columns=["text"])["text"].hash().len()


def _python(path: Path) -> int:
    """Judge message by message for PYTHON_SECONDS, from the earliest message on."""
    rows = pl.read_parquet(path).sort("sent_at").iter_rows(named=True)
    return plain.judged_within(rows, plain.Judge(packs.load([PLACE], DAY), Hours.default()), PYTHON_SECONDS)


def _audit(path: Path) -> int:
    grant = intake.Grant(by="bench", purpose="bench", basis="made up", at=datetime.now(UTC))
    loaded = intake.load([path], grant)
    gathered = audit.findings(loaded.messages, Hours.default(), packs.load([PLACE], DAY))
    assert gathered.findings.height
    return loaded.messages.height


CHILDREN = {"hash": _hash, "parquet": _audit, "jsonl": _audit, "python": _python}

if __name__ == "__main__":
    main()
