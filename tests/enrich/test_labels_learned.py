"""The learned half of the labels: grams on columns, weights from a file, patterns as features."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich import labels
from qingqun.enrich.labels.grams import LONGEST, PLACES, folded, grams
from qingqun.enrich.labels.learned import model

TEXTS = st.lists(st.text(st.sampled_from("请各村收到回复12，\n😀 a"), max_size=12), min_size=1, max_size=6)


def places(texts: list[str]) -> list[list[list[int]]]:
    """For each text, for each length, the places of its grams."""
    found: list[list[list[int]]] = [[] for _ in texts]
    for row, place in grams(folded(pl.Series(texts, dtype=pl.String))):
        for i, mine in enumerate(found):
            mine.append(place[row == i].tolist())
    return found


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_texts_grams_do_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = places(texts)
    assert together == [places([text])[0] for text in texts]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_every_gram_is_counted_once(texts: list[str]) -> None:
    for text, found in zip(texts, places(texts), strict=True):
        marked = len(once(folded(pl.Series([text], dtype=pl.String)).item())) + 2
        assert [len(each) for each in found] == [max(0, marked - n + 1) for n in range(1, LONGEST + 1)]
        assert all(0 <= place < PLACES for each in found for place in each)


def once(text: str) -> str:
    """A mark said several times in a row stands once, a letter at most twice."""
    kept = ""
    for n, char in enumerate(text):
        lettered = char in "abcdefghijklmnopqrstuvwxyz0123456789" or "\u3400" <= char <= "\u9fff"
        if text[max(0, n - 2) : n] != char * 2 and (lettered or n == 0 or text[n - 1] != char):
            kept += char
    return kept


def test_a_mark_repeated_in_excitement_counts_once() -> None:
    assert places(["跑通了！！！！"]) == places(["跑通了！"])
    assert places(["哈哈哈哈"]) == places(["哈哈"])
    assert places(["哈哈"]) != places(["哈"])


def test_texts_that_differ_in_numbers_alone_share_their_grams() -> None:
    assert places(["报送12户"]) == places(["报送3户"])
    assert places(["报送12户"]) != places(["报送户"])


def test_the_weights_fit_the_labels_there_are() -> None:
    known = model()
    assert set(known.names) == set(labels.labels())
    assert known.grams.shape == (known.row[known.row < known.row.max()].size + 1, len(known.names))
    assert not known.grams[-1].any(), "a gram that is not known weighs nothing"
    assert np.isfinite(known.grams).all()
    assert known.patterns.shape == (2 * len(known.names), len(known.names))


def test_an_empty_column_has_no_labels_and_an_empty_text_none() -> None:
    assert labels.label_texts(pl.Series([], dtype=pl.String)).height == 0
    row = labels.label_texts(pl.Series([""])).row(0, named=True)
    assert not any(row[f"is_{name}"] for name in labels.labels())


def test_a_score_says_how_sure_and_half_is_the_threshold() -> None:
    frame = labels.label_texts(pl.Series(["收到", "请各村今晚八点前把巡查照片发到群里，收到请回复"]))
    receipt, demand = frame.rows(named=True)
    assert receipt["score_receipt"] > 0.5 > receipt["score_photo_proof"]
    assert demand["score_photo_proof"] > 0.5
    assert demand["score_reply_demand"] > 0.5


def test_a_label_says_the_same_alone_and_in_a_crowd() -> None:
    texts = ["收到请回复", "今晚吃啥", "请各村上报3户名单", "请各村上报15户名单", ""]
    crowd = labels.label_texts(pl.Series(texts))
    for i, text in enumerate(texts):
        alone = labels.label_texts(pl.Series([text]))
        assert alone.row(0)[: len(labels.labels())] == crowd.row(i)[: len(labels.labels())]
