"""Each label says yes where the guide says yes, and no to its nearest neighbours."""

from pathlib import Path

import orjson
import polars as pl
import pytest

from qingqun.enrich.labels import label_texts, labels, scores

ROWS = [orjson.loads(line) for line in (Path(__file__).parent.parent / "data/labels/settings.jsonl").read_bytes().splitlines()]
FLOOR = 0.9  # what the product promises on its own examples
BAD = ["shaming", "forced_promotion", "assessed_promotion", "photo_proof", "leader_publicity"]

HUNDRED = [
    ("收到", {"receipt"}),
    ("收到，材料下午三点报送", {"work"}),
    ("请各科室看到后回复“收到”", {"work", "notice", "reply_demand"}),
    ("请各科室回复参会人员名单", {"work", "notice"}),
    ("以下单位未回复：城建所、文化站、林业站", {"work", "notice", "shaming"}),
    ("请全体职工下载“乐民”APP并注册", {"work", "notice", "forced_promotion"}),
    ("感兴趣的可以关注一下我们的公众号", set()),
    ("APP安装率未达90%的社区扣年度考核分", {"work", "notice", "assessed_promotion"}),
    ("请各村把巡查照片上传到群里", {"work", "notice", "photo_proof"}),
    ("张主任，把坏了的水泵铭牌拍给我看看型号", {"work"}),
    ("区委书记一行莅临我街道调研，对工作给予充分肯定", {"work", "leader_publicity"}),
    ("突发火情，请值班人员立即到岗", {"work", "notice", "emergency"}),
    ("下周三上午消防演练，请各科室参加", {"work", "notice"}),
    ("【急】请各科室今晚十点前把报表报我", {"work", "notice"}),
]


def said(text: str) -> set[str]:
    row = label_texts(pl.Series([text])).row(0, named=True)
    return {name for name in labels() if row[f"is_{name}"]}


@pytest.mark.parametrize(("text", "expected"), HUNDRED)
def test_the_guides_own_borders_hold(text: str, expected: set[str]) -> None:
    if expected:
        assert said(text) == expected
    else:
        assert not said(text) & set(BAD)


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    return label_texts(pl.Series([row["text"] for row in ROWS]))


@pytest.mark.parametrize("name", list(labels()))
def test_the_examples_of_other_settings_are_told_apart(name: str, found: pl.DataFrame) -> None:
    true = pl.Series([name in row["labels"] for row in ROWS])
    hits = (found[f"is_{name}"] & true).sum()
    said_or_true = int(found[f"is_{name}"].sum()) + int(true.sum())
    assert 2 * int(hits) / said_or_true >= FLOOR


@pytest.mark.parametrize("name", BAD)
def test_a_near_miss_is_no_hit(name: str, found: pl.DataFrame) -> None:
    near = pl.Series([name in row["near_miss_for"] for row in ROWS])
    assert found[f"is_{name}"].filter(near).sum() == 0


def test_what_the_sender_quotes_does_not_count() -> None:
    assert "reply_demand" not in said("「张主任：收到请回复」\n- - - - - - - - - -\n这个会改到几点了？")


def test_a_missing_or_empty_text_carries_no_label() -> None:
    flags = label_texts(pl.Series([None, "", "  \n"], dtype=pl.String)).select(f"is_{name}" for name in labels())
    assert not any(any(row) for row in flags.iter_rows())


def test_scores_lie_between_nought_and_one() -> None:
    assert all(0 <= score <= 1 for text, _ in HUNDRED for score in scores(text).values())


@pytest.mark.parametrize("text", ["各村看到通知请立即回复收到", "请各组立即回复收到", "看到的马上回个收到"])
def test_a_demand_that_ends_as_an_answer_does_is_no_receipt(text: str) -> None:
    said = label_texts(pl.Series([text])).row(0, named=True)
    assert (said["is_reply_demand"], said["is_receipt"]) == (True, False)
