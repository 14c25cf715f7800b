"""The same words in disguise come out the same; ordinary text comes out unharmed."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.normal import normalise, trace

TRICKS = [
    ("收 到 请 回 复", "收到请回复"),
    ("收.到.请.回.复", "收到请回复"),
    ("下 - 载 A-P-P", "下载APP"),
    ("收\u200b到\u2060请\ufe0f回\u034f复\u00ad", "收到请回复"),
    ("收\U000e0041到", "收到"),
    ("\u202e收到\u202c", "收到"),
    ("ＡＰＰ　下载！", "APP下载!"),
    ("收到請回覆，轉發朋友圈", "收到请回复,转发朋友圈"),
    ("扣　１", "扣1"),
]
HARMLESS = [
    "1. 张主任 2. 小李",
    "https://example.org/a-b_c?d=e.f",
    "The meeting starts at 9.30 - be on time",
    "[图片]",
    "【通知】各村:",
    "3.5%",
    "请于3月12日前报送,联系人:小李",
]
ODD = st.text(
    alphabet=st.sampled_from(
        [*"收到请回复下載轉發 　.-*_·1２ＡaPp，。！\n\r\t", "\u200b", "\ufe0f", "\u00ad", "①", "㎡", "👌", "\U000e0041"]
    ),
    max_size=30,
)


@pytest.mark.parametrize(("disguised", "plain"), TRICKS)
def test_a_disguise_falls(disguised: str, plain: str) -> None:
    assert normalise(pl.Series([disguised])).item() == plain


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_keeps_its_separators(text: str) -> None:
    assert normalise(pl.Series([text])).item().replace(" ", "") == text.replace(" ", "")


def test_a_missing_text_stays_missing() -> None:
    assert normalise(pl.Series(["收 到", None, ""])).to_list() == ["收到", None, ""]


@settings(max_examples=80)
@given(st.lists(st.one_of(ODD, st.text(max_size=20)), min_size=1, max_size=4))
def test_the_column_and_the_traced_text_agree(texts: list[str]) -> None:
    assert normalise(pl.Series(texts)).to_list() == [trace(text).text for text in texts]


@settings(max_examples=80)
@given(ODD)
def test_every_character_knows_where_it_came_from(text: str) -> None:
    normal = trace(text)
    assert len(normal.offsets) == len(normal.text)
    assert normal.offsets == sorted(normal.offsets)
    assert all(0 <= at < len(text) for at in normal.offsets)
