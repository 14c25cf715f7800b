"""What is asked first never loses what the pattern itself would find."""

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich import labels
from qingqun.enrich.labels import engine
from qingqun.enrich.labels.label import Cue, Label
from qingqun.enrich.labels.pieces import alternatives, edge, needs
from qingqun.enrich.labels.reading import ready

MESSAGES = Path(__file__).parents[2] / "data" / "messages"

ATOMS = st.sampled_from(["转发", "群", "[收回]到?", "(?:请|务必)", "(?:张|小.{0,2}李)?", r"[0-9]{1,2}号", "^", "$", r"\[图", "[^,。]"])
GAPS = st.sampled_from(["", ".{0,3}", "[^,。]{0,4}", "(?:.|\n)*", ".*"])
SAID = st.text("转发群收回到请务必张小李12号,。[图主任", max_size=16)


@cache
def corpus() -> list[str]:
    lines = [line for path in sorted(MESSAGES.glob("train-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


@st.composite
def patterns(draw: st.DrawFn, depth: int = 1) -> str:
    def one() -> str:
        part = ATOMS if depth == 0 else st.one_of(ATOMS, patterns(depth - 1))
        return "".join(draw(part) + draw(GAPS) for _ in range(draw(st.integers(1, 3))))

    return "(?:" + "|".join(one() for _ in range(draw(st.integers(1, 3)))) + ")"


@settings(max_examples=150)
@given(patterns(), SAID)
def test_what_a_pattern_finds_its_needs_find(pattern: str, text: str) -> None:
    said = pl.Series([text])
    if said.str.contains(pattern).item():
        assert all(said.str.contains(need).item() for need in needs(pattern))


def test_every_pattern_of_every_label_finds_what_it_needs() -> None:
    said = ready(pl.Series(corpus()[::4]))
    for label in labels.labels().values():
        for pattern in {label.gate, *(pattern for cue in label.cues for pattern in (*cue.all, *cue.none))}:
            found = said.filter(said.str.contains(pattern))
            assert all(found.str.contains(need).all() for need in needs(pattern)), pattern


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:转发|收到)", ()),
        ("请.{0,14}(?:回|复)", ("请", "(?:回|复)")),
        ("(?:请.{0,4}回|接龙)", ("请|接龙", "回|接龙")),
        ("(?:请?.{0,4}回)", ("回",)),
        (".{0,4}", ()),
    ],
)
def test_before_and_behind_a_gap_something_stands(pattern: str, needed: tuple[str, ...]) -> None:
    assert needs(pattern) == needed


def test_alternatives_are_those_at_the_top() -> None:
    assert alternatives("(?:a|b(?:c|d)|[|]|\\|)") == ["a", "b(?:c|d)", "[|]", "\\|"]
    assert alternatives("(?:a|b)c") == ["(?:a|b)c"]
    assert edge("(?:a|b){0,2}.{0,3}c", last=False) == "c"


def plainly(texts: list[str], label: Label) -> list[float]:
    """Weigh text by text, in plain Python."""
    scores = []
    for text in texts:
        parts = [part for part in re.findall(engine.SENTENCE, text) if pl.Series([part]).str.contains(label.gate).item()]
        held = [cue.weight for cue in label.cues if parts and any(holds(cue, p) for p in (parts if cue.scope == "sentence" else [text]))]
        scores.append(min(1.0, max(0.0, sum(held))))
    return scores


def holds(cue: Cue, part: str) -> bool:
    said = pl.Series([part])
    return all(said.str.contains(p).item() for p in cue.all) and not any(said.str.contains(p).item() for p in cue.none)


@pytest.mark.parametrize("name", ["reply_demand", "photo_proof"])
def test_columns_say_what_single_texts_say(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MANY", 0)
    said = ready(pl.Series(corpus()[::97]))
    label = labels.labels()[name]
    assert engine.weigh(engine.Parts(said), label, np.ones(len(said), np.bool_)).to_list() == pytest.approx(
        plainly(said.to_list(), label), abs=1e-6
    )


def test_many_texts_or_one_the_verdict_is_the_same() -> None:
    said = corpus()[::61]
    many = labels.label_texts(pl.Series(said * 20))[: len(said)]
    one = pl.concat([labels.label_texts(pl.Series([text])) for text in said])
    assert many.select(pl.selectors.boolean()).equals(one.select(pl.selectors.boolean()))


def test_equal_texts_are_labelled_once_and_nulls_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(texts: pl.Series) -> pl.Series:
        asked.append(len(texts))
        return ready(texts)

    monkeypatch.setattr("qingqun.enrich.labels.bare.ready", counted)
    said = labels.label_texts(pl.Series(["收到", None, "请各组今天下班前报名单", "收到", None]))
    assert asked == [3, 0]  # as read, and those in disguise
    assert said["is_receipt"].to_list() == [True, False, False, True, False]
    assert said[0].equals(said[3])
