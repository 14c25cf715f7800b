"""A notice that threatens in one sentence to name who has not done it names, however long the rest of it is."""

import polars as pl
import pytest

from qingqun.enrich.labels import label_texts, spans

LONG = "请各社区认真做好秋季消防安全检查，重点查看楼道、车棚、餐饮门店，建好台账，10月20日前报街道应急办。"


def _shames(text: str) -> bool:
    return bool(label_texts(pl.Series([text]))["is_shaming"][0])


@pytest.mark.parametrize(
    "threat",
    [
        "逾期不报的通报批评。",
        "未按时完成的单位，予以通报批评。",
        "迟报、漏报的将在全街道通报。",
        "整改不落实的一律点名通报。",
        "逾期通报。",
    ],
)
def test_a_threat_counts_in_a_long_notice(threat: str) -> None:
    assert _shames(f"{LONG}{threat}")


def test_the_sentence_that_threatens_is_shown() -> None:
    text = f"{LONG}逾期不报的通报批评。"
    start, end = spans(pl.Series([text]))[0]["shaming"]
    assert "通报批评" in text[start:end]


@pytest.mark.parametrize(
    "ending",
    [
        "对按时完成的予以通报表扬。",
        "未完成的不通报、不点名，请单独联系我。",
        "拒不整改的商户依法处罚并通报。",
        "现将上周检查情况通报如下。",
        "逾期的请说明原因。",
    ],
)
def test_praise_enforcement_and_reports_threaten_nobody(ending: str) -> None:
    assert not _shames(f"{LONG}{ending}")
