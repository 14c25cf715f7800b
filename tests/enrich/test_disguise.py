"""Key words in disguise: restored where they stand, ordinary text untouched, spans in the text as read."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.disguise import suspicious, table, undo
from qingqun.enrich.labels import label_texts, spans
from qingqun.enrich.normal import normalise, trace

BAD = ("reply_demand", "shaming", "forced_promotion", "assessed_promotion", "photo_proof", "leader_publicity")
DATA = Path(__file__).parents[1] / "data/labels/disguised.jsonl"
MESSAGES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def bare(text: str) -> str:
    normal = trace(text).text
    found = undo(normal)
    return found.text if found else normal


@pytest.mark.parametrize(
    ("disguised", "meant"),
    [
        ("收到请囙复", "收到请回复"), ("请関註公众号", "请关注公众号"), ("到村打咔", "到村打卡"), ("请下栽", "请下载"), ("首到请回付", "收到请回复"), ("请转法到群里", "请转发到群里"),
        ("给书记点zan", "给书记点赞"), ("shoudao qing huifu", "收到请回复"), ("按装软件", "安装软件"), ("巡查要排照", "巡查要拍照"),
        ("请扌丁卡", "请打卡"), ("看到囗口复", "看到回复"), ("看到囗 口 复", "看到回复"), ("车专发", "转发"), ("点灬赞", "点赞"), ("氵主册账号", "注册账号"),
    ],
)  # fmt: skip
def test_a_key_word_is_restored(disguised: str, meant: str) -> None:
    assert bare(disguised) == meant


@pytest.mark.parametrize(
    "text",
    [
        "首道工序验收后再进下一道。", "孩子受到表扬，家长也高兴。", "药到病除，手到擒来。", "转告张主任明天到。", "楼下在铺路，请绕行。", "坐大卡车来的。",
        "终点站到了。", "牌照换新的。", "店名还没起好。", "上船前请验票。", "同胞兄弟。", "恢复供水了。", "小李把门关住了。", "汇付款已到账。",
    ],
)  # fmt: skip
def test_ordinary_words_stay(text: str) -> None:
    assert bare(text) == trace(text).text


@pytest.mark.parametrize("kind", ["look", "sound", "split"])
def test_four_of_five_are_caught_at_a_lower_score(kind: str) -> None:
    texts = pl.Series([message["text"] for message in MESSAGES if message["class"] == kind])
    labels = label_texts(texts)
    caught = labels.select(pl.any_horizontal([f"is_{name}" for name in BAD])).to_series()
    assert len(caught.arg_true()) >= 0.8 * len(texts)


def test_what_shows_only_without_disguise_counts_for_less() -> None:
    plain, disguised = (
        label_texts(pl.Series([text])).row(0, named=True) for text in ("收到请回复，不回的点名", "收到请囗口复，不囗口复的点名")
    )
    assert plain["is_reply_demand"]
    assert disguised["is_reply_demand"]
    assert disguised["score_reply_demand"] < plain["score_reply_demand"]


def test_a_span_stands_in_the_text_as_read() -> None:
    text = "小李：\u200b看到的请囗 口 复，不囗 口 复的点名"
    ((start, end),) = (spans(pl.Series([text]))[0]["reply_demand"],)
    assert "囗 口 复" in text[start:end]


def test_spaces_widths_and_traditional_characters_make_no_difference() -> None:
    texts = pl.Series(
        [
            "收到请回复，今晚点名",
            "收 到 请 回 复，今晚点名",
            "收\u200b到请回\u200b复，今晚点名",
            "收到請回覆，今晚點名",
            "收-到请回-复，今晚点名",
        ]
    )
    assert label_texts(texts).select(pl.selectors.boolean()).unique().height == 1
    assert normalise(texts).n_unique() == 1


@settings(max_examples=30)
@given(st.lists(st.text(alphabet="收到请回复囙首付扌丁卡点zan囗口 ，a\U0001f600", max_size=12), max_size=5))
def test_undoing_keeps_the_way_back(texts: list[str]) -> None:
    normal = normalise(pl.Series(texts, dtype=pl.String))
    rows = set(suspicious(normal).tolist())
    for row, text in enumerate(normal):
        found = undo(text)
        if found:
            assert row in rows or found.text.replace(" ", "") == text.replace(" ", "")
            assert len(found.offsets) == len(found.text)
            assert found.offsets == sorted(found.offsets)
            assert all(0 <= at < len(text) for at in found.offsets)


def test_nulls_and_nothing_are_not_suspicious() -> None:
    assert suspicious(pl.Series([None, "", "会"], dtype=pl.String)).tolist() == []
    assert label_texts(pl.Series([None, "囙复"], dtype=pl.String)).height == 2


def test_the_table_is_sorted_and_names_keys() -> None:
    known = table()
    assert (np.diff(known.pairs.astype(np.int64)) > 0).all()
    assert known.numbers.max() < len(known.keys)
