from pathlib import Path

import orjson
import polars as pl
import pytest

from qingqun.demo.office import Office
from qingqun.demo.score import tally
from qingqun.words import MOMENT

FOUND = {"rule": pl.String(), "subject": pl.String(), "platform": pl.String(), "group": pl.String(), "at": MOMENT}


def _found(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    read = pl.DataFrame(rows, schema={**FOUND, "at": pl.String()}, orient="row")
    return read.with_columns(pl.col("at").str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", time_unit="ms", time_zone="UTC"))


def _planted(truth: Path) -> list[tuple[object, ...]]:
    rows = [orjson.loads(line) for line in truth.read_bytes().splitlines()]
    name = {"message": "messages", "group": "groups", "account": "accounts"}
    return [
        (row["rule"], name[row["subject"]], row.get("platform"), row.get("group") or row["account"], row.get("sent_at"))
        for row in rows
        if row["planted"]
    ]


def test_who_finds_all_that_is_planted_misses_nothing_and_alarms_nobody(office: Office) -> None:
    counts = tally(office.truth, _found(_planted(office.truth)))
    assert counts["missed"].sum() == 0
    assert counts["alarms"].sum() == 0
    assert counts["fooled"].sum() == 0


def test_who_finds_nothing_misses_all(office: Office) -> None:
    counts = tally(office.truth, _found([]))
    assert counts["missed"].sum() == counts["planted"].sum()
    assert counts["alarms"].sum() == 0


def test_a_finding_where_nothing_is_planted_is_an_alarm(office: Office) -> None:
    counts = tally(office.truth, _found([("shaming", "messages", "wechat", "别的群", "2026-09-15T10:00:00+08:00")]))
    assert counts.filter(pl.col("rule") == "shaming")["alarms"].item() == 1


def test_a_look_alike_found_counts_as_fooled(office: Office) -> None:
    row = next(
        row
        for line in office.truth.read_bytes().splitlines()
        if (row := orjson.loads(line))["rule"] == "secondaccount" and not row["planted"]
    )
    counts = tally(office.truth, _found([("secondaccount", "accounts", "wechat", row["account"], None)]))
    assert counts.filter(pl.col("rule") == "secondaccount").select("fooled", "alarms").row(0) == (1, 1)


@pytest.mark.parametrize("rule", ["offhours", "samenotice", "replychain", "outlived", "secondaccount", "flooding"])
def test_the_truth_knows_the_rule(office: Office, rule: str) -> None:
    counts = tally(office.truth, _found([]))
    assert counts.filter(pl.col("rule") == rule)["planted"].item() > 0
