"""The constants of docs/growth.md: what a delivery takes from acceptance to receipt, what months as partitions cost and save, what an
audience takes as rows. PostgreSQL is Debian's own, in a temporary folder (about 1 GB), stopped at the end.

Run: python bench/reach_rows.py [--people 100000] [--months 24] [--audience 1400000]
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from unittest import mock

import django
from hub_place import inside

MONTHS = "bench_by_month"
COLUMNS = "id, notice_id, person_id, state, lane, inbox, not_before, delivered_at, read_at, done_at"
LIST = "SELECT id, notice_id FROM {table} WHERE person_id = %s AND not_before <= 9999999999999 ORDER BY not_before DESC LIMIT 50"
RECEIPTS, LISTS = 3_000, 200


def main() -> None:
    options = _options()
    if options.inside:
        django.setup()
        _life(options.people)
        _months(options.people // 2, options.months)
        _audience(options.audience)
        return
    inside("postgres")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--audience", type=int, default=1_400_000)
    return parser.parse_args()


def _life(people: int) -> None:
    """Follow a notice to so many from acceptance to the receipt, and say what each step wrote and what lies there after it."""
    from reach_house import NAME, Outbox, Taking  # noqa: PLC0415  models need django.setup() first

    from qingqun.hub import sql  # noqa: PLC0415  same
    from qingqun.hub.deliver import due, round  # noqa: A004, PLC0415  same
    from qingqun.hub.inbox import receive  # noqa: PLC0415  same
    from qingqun.hub.models import Confirm, Lane  # noqa: PLC0415  same

    outbox = Outbox(people, Taking())
    house, channel = outbox.house, outbox.opened()
    notice, at = house.notice(people, confirm="confirm"), house.morning + timedelta(hours=1)

    def look() -> None:
        with mock.patch.object(due, "DEEPEST", 10**9):
            while due.due(at, Lane.ROUTINE, [NAME], None, limit=20_000):
                pass

    def rung() -> None:
        while round.ring(lambda: at, Lane.ROUTINE, "one", channel):
            pass

    def read() -> None:
        for delivery, person in sql.rows("SELECT id, person_id FROM hub_delivery ORDER BY id LIMIT %s", [RECEIPTS]):
            receive(delivery, person, Confirm.CONFIRM, at)

    count = sql.value("SELECT count(*) FROM hub_person")
    _step("accepted", lambda: house.written(notice, house.morning), count, "hub_delivery")
    sql.run("UPDATE hub_delivery SET ring_after = not_before")
    _tidied("hub_delivery", count)
    _step("made into attempts", look, count, "hub_delivery", "hub_attempt")
    _step("rung and ended", rung, count, "hub_delivery", "hub_attempt")
    _tidied("hub_delivery", count)
    _tidied("hub_attempt", count)
    _step("confirmed, one by one", read, RECEIPTS, "hub_receipt", "hub_entry")


def _step(name: str, act: Callable[[], object], count: int, *tables: str) -> None:
    from qingqun.hub import sql  # noqa: PLC0415  models need django.setup() first

    sql.run("CHECKPOINT")
    begun, wal = time.perf_counter(), sql.value("SELECT pg_current_wal_lsn()")
    act()
    took, written = time.perf_counter() - begun, int(sql.value("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), %s::pg_lsn)", [wal]))
    lies = ", ".join(f"{table} {_bytes(table, count)}" for table in tables)
    print(f"  {name}: WAL {written / count:,.0f} bytes each, {count / took:,.0f}/s; {lies} (load {os.getloadavg()[0]:.1f})", flush=True)


def _bytes(table: str, count: int) -> str:
    from qingqun.hub import sql  # noqa: PLC0415  models need django.setup() first

    heap, whole = sql.rows("SELECT pg_table_size(%s), pg_total_relation_size(%s)", [table, table])[0]
    return f"{heap / count:,.0f} + {(whole - heap) / count:,.0f} bytes of indexes a row"


def _tidied(table: str, count: int) -> None:
    from qingqun.hub import sql  # noqa: PLC0415  models need django.setup() first

    begun = time.perf_counter()
    sql.run(f"VACUUM {table}")
    plain = time.perf_counter() - begun
    sql.run(f"VACUUM FULL {table}")
    print(f"  VACUUM {table} {plain:.2f} s; written anew {_bytes(table, count)}", flush=True)


def _months(rows: int, months: int) -> None:
    """Lay the same deliveries in one table and in months, which are ranges of notices; ask for lists and let the oldest month go."""
    from qingqun.hub import sql  # noqa: PLC0415  models need django.setup() first

    sql.run("CREATE TABLE bench_whole (LIKE hub_delivery INCLUDING ALL)")
    sql.run(f"CREATE TABLE {MONTHS} (LIKE hub_delivery INCLUDING DEFAULTS) PARTITION BY RANGE (notice_id)")
    sql.run(f"CREATE UNIQUE INDEX ON {MONTHS} (notice_id, person_id)")
    sql.run(f"CREATE INDEX ON {MONTHS} (person_id, not_before DESC)")
    for month in range(months):
        sql.run(f"CREATE TABLE {MONTHS}_{month} PARTITION OF {MONTHS} FOR VALUES FROM ({month * 10}) TO ({month * 10 + 10})")
    each = rows // 10
    what = f"SELECT n * {each} + p, n, p, 'delivered', 'routine', TRUE, n::bigint * 86400000, n::bigint * 86400000, 0, 0"
    for table in ("bench_whole", MONTHS):
        given = f"generate_series(0, {months * 10 - 1}) AS n, generate_series(1, {each}) AS p"
        sql.run(f"INSERT INTO {table} ({COLUMNS}) {what} FROM {given}")
    sql.run("VACUUM ANALYZE")
    for table in ("bench_whole", MONTHS):
        took = sorted(_timed(partial(sql.rows, LIST.format(table=table), [person])) for person in range(1, LISTS))
        print(f"  a person's list, {table}, {rows * months:,} rows: P50 {took[LISTS // 2] * 1e3:.2f} ms", flush=True)
    dropped = _timed(lambda: (sql.run(f"ALTER TABLE {MONTHS} DETACH PARTITION {MONTHS}_0"), sql.run(f"DROP TABLE {MONTHS}_0")))
    deleted = _timed(lambda: sql.run("DELETE FROM bench_whole WHERE notice_id < 10"))
    swept = _timed(lambda: sql.run("VACUUM bench_whole"))
    print(
        f"  a month of {rows:,} rows goes: detached and dropped {dropped:.3f} s; deleted {deleted:.2f} s and vacuumed {swept:.2f} s",
        flush=True,
    )
    sql.run(f"DROP TABLE bench_whole, {MONTHS}")


def _audience(people: int) -> None:
    """Keep two audiences as rows, and ask who is in both."""
    from qingqun.hub import sql  # noqa: PLC0415  models need django.setup() first

    sql.run("CREATE TABLE bench_audience (audience bigint, person bigint, PRIMARY KEY (audience, person))")
    for number in (1, 2):
        sql.run(f"INSERT INTO bench_audience SELECT {number}, p FROM generate_series(1, {people}) AS p")
    sql.run("VACUUM ANALYZE bench_audience")
    both = "SELECT count(*) FROM bench_audience a JOIN bench_audience b USING (person) WHERE a.audience = 1 AND b.audience = 2"
    took = min(_timed(lambda: sql.rows(both)) for _turn in range(3))
    print(
        f"  an audience of {people:,} as rows: {_bytes('bench_audience', 2 * people)}; who is in two of them {took * 1e3:,.0f} ms",
        flush=True,
    )


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
