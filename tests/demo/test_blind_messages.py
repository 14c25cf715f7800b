from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

BLIND = Path(__file__).parents[2] / "data" / "messages" / "blind.jsonl"
LABELS = {
    "work",
    "receipt",
    "notice",
    "reply_demand",
    "shaming",
    "forced_promotion",
    "assessed_promotion",
    "photo_proof",
    "leader_publicity",
    "emergency",
}


@pytest.fixture(scope="module")
def blind() -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in BLIND.read_bytes().splitlines()]


def test_every_label_has_twenty_positives_and_twelve_near_misses(blind: list[dict[str, Any]]) -> None:
    positives = Counter(label for row in blind for label in row["labels"])
    near = Counter(label for row in blind for label in row["near_miss_for"])
    assert set(positives) == LABELS == set(near)
    assert min(positives.values()) >= 20
    assert min(near.values()) >= 12


def test_ids_and_texts_are_unique(blind: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in blind}) == len({row["text"] for row in blind}) == len(blind)


def test_a_notice_is_work_a_receipt_stands_alone_and_a_near_miss_misses(blind: list[dict[str, Any]]) -> None:
    for row in blind:
        assert "notice" not in row["labels"] or "work" in row["labels"]
        assert "receipt" not in row["labels"] or row["labels"] == ["receipt"]
        assert not set(row["labels"]) & set(row["near_miss_for"])


def test_ninety_deadlines_lie_after_their_message(blind: list[dict[str, Any]]) -> None:
    due = [(datetime.fromisoformat(row["sent_at"]), datetime.fromisoformat(row["deadline"])) for row in blind if row["deadline"]]
    assert len(due) >= 90
    assert all(sent < end for sent, end in due)
