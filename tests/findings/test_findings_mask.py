import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.many import BLANK, mask_all
from qingqun.findings.mask import Names, mask
from qingqun.findings.quote import LIMIT, quote, quotes

NOBODY = Names.of([])
WORDS = st.sampled_from(
    ["请", "收到", "王小明", "张主任", "138", "1380013", "8000", "@", " ", "主任", "李", "https://a.cn/", "x@y.cn", "，", "\n", "12-34"]
)
TEXT = st.lists(WORDS | st.characters(codec="utf-8"), max_size=30).map("".join)
NAMES = st.lists(st.sampled_from(["王小明", "小明", "张主任", "李", "A", "12", "主任", "××"]) | st.text(max_size=4), max_size=6)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请联系13800138000", "请联系××"),
        ("电话0756-2123456转8", "电话××转8"),
        ("138 0013 8000", "××"),
        ("身份证44040219900101123X登记", "身份证××登记"),
        ("卡号6222 0210 0111 2345 678", "卡号××"),
        ("１３８００１３８０００", "××"),
        ("发到li.ming@example.com.cn谢谢", "发到××谢谢"),
        ("见https://wj.example.cn/s/abc?uid=991请填", "见https://wj.example.cn/…请填"),
        ("车牌粤C12345请挪车", "车牌××请挪车"),
        ("@小李 请回复", "@×× 请回复"),
        ("@所有人 请回复", "@所有人 请回复"),
        ("请找王主任签字", "请找王××主任签字"),
        ("王建国书记强调", "王××书记强调"),
        ("预约改用登记本，联系康柏林。", "预约改用登记本，联系××。"),
        ("联系人：李雪梅 13800138000", "联系人：×× ××"),
        ("张三、李小四、王五未交", "××、××、××交"),
        ("请找刘老师领取", "请找刘××老师领取"),
        ("联系方式报单位办公室", "联系方式报单位办公室"),
        ("王家村、李家庄、各单位负责同志", "王家村、李家庄、各单位负责同志"),
        ("\uff20张伟\uff0c请回复", "@××\uff0c请回复"),
        ("明天9:00在三楼302室开会", "明天9:00在三楼302室开会"),
        ("报送2026年3月统计表", "报送2026年3月统计表"),
        ("共12345元", "共12345元"),
    ],
)
def test_what_identifies_is_crossed_out_and_the_rest_stays(text: str, masked: str) -> None:
    found = mask(text, NOBODY)
    assert found is not None
    assert found.text == masked


def test_known_names_go_and_posts_keep_their_title() -> None:
    found = mask("张主任请王小明和阿花处理", Names.of(["王小明", "张主任", "阿花", None, " "]))
    assert found is not None
    assert found.text == "张××主任请××和××处理"


def test_where_it_cannot_be_promised_there_is_no_text() -> None:
    assert mask("请王主任签字", Names.of(["主任签", "王××"])) is not None
    assert quote("主任", None, Names.of(["主任"])) == "××"


@settings(max_examples=300)
@given(TEXT, NAMES)
def test_no_known_name_and_no_long_number_survives(text: str, names: list[str]) -> None:
    known = Names.of(names)
    shown = quote(text, None, known)
    if shown is not None:
        assert len(shown) <= LIMIT
        assert not known.within(shown)
        assert not re.search(r"\d{7}", shown)


@given(st.text("请各村报送", max_size=200), st.integers(0, 200), st.integers(1, 40))
def test_the_words_that_decided_are_inside(rest: str, at: int, length: int) -> None:
    span = "决" * length
    text = rest[:at] + span + rest[at:]
    shown = quote(text, (min(at, len(rest)), min(at, len(rest)) + length), NOBODY)
    assert shown is not None
    assert span in shown
    assert len(shown) <= LIMIT


def test_a_blank_text_has_no_quote() -> None:
    assert quote(" \n", None, NOBODY) is None


@settings(max_examples=200)
@given(st.lists(TEXT, max_size=6), NAMES)
def test_many_texts_are_masked_as_each_alone(texts: list[str], names: list[str]) -> None:
    known = Names.of(names)
    assert mask_all(texts, known) == [mask(text, known) for text in texts]
    assert quotes([(text, None) for text in texts], known) == [quote(text, None, known) for text in texts]


@pytest.mark.parametrize(
    "text", ["找李雪梅", "张三、李四", "京A12345", "见http://a.cn/b", "a@b.cn", "@小李", "１３８００１", "王老师", "平安", "小\u3000红 "]
)
def test_a_text_is_masked_among_others_as_alone(text: str) -> None:
    known = Names.of(["小 红"])
    assert mask_all([text, "别的", text], known)[0] == mask(text, known)


def test_no_character_is_blank_that_the_columns_do_not_know() -> None:
    assert set(BLANK) == {c for c in map(chr, range(0x110000)) if c.isspace()}
