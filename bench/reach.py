"""Claim: one and two workers claim, ring and finish 30,000 deliveries a second on PostgreSQL, to a channel that takes everything at once.

The workers are the product's own (`deliver.lane.loops`: lease, heartbeat, token bucket, attempts, states, ledger), each a process. The
channel is the webhook with its own rendering, and a receiver that says ok without a network; its bucket is kept, with a limit nobody meets.
`queue`: the attempts stand there, and are claimed, rung and finished. `whole`: from deliveries that are due, so that working time and pace
are looked at and the attempts are made, too. Afterwards everything is counted: rung once each, ended once each, in the ledger once each.

Run: python bench/reach.py [--deliveries 300000] [--workers 1,2] [--rounds 3] [--ways queue,whole]. PostgreSQL is Debian's own, on a free
port, in a temporary folder (about 1 GB), stopped at the end.
"""

import argparse
import multiprocessing
import statistics

import django
from hub_place import inside


def main() -> None:
    options = _options()
    if options.inside:
        django.setup()
        _bench(options)
        return
    inside("postgres")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--deliveries", type=int, default=300_000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ways", default="queue,whole")
    return parser.parse_args()


def _bench(options: argparse.Namespace) -> None:
    from reach_house import Outbox, Taking  # noqa: PLC0415  models need django.setup() first

    multiprocessing.set_start_method("fork")
    outbox = Outbox(options.deliveries, Taking())
    for way in options.ways.split(","):
        found: dict[int, list[float]] = {}
        for _round in range(options.rounds):
            for workers in map(int, options.workers.split(",")):
                run = outbox.run(workers, whole=way == "whole")
                found.setdefault(workers, []).append(run.rate)
                print(f"  {way}, {workers} workers: {run}", flush=True)
        for workers, rates in found.items():
            print(
                f"{way}, {workers} workers: {statistics.median(rates):,.0f}/s (best {max(rates):,.0f}, worst {min(rates):,.0f})", flush=True
            )


if __name__ == "__main__":
    main()
