"""Work ordered for days off is told from what only looks like it, by the unit's own calendar and shifts."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours, Shift, Span
from qingqun.enrich import enrich
from qingqun.enrich.restdays import resting
from qingqun.words import MESSAGES

DATA = Path(__file__).parents[2] / "data" / "restdays"
EVERYDAY = sorted(path for path in (DATA.parents[2] / "data" / "messages").glob("*.jsonl") if path.stem.startswith(("plain", "everyday")))
WEDNESDAY = "2026-03-11T10:00:00+08:00"
FOUND = {"messages.jsonl": 40, "second.jsonl": 20, "third.jsonl": 17, "fourth.jsonl": 57}
"""How many of the orders are found at least."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def facts(rows: list[dict[str, Any]], hours: Hours | None = None) -> pl.DataFrame:
    """Enrich messages, each of a group of its own; the frame is in their order."""
    empty: dict[str, Any] = dict.fromkeys(MESSAGES)
    told = [
        empty
        | {
            "platform": "wechat",
            "group_name": f"群{line}",
            "sender_name": "镇办",
            "kind": "text",
            "text": row["text"],
            "file": "f",
            "line": line,
        }
        | {"sent_at": datetime.fromisoformat(row["sent_at"]), "mentions": [], "mention_all": False, "attachments": [], "recalled": False}
        for line, row in enumerate(rows)
    ]
    return enrich(pl.DataFrame(told, schema=MESSAGES), hours or Hours.default()).sort("line")


def ordered(text: str, sent_at: str = WEDNESDAY, hours: Hours | None = None) -> bool:
    found: bool = facts([{"text": text, "sent_at": sent_at}], hours)["works_on_rest_day"].item()
    return found


@pytest.mark.parametrize("name", sorted(FOUND))
def test_orders_are_found_and_look_alikes_left_alone(name: str) -> None:
    table = rows(name)
    found = facts(table)
    hit = (found["works_on_rest_day"] & found["is_publishing"] & ~found["is_emergency"]).to_list()
    assert [row["text"] for row, one in zip(table, hit, strict=True) if one and not row["works"]] == []
    assert sum(hit) >= FOUND[name], [row["text"] for row, one in zip(table, hit, strict=True) if row["works"] and not one]


@pytest.mark.parametrize("path", EVERYDAY, ids=lambda path: path.stem)
def test_what_people_usually_write_orders_next_to_nothing_on_days_off(path: Path) -> None:
    table = [row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if row["sent_at"]]
    assert facts(table)["works_on_rest_day"].sum() <= 1


def test_one_text_alone_is_read_as_in_a_column() -> None:
    table = rows("messages.jsonl")
    found = facts(table).select("works_on_rest_day", "is_publishing").rows()
    alone = [resting(row["text"], datetime.fromisoformat(row["sent_at"]), Hours.default()) is not None for row in table]
    assert [row["text"] for row, (hit, publishing), one in zip(table, found, alone, strict=True) if hit != (one and publishing)] == []


def test_the_moment_and_its_words_are_told() -> None:
    found = resting("请各社区组织人员周日上午9点入户走访困难户。", datetime.fromisoformat(WEDNESDAY), Hours.default())
    assert found is not None
    assert (found.words, found.at) == ("周日上午9点", datetime(2026, 3, 15, 9, tzinfo=BEIJING))


def test_a_make_up_day_is_worked_and_a_feast_on_a_weekday_is_not() -> None:
    assert not ordered("请全体人员2月28日(周六)上午九点到二楼会议室开会。", "2026-02-25T10:00:00+08:00")
    assert ordered("请全体人员10月8日上午九点到会议室开会,10月7日上午先来布置会场。", "2026-09-29T10:00:00+08:00")
    assert not ordered("请全体人员10月8日上午九点到会议室开会,商量下半年工作。", "2026-09-29T10:00:00+08:00")


def test_who_works_on_saturdays_is_not_off_then() -> None:
    shift = Hours("医院", shifts=(Shift(frozenset(range(7)), Span(8 * 60, 18 * 60)),))
    text = "请各科室护士长周六上午9点到会议室集中学习新规范。"
    assert ordered(text)
    assert not ordered(text, hours=shift)
    assert ordered("请各科室护士长周六晚上8点到会议室集中学习新规范。", hours=shift)


@pytest.mark.parametrize(
    "text",
    ["请各科室周日24点前报送年度总结。", "请各村最迟周六报送名单,逾期不候。", "统计表报送截止时间:3月15日,请各单位抓紧。"],
)
def test_a_last_moment_on_a_day_off_is_the_deadlines_own_matter(text: str) -> None:
    assert not ordered(text)


def test_a_run_of_days_counts_only_where_all_of_them_are_off() -> None:
    assert ordered("请各村4月4日至6日组织护林员上山巡查,每天不少于三次。", "2026-04-01T10:00:00+08:00")
    assert not ordered("请各村4月1日至6日组织护林员上山巡查,每天不少于三次。", "2026-03-31T10:00:00+08:00")
