"""The corpus keeps its own form: every file, every message."""

import json
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

FILES = sorted((Path(__file__).parents[1] / "data" / "messages").glob("*.jsonl"))
LABELS = {
    "work", "receipt", "notice", "reply_demand", "shaming", "forced_promotion", "assessed_promotion", "photo_proof", "leader_publicity", "emergency",
}  # fmt: skip
SHORT = 4  # characters: everybody says 好的
BAD = LABELS - {"work", "receipt", "notice", "emergency"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_message_has_known_labels_that_agree(path: Path) -> None:
    for row in rows(path):
        labels = set(row["labels"])
        assert labels <= LABELS, row["id"]
        assert set(row["near_miss_for"]) <= LABELS - labels, row["id"]
        assert "notice" not in labels or "work" in labels, row["id"]
        assert "receipt" not in labels or labels == {"receipt"}, row["id"]
        assert row["text"].strip(), row["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_moments_carry_the_zone_of_shanghai(path: Path) -> None:
    for row in rows(path):
        for moment in (row["sent_at"], row["deadline"]):
            assert moment is None or datetime.fromisoformat(moment).utcoffset() is not None, row["id"]
            assert moment is None or moment.endswith("+08:00"), row["id"]


def test_plain_messages_carry_none_of_the_bad_kinds() -> None:
    plain = [path for path in FILES if path.stem.startswith(("plain", "everyday"))]
    assert plain
    assert [row["id"] for path in plain for row in rows(path) if BAD & set(row["labels"])] == []


def test_no_message_but_the_shortest_receipts_stands_in_two_files_and_no_id_twice() -> None:
    texts = {path.stem: {row["text"] for row in rows(path) if len(row["text"]) > SHORT} for path in FILES}
    assert [(a, b) for a, b in combinations(texts, 2) if texts[a] & texts[b]] == []
    ids = [row["id"] for path in FILES for row in rows(path)]
    assert len(ids) == len(set(ids))
