"""Claim: twenty times the notifications a second that Apprise sends to a webhook on the same machine, in turn in one run.

Ours go through the whole outbox: claimed from the database under lease and token bucket, worded, signed (Standard Webhooks), posted over up
to sixteen kept connections, retried where that is due, ended in the database and in the ledger; nothing of it is left out. Apprise has a
message and addresses in memory and posts; the better of its two ways counts. The receiver is the same process for both; every
webhook-id that came is counted and one post in a thousand is verified.

Run: python bench/reach_apprise.py [--others build/others/bin/python] [--deliveries 40000] [--apprise 2000] [--rounds 3] [--workers 1]
[--lite | --postgres]. The other lives in an environment of its own: python -m venv build/others && build/others/bin/pip install apprise
"""

import argparse
import multiprocessing
import statistics
import subprocess

import django
from hub_place import inside
from reach_hook import Hook, headers, hook, says

SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ="
WAYS = ("one", "many")


def main() -> None:
    options = _options()
    if options.inside:
        django.setup()
        _bench(options)
        return
    both = not (options.lite or options.postgres)
    inside(*(choice for choice in ("lite", "postgres") if both or getattr(options, choice)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("--inside", "--lite", "--postgres"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("--others", default="build/others/bin/python")
    parser.add_argument("--deliveries", type=int, default=40_000)
    parser.add_argument("--apprise", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _bench(options: argparse.Namespace) -> None:
    from reach_house import Outbox, Posting  # noqa: PLC0415  models need django.setup() first

    from qingqun.hub import sql  # noqa: PLC0415  same

    multiprocessing.set_start_method("fork")
    ratios, name = list[float](), "PostgreSQL" if sql.postgres() else "SQLite"
    with hook() as receiver:
        outbox = Outbox(options.deliveries, Posting(f"http://127.0.0.1:{receiver.port}/", SECRET))
        for _round in range(options.rounds):
            theirs = {way: _apprise(options, receiver, way) for way in WAYS}
            run = outbox.run(options.workers, whole=False)
            _check(receiver, options.deliveries)
            ratios.append(run.rate / max(theirs.values()))
            words = ", ".join(f"{way} {rate:,.0f}/s" for way, rate in theirs.items())
            print(f"  {name}: ours {run}; Apprise {words}; ratio {ratios[-1]:.1f}", flush=True)
    print(f"{name}, {options.workers} workers: ratio {statistics.median(ratios):.1f}, lowest {min(ratios):.1f}", flush=True)


def _apprise(options: argparse.Namespace, receiver: Hook, way: str) -> float:
    command = [options.others, "bench/reach_others.py", str(receiver.port), str(options.apprise), way]
    seconds = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    heard = receiver.heard().posts
    assert heard == options.apprise, heard
    return heard / seconds


def _check(receiver: Hook, count: int) -> None:
    from qingqun.hub.deliver.channels import webhook  # noqa: PLC0415  models need django.setup() first

    heard = receiver.heard()
    assert (heard.posts, len(heard.marks)) == (count, count), (heard.posts, len(heard.marks))
    for head, body in heard.whole:
        given = headers(head)
        assert webhook.verify([SECRET], given, body, int(given["webhook-timestamp"]))
        assert says(body) == "notice.ring"


if __name__ == "__main__":
    main()
