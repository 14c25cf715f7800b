"""Pairs written apart from the rules; and one fact changed by rule in every notice at hand is never the same notice."""

import json
import re
from pathlib import Path

import pytest
from repeat_changes import changed, resent

from qingqun.enrich.repeats import compare
from qingqun.enrich.repeats.compare import same
from qingqun.enrich.repeats.tokens import read

ROOT = Path(__file__).parents[2]
FILES = [ROOT / f"tests/data/repeats/{name}.jsonl" for name in ("pairs", "second", "third", "fourth")]
PAIRS = [json.loads(line) for line in FILES[-1].read_text(encoding="utf-8").splitlines()]
_EVERY = 12  # the corpus is large: every twelfth of its notices


def _notices() -> list[str]:
    ours = [json.loads(line)["a"] for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [
        json.loads(line) for file in sorted(ROOT.glob("data/messages/*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return sorted(set(ours))[::2] + [row["text"] for row in rows if "notice" in row.get("labels", ())][::_EVERY]


NOTICES = _notices()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']} {pair['truth']}")
def test_no_changed_fact_of_the_fourth_hand_is_the_same(pair: dict[str, str]) -> None:
    assert compare(pair["b"], pair["a"]).verdict == compare(pair["a"], pair["b"]).verdict
    assert pair["truth"] == "same" or compare(pair["a"], pair["b"]).verdict != "same"


def _listed_alike(a: str, b: str) -> bool:
    """Return whether two texts hold the same parts, as a list whose members changed places does."""
    one, two = (sorted(re.split(r"[,，。；;、\s（）()：:！!？?~]", re.sub("[号栋楼宿舍格室班]", "", text))) for text in (a, b))
    return one == two


def test_one_changed_fact_is_never_the_same_notice() -> None:
    swallowed = []
    for notice in NOTICES:
        first = read(notice)
        swallowed += [
            (kind, notice, other) for kind, other in changed(notice) if same(first, read(other)) and not _listed_alike(notice, other)
        ]
    assert not swallowed, swallowed[:5]


def test_nearly_every_cosmetic_edit_is_the_same_notice() -> None:
    told = [(same(read(notice), read(other)), kind) for notice in NOTICES[::4] for kind, other in resent(notice)]
    assert sum(one for one, _ in told) >= 0.97 * len(told)
