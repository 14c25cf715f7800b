"""Notify with Apprise, in its own environment: PYTHON bench/reach_others.py PORT COUNT one|many. Prints the seconds it took.

`one`: a call of `notify` for each notification, to one json:// address. `many`: a hundred addresses in one Apprise object, so that each
call notifies a hundred, in its own threads. Both as its documentation shows; it signs and keeps nothing and opens a connection for each.
"""

import importlib
import logging
import sys
import time
from typing import Any

MANY = 100


def main() -> None:
    port, count, way = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    apprise: Any = importlib.import_module("apprise")
    logging.disable()
    each = MANY if way == "many" else 1
    sender = apprise.Apprise()
    for number in range(each):
        sender.add(f"json://127.0.0.1:{port}/{number}")
    begun = time.perf_counter()
    for number in range(count // each):
        assert sender.notify(title="报送统计表", body=f"请各社区于周五前报送统计表。第 {number} 条")
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
