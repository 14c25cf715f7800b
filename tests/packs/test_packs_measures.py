"""Everything the documents ask for: a rule checks it, or it is said why none can."""

import json
from pathlib import Path

from qingqun.judge.discovery import rules
from qingqun.packs.document import documents

DATA = Path(__file__).parents[1] / "data/packs/standing.jsonl"
STANDING = {json.loads(line)["id"] for line in DATA.read_text(encoding="utf-8").splitlines()}
BY_HAND = {"CN-WT-01", "CN-WT-02", "CN-WT-05", "CN-HD-01", "CN-HD-02", "CN-HD-03", "CN-HD-04", "CN-HD-05"}


def test_every_fact_has_a_rule_or_says_why_none_can_be() -> None:
    entries = [entry for document in documents().values() for entry in document.entries]
    assert {entry.id for entry in entries} == STANDING
    assert len(STANDING) == 138
    assert [entry.id for entry in entries if not entry.rules and len(entry.unchecked) < 8] == []
    known = {rule.name for rule in rules()}
    assert [entry.id for entry in entries if not set(entry.rules) <= known] == []


def test_only_what_asks_for_nothing_or_cannot_be_seen_is_left_without_a_rule() -> None:
    """A hard or soft requirement without a rule is listed here by hand, so that none is dropped unseen."""
    entries = [entry for document in documents().values() for entry in document.entries if not entry.rules]
    assert {entry.id for entry in entries if entry.strength in {"hard", "soft"}} == BY_HAND
