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
from qingqun.enrich.labels import engine, pieces
from qingqun.enrich.labels.index import Index
from qingqun.enrich.labels.label import Cue, Label
from qingqun.enrich.labels.reading import matched, ready
from qingqun.enrich.labels.signs import All, Any, One, Sign, sign

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
@given(patterns(), st.lists(SAID, max_size=4))
def test_what_a_pattern_finds_its_sign_never_rules_out(pattern: str, said: list[str]) -> None:
    texts = pl.Series(said, dtype=pl.String)
    can = Index(texts, np.ones(len(texts), np.bool_)).can(pattern)
    assert can is None or can[texts.str.contains(pattern).to_numpy()].all()


@settings(max_examples=150)
@given(patterns(), SAID)
def test_a_pattern_asked_in_parts_or_loosened_says_the_same(pattern: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("COSTLY", "LOOSE", "SHORT"):
            patch.setattr(pieces, name, 1)
        said = pl.Series([text])
        asked = said.str.contains(pattern).item()
        assert asked == any(said.str.contains(one).item() for one in pieces.apart.__wrapped__(pattern))
        loose = pieces.loosened.__wrapped__(pattern)
    if loose is not None:
        loosely = said.str.contains(loose[0]).item()
        assert loosely == asked if len(text) <= loose[1] else loosely or not asked


def test_every_pattern_of_every_label_finds_only_where_it_can() -> None:
    said = ready(pl.Series(corpus()[::4]))
    index = Index(said, np.ones(len(said), np.bool_))
    part = pl.DataFrame({"text": said}).with_row_index("row")
    for label in labels.labels().values():
        for pattern in {label.gate, *(pattern for cue in label.cues for pattern in (*cue.all, *cue.none))}:
            assert (engine.found(part, pattern, index) == said.str.contains(pattern).to_numpy()).all(), pattern


def test_of_texts_that_were_not_chosen_nothing_is_known() -> None:
    index = Index(pl.Series(["请转发", "请转发"]), np.array([True, False]))
    can = index.can("转发")
    assert can is not None
    assert can.tolist() == [True, False]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:转发|收到)", One(("转发", "收到"))),
        ("请.{0,14}(?:回|复)", All((One(("请",)), One(("回", "复"))))),
        ("(?:请.{0,4}回|接龙)", Any((One(("接龙",)), All((One(("请",)), One(("回",))))))),
        ("(?:请?.{0,4}回)", One(("回",))),
        ("a(?:bc|d)?e", One(("abce", "ade", "ae"))),
        ("(?:回|回复)个", One(("回个", "回复个"))),
        ("(?:扣|扣一)", One(("扣",))),
        ("一+二{2}三", All((One(("一",)), One(("一二",)), One(("二三",))))),
        ("[甲乙]{1,}丙", All((One(("甲", "乙")), One(("甲丙", "乙丙"))))),
        (r"\[图\n", One(("[图\n",))),
        ("[^甲].{0,4}", None),
        (r"\d号?", None),
    ],
)
def test_a_sign_is_what_must_stand_in_a_text(pattern: str, needed: Sign | None) -> None:
    assert sign(pattern) == needed


def test_alternatives_are_those_at_the_top() -> None:
    assert pieces.alternatives("(?:a|b(?:c|d)|[|]|\\|)") == ["a", "b(?:c|d)", "[|]", "\\|"]
    assert pieces.alternatives("(?:a|b)c") == ["(?:a|b)c"]


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
    monkeypatch.setattr(engine, "SOME", 1)
    said = ready(pl.Series(corpus()[::97]))
    label, everything = labels.labels()[name], np.ones(len(said), np.bool_)
    assert engine.weigh(engine.Parts(said, everything), label, everything).tolist() == pytest.approx(
        plainly(said.to_list(), label), abs=1e-6
    )


def test_many_texts_are_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    said = pl.Series(corpus()[::41])
    at_once = labels.label_texts(said)
    monkeypatch.setattr(engine, "AT_ONCE", 100)
    assert labels.label_texts(said).equals(at_once)


def test_many_texts_or_one_the_verdict_is_the_same() -> None:
    said = corpus()[::61]
    many = labels.label_texts(pl.Series(said * 20))[: len(said)]
    one = pl.concat([labels.label_texts(pl.Series([text])) for text in said])
    assert many.select(pl.selectors.boolean()).equals(one.select(pl.selectors.boolean()))


def test_equal_texts_are_labelled_once_and_nulls_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(texts: pl.Series) -> pl.Series:
        asked.append(len(texts))
        return matched(texts)

    monkeypatch.setattr("qingqun.enrich.labels.bare.matched", counted)
    said = labels.label_texts(pl.Series(["收到", None, "请各组今天下班前报名单", "收到", None]))
    assert asked == [3]
    assert said["is_receipt"].to_list() == [True, False, False, True, False]
    assert said[0].equals(said[3])
