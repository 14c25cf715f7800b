"""The facts that look back, compared with the plainest way to count them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.context import look_back
from qingqun.enrich.facts.fact import Asked
from qingqun.words import MOMENT

HOUR, DAY, WEEK = 3_600, 86_400, 7 * 86_400
KEYS = ("row", "sent_at", "group_no", "sender_no", "copy_no")
FLAGS = ("is_notice", "is_publishing", "is_receipt", "is_reply_demand", "is_photo_proof", "is_emergency")
TYPES = pl.Schema(
    [*((key, pl.Int64()) for key in KEYS), ("kind", pl.String()), ("grade", pl.String()), *((flag, pl.Boolean()) for flag in FLAGS)]
)


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    blank = {"group_no": 0, "sender_no": 0, "copy_no": None, "kind": "text", "grade": "work", **dict.fromkeys(FLAGS, False)}
    placed = sorted(rows, key=lambda row: int(str(row["at"])))
    full = [{**blank, **row, "row": n, "sent_at": int(str(row["at"])) * 1000} for n, row in enumerate(placed)]
    return pl.DataFrame(full, schema=TYPES).with_columns(pl.col("sent_at").cast(MOMENT))


POSTINGS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 20).map(lambda n: n * DAY),
            "group_no": st.integers(0, 3),
            "copy_no": st.one_of(st.none(), st.integers(0, 1)),
            "sender_no": st.integers(0, 1),
        }
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(POSTINGS)
def test_copies_count_the_other_groups_of_the_last_seven_days(rows: list[dict[str, object]]) -> None:
    table = frame(rows)
    found = look_back(table)
    told = table.select("copy_no", "group_no", pl.col("sent_at").dt.epoch("s")).rows()
    for n, (notice, group, at) in enumerate(told):
        copies = [(g, t) for other, g, t in told[:n] if notice is not None and other == notice and g != group]
        expected = len({g for g, t in copies if at - t <= WEEK}) if notice is not None else None
        assert found["copies_in_other_groups"][n] == expected
        assert found["seconds_since_copy"][n] == (at - max(t for _, t in copies) if copies else None)


@settings(max_examples=60, deadline=None)
@given(POSTINGS, st.integers(1, 4))
def test_seconds_since_the_nth_earlier_message_of_the_same_sender(rows: list[dict[str, object]], n: int) -> None:
    table = frame(rows)
    found = look_back(table, {Asked("seconds_since_earlier", n)})[f"seconds_since_earlier@{n}"]
    told = table.select("group_no", "sender_no", pl.col("sent_at").dt.epoch("s")).rows()
    for place, (group, sender, at) in enumerate(told):
        earlier = [t for g, s, t in told[:place] if (g, s) == (group, sender)]
        assert found[place] == (at - earlier[-n] if len(earlier) >= n else None)


ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 60).map(lambda n: n * 1800),
            "group_no": st.integers(0, 1),
            "sender_no": st.integers(0, 3),
            "what": st.sampled_from(["demand", "urgent", "receipt", "photo demand", "photo", "notice", "talk"]),
        }
    ),
    max_size=30,
)


def worded(row: dict[str, object]) -> dict[str, object]:
    what = row["what"]
    flags = {
        "is_reply_demand": what in {"demand", "urgent"},
        "is_notice": what in {"demand", "notice"},
        "is_emergency": what == "urgent",
        "is_receipt": what == "receipt",
        "is_photo_proof": what == "photo demand",
    }
    return {
        "at": row["at"],
        "group_no": row["group_no"],
        "sender_no": row["sender_no"],
        "kind": "image" if what == "photo" else "text",
        **flags,
    }


@settings(max_examples=80, deadline=None)
@given(ANSWERS)
def test_receipts_and_photos_are_attributed_to_the_last_demand(rows: list[dict[str, object]]) -> None:
    found = look_back(frame([worded(row) for row in rows])).rows(named=True)
    receipts: dict[int, int] = {}
    photos: dict[int, list[int]] = {}
    for n, row in enumerate(found):
        photo = row["kind"] == "image"
        flag = "is_photo_proof" if photo else "is_reply_demand"
        demands = [d for d in found[:n] if d["group_no"] == row["group_no"] and d[flag]]
        last = demands[-1] if demands and (photo or row["is_receipt"]) else None
        if last and (
            last["is_emergency"] or last["sender_no"] == row["sender_no"] or (row["sent_at"] - last["sent_at"]).total_seconds() > DAY
        ):
            last = None
        notices = [d for d in found[:n] if d["group_no"] == row["group_no"] and d["is_notice"]]
        waited = (row["sent_at"] - last["sent_at"]).total_seconds() if last else 0
        if last and not photo and waited > HOUR and notices and notices[-1]["row"] > last["row"]:
            last = None  # a late receipt answers the notice that came between
        assert row["asked_by"] == (last["row"] if last else None)
        if last and not photo:
            receipts[last["row"]] = receipts.get(last["row"], 0) + 1
        assert row["receipts_since_demand"] == (receipts[last["row"]] if last and not photo else None)
        senders = photos.setdefault(last["row"], []) if last and photo else []
        first = bool(last) and photo and row["sender_no"] not in senders
        senders += [row["sender_no"]] if first else []
        assert row["photo_senders_since_demand"] == (len(senders) if first else None)


def test_offhours_days_count_the_days_of_the_last_seven_and_not_lunch_or_emergencies() -> None:
    late = {"is_publishing": True, "grade": "after"}
    rows = [{"at": day * DAY, **late} for day in (0, 1, 1, 7, 8)]
    rows += [{"at": 8 * DAY, "is_publishing": True, "grade": "lunch"}, {"at": 8 * DAY, **late, "is_emergency": True}]
    assert look_back(frame(rows))["offhours_days"].to_list() == [1, 2, 2, 2, 2, None, None]


def test_photos_of_one_album_are_not_speaking() -> None:
    rows: list[dict[str, object]] = [{"at": n, "kind": "image"} for n in range(9)] + [{"at": 10}]
    found = look_back(frame(rows), {Asked("seconds_since_earlier", 1)})
    assert found["seconds_since_earlier@1"].to_list() == [None] * 10


def test_a_fact_that_is_not_known_is_an_error() -> None:
    with pytest.raises(LookupError):
        look_back(frame([]), {Asked("seconds_since_nothing", 1)})
