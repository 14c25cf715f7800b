"""Patterns mean the same on every engine, tell what they are, and cannot be led astray."""

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.labels import label_texts, labels, spans
from qingqun.enrich.labels.label import THRESHOLD, Label

FOREIGN = re.compile(r"\(\?[=!<]|\\[1-9wWdDsSbB]|\(\?P|\(\?>|[*+?}]\+")
SAID = [
    "收到请回复",
    "各村请把巡查照片发群里",
    "请大家转发朋友圈",
    "以下单位未交:城关村、河东村",
    "燃气泄漏立即撤离",
    "区长一行莅临调研,给予充分肯定",
]
EVASIVE = [
    ("收到请回复", "reply_demand"),
    ("请全体下载app并注册", "forced_promotion"),
    ("再不交的全区通报点名", "shaming"),
    ("请各村上传巡查照片到群", "photo_proof"),
]
TRADITIONAL = {"请": "請", "复": "復", "载": "載", "体": "體", "册": "冊", "点": "點", "报": "報", "区": "區", "传": "傳", "图": "圖"}


def patterns(label: Label) -> list[str]:
    return [label.gate, *(p for cue in label.cues for p in (*cue.all, *cue.none))]


@pytest.mark.parametrize("name", list(labels()))
def test_a_pattern_keeps_to_the_common_dialect(name: str) -> None:
    outside = [re.sub(r"\[(?:\\.|[^\]])*\]", "c", p) for p in patterns(labels()[name])]
    assert not [p for p in outside if FOREIGN.search(p)]


@pytest.mark.parametrize("name", [name for name in labels() if name != "receipt"])
def test_python_and_the_column_engine_agree(name: str) -> None:
    for pattern in patterns(labels()[name]):
        assert pl.Series(SAID).str.contains(pattern).to_list() == [bool(re.search(pattern, text)) for text in SAID]


@pytest.mark.parametrize("name", list(labels()))
def test_a_label_explains_itself_and_can_be_reached(name: str) -> None:
    label = labels()[name]
    assert label.meaning
    assert len({cue.name for cue in label.cues}) == len(label.cues)
    assert sum(cue.weight for cue in label.cues if cue.weight > 0) >= THRESHOLD


@pytest.mark.parametrize(("text", "name"), EVASIVE)
@pytest.mark.parametrize("gap", [" ", ".", "-", "\u200b", "\u2060", "\ufe0f", "\u034f", "·", "　"])
def test_a_disguise_changes_no_label(text: str, name: str, gap: str) -> None:
    assert label_texts(pl.Series([gap.join(text)]))[f"is_{name}"].item()


@pytest.mark.parametrize(("text", "name"), EVASIVE)
def test_width_and_traditional_characters_change_no_label(text: str, name: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else TRADITIONAL.get(c, c) for c in text)
    assert label_texts(pl.Series([wide]))[f"is_{name}"].item()


def test_a_span_shows_the_words_in_the_text_as_read() -> None:
    text = "通知如下。收\u200b 到 请 回 复!"
    start, end = spans(pl.Series([text]))[0]["reply_demand"]
    assert text[start:end] == "收\u200b 到 请 回 复"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="收到请回复照片发群点名通报app1!。\n、:@ 各村未", max_size=40), min_size=1, max_size=3))
def test_every_label_has_its_span_within_the_text(texts: list[str]) -> None:
    found = label_texts(pl.Series(texts))
    for row, (text, shown) in enumerate(zip(texts, spans(pl.Series(texts)), strict=True)):
        assert set(shown) == {name for name in labels() if found[f"is_{name}"][row]}
        assert all(0 <= start < end <= len(text) for start, end in shown.values())
