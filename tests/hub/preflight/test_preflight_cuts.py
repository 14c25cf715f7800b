"""Where a text may be cut, and that nothing else of it is touched."""

import pytest
from hub_help import beijing
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.findings.wording.cuts import cuts
from qingqun.findings.wording.families import best, due_too_soon
from qingqun.findings.wording.heal import heal
from qingqun.findings.wording.times import lawful


def _texts(text: str) -> list[str]:
    return [cut.text for cut in cuts(text)]


def test_a_clause_goes_and_the_sentence_ends_as_it_did() -> None:
    assert "请各村完成巡查。下午报表。" in _texts("请各村完成巡查，照片发群里。下午报表。")
    assert "明天十点开会。" in _texts("明天十点开会，收到请回复")
    assert "一、报表。\n二、开会。" in _texts("一、报表，发照片。\n二、开会。")


def test_from_a_joining_word_to_the_end_of_the_clause() -> None:
    assert "请各社区周五前报送统计表。" in _texts("请各社区周五前报送统计表并在群里回复收到")


@settings(max_examples=60)
@given(st.text(st.sampled_from("请报送统计表收到并回复,，。;；!？\n~ 一、"), max_size=40))
def test_what_remains_is_the_text_without_one_stretch(text: str) -> None:
    marks = ",，。;；!?！？\n~ "
    for cut in cuts(text):
        words = "".join(char for char in text[: cut.start] + text[cut.end :] if char not in marks)
        assert "".join(char for char in cut.text if char not in marks) == words


def test_a_time_that_is_too_soon_is_changed_and_nothing_else() -> None:
    due = lawful(beijing("2026-03-13 20:15"), Hours.default())
    assert due == beijing("2026-03-16 17:30")
    (found,) = best(due_too_soon("报表\n请各村今晚十点前报送，明年再说。", due))[:1]
    assert found.text == "报表\n请各村3月16日（周一）17:30前报送，明年再说。"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("请把入户走访的照片发到群里。", "入户走访的照片请直接答复本通知，只有发布人看得到。"),
        ("请各社区将消防检查照片上传到工作群。", "各社区消防检查照片请直接答复本通知，只有发布人看得到。"),
        ("请在群里上传环境整治照片。", "环境整治照片请直接答复本通知，只有发布人看得到。"),
        ("请各社区立即将走访照片上传到本群打卡。", "各社区走访照片请直接答复本通知，只有发布人看得到。"),
        ("走访结束后把现场照片发群里。", "走访结束后请把现场照片直接答复本通知，只有发布人看得到。"),
    ],
)
def test_what_a_picture_was_wanted_of_stays(text: str, made: str) -> None:
    assert heal(f"通知\n{text}", {"photo_proof"})[0].text == f"通知\n{made}"
