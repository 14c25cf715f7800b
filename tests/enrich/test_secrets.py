"""A marking is refused; the word in a sentence is not."""

import polars as pl
import pytest

from qingqun.enrich.secrets import has_secret_mark, secret_span

MARKED = [
    "机密★10年\n关于某项目的报告",
    "绝密★启用前",
    "秘 密 ★ 长期",
    "【机密】张主任请阅",
    "（秘密）会议材料",
    "秘密\n各科室：材料见附件",
    "关于人事的请示\n机密\n正文",
    "密级：秘密",
    "機密★5年",
    "机\u200b密★",
    "文件编号12 秘密 5年",
]
PLAIN = [
    "下周三保密培训，请张主任参加",
    "涉及国家秘密的不得上网",
    "不得在群里传秘密文件",
    "告诉你一个秘密，小李要结婚了",
    "绝密配方，好吃到哭",
    "商业秘密保护讲座",
    "这是个秘密",
    "我和外人守着这个秘密十年了",
    "涉密的不进这次移交，另走机要",
    "",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_seen(text: str) -> None:
    assert has_secret_mark(pl.Series([text])).item()
    span = secret_span(text)
    assert span is not None
    assert 0 <= span[0] < span[1] <= len(text)


@pytest.mark.parametrize("text", PLAIN)
def test_the_word_in_a_sentence_is_no_marking(text: str) -> None:
    assert not has_secret_mark(pl.Series([text])).item()
    assert secret_span(text) is None


def test_a_missing_text_bears_no_marking() -> None:
    assert has_secret_mark(pl.Series([None], dtype=pl.String)).to_list() == [False]
