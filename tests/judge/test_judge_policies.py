"""A unit's own group rules: the sentences that break a clause are found, the others left in peace."""

from datetime import date
from pathlib import Path
from typing import cast

import polars as pl
import pytest

from qingqun import packs
from qingqun.enrich.policies import policies, sentences
from qingqun.judge.judge import judge

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "policies" / "sentences.tsv").read_text(encoding="utf-8").splitlines()
]


def broken(texts: list[str]) -> list[set[str]]:
    """Return the names of the rules that each sentence breaks, with the packs of Yinchuan, Xiangzhou and Hubei."""
    pack = packs.load(["national", "yinchuan", "xiangzhou", "hubei"], date(2026, 3, 1))
    said = judge(policies(pl.DataFrame({"line": range(1, len(texts) + 1), "text": texts})), "policies", pack)
    rows = cast("pl.DataFrame", said.frame).iter_rows(named=True)
    return [{one.rule.name for one in said.bindings if row[one.column]} for row in rows]


@pytest.mark.parametrize("sign", ["+", "-"])
def test_sentences_that_break_a_clause_are_told_from_those_that_do_not(sign: str) -> None:
    texts = [text for kind, text in ROWS if kind == sign]
    assert [text for text, rules in zip(texts, broken(texts), strict=True) if bool(rules) != (sign == "+")] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("任何人未经批准不得退出本群。", "leaverule"),
        ("收到领导信息后应立即回复“收到”，不得漏回。", "instantrule"),
        ("对不关注单位公众号的个人取消评优资格。", "forwardrule"),
        ("周末及节假日同样要及时回复群消息。", "alwaysrule"),
        ("积分排名后三位的同志在例会上作检讨。", "scorerule"),
    ],
)
def test_a_sentence_is_found_under_its_own_rule(text: str, rule: str) -> None:
    assert rule in broken([text])[0]


def test_a_text_is_cut_into_sentences_with_their_lines() -> None:
    assert sentences(["一、总则。二、要求！", "", "三、附则"]).rows() == [(1, "一、总则。"), (1, "二、要求！"), (3, "三、附则")]
