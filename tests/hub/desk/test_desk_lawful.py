"""One press makes a draft lawful and keeps what its author may ask: the thing, by when, and how it comes back."""

from types import SimpleNamespace

import pytest
from desk_help import begun, preview

from qingqun.hub import preflight
from qingqun.hub.desk import offers
from qingqun.hub.models import Confirm, Draft

NOON = "2026-03-11 10:00"


def _healed(desk: SimpleNamespace, text: str, **form: str) -> Draft:
    draft = begun(desk, text=text, **form)
    offers.taken(draft, offers.EVERY, preflight.mark_of(draft), desk.clock.at)
    return draft


@pytest.mark.parametrize(
    ("text", "kept", "confirm"),
    [
        (
            "请各社区3月20日前完成燃气安全隐患排查，并将现场照片发到群里，未完成的在全街道通报。请各单位看到后马上回复。",
            "请各社区3月20日前完成燃气安全隐患排查",
            Confirm.ANSWER,
        ),
        ("请各社区拍照上传入户核查情况到群里，周五中午前完成。收到请接龙。", "周五中午前完成", Confirm.ANSWER),
        ("请各社区周五前报送一季度统计表，逾期不报的通报批评。收到请回复。", "请各社区周五前报送一季度统计表", Confirm.CONFIRM),
        (
            "各村：\n一、抓好秸秆禁烧。\n二、每天巡查并拍照上传到群。\n三、3月20日前报送台账，未报的在群里点名。\n收到请回复",
            "二、每天巡查",
            Confirm.ANSWER,
        ),
        (
            "请全体党员本周内关注“东塔发布”公众号并转发朋友圈，截图发群里。周五前报送低保核查表。收到请回复。",
            "周五前报送低保核查表",
            Confirm.ANSWER,
        ),
    ],
)
def test_what_may_be_asked_stays(desk: SimpleNamespace, text: str, kept: str, confirm: Confirm) -> None:
    draft = _healed(desk, text)
    assert kept in draft.text
    assert draft.confirm == confirm
    assert not preflight.check(draft, {"persons": [draft.author_id]}, desk.clock.at).remarks


def test_the_time_that_stood_beside_the_photos_stays(desk: SimpleNamespace) -> None:
    draft = _healed(desk, "请各单位做好卫生清理。周五前将清理照片发到工作群，逾期通报批评。收到请回复。")
    assert draft.text == "请各单位做好卫生清理。周五前请把清理照片直接答复本通知，只有发布人看得到。"
    assert draft.confirm == Confirm.ANSWER


@pytest.mark.parametrize("count", ["每个社区不少于50人", "各支部至少20户", "人均不少于3人"])
def test_a_bare_number_goes_with_what_it_counts(desk: SimpleNamespace, count: str) -> None:
    draft = _healed(desk, f"请全体干部职工下载反诈APP并注册，{count}。周五前报送低保核查表。")
    assert "有需要的可以下载反诈APP" in draft.text
    assert count not in draft.text
    assert "周五前报送低保核查表" in draft.text


def test_an_answer_that_is_asked_for_is_never_made_less(desk: SimpleNamespace) -> None:
    draft = begun(desk, text="请各社区周五前报送统计表。收到请回复。")
    draft.confirm = Confirm.ANSWER
    offers.taken(draft, "replychain", preflight.mark_of(draft), desk.clock.at)
    assert (draft.text, draft.confirm) == ("请各社区周五前报送统计表。", Confirm.ANSWER)


def test_where_nothing_may_be_asked_that_is_said_plainly(desk: SimpleNamespace) -> None:
    draft = begun(
        desk, title="关于关注公众号的通知", text="全体人员今天内关注“东塔发布”公众号并转发朋友圈，截图发群里，下班前通报排名。收到请回复。"
    )
    assert "没有要大家办的事了" in preview(desk, draft)
    page = preview(desk, draft, act="take:every", mark=preflight.mark_of(draft))
    draft.refresh_from_db()
    assert draft.text.startswith("有需要的可以关注“东塔发布”公众号")
    assert draft.confirm == Confirm.NONE
    assert "没有要大家办的事了" in page
    assert "没有发现问题" not in page


def test_the_author_s_own_words_come_back(desk: SimpleNamespace) -> None:
    draft = begun(
        desk, title="关于关注公众号的通知", text="全体人员今天内关注“东塔发布”公众号并转发朋友圈，截图发群里，下班前通报排名。收到请回复。"
    )
    words = draft.text
    preview(desk, draft, act="take:every", mark=preflight.mark_of(draft))
    assert "没有要大家办的事了" in preview(desk, draft, act="back")
    draft.refresh_from_db()
    assert draft.text == words
