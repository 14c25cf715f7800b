"""A finding cites the clause that speaks of the message, quotes the half that fits, and tells only numbers that had a say."""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.findings.draft import Ground, Remark, say
from qingqun.findings.report import words
from qingqun.judge.scene import parse
from qingqun.packs.document import FOLDER, PackError, read
from qingqun.words import MESSAGES, Confidence, Level, Pack


@cache
def pack() -> Pack:
    return packs.load(["xiangzhou"], date(2026, 3, 11))


def remarks(day: str, text: str) -> dict[str, Remark]:
    """Judge one draft by the measures of 香洲; its remarks by their rules."""
    (message,) = parse(f"{day} 工作群 镇办: {text}").messages
    said = say([message], Ground(Hours.default(), pack(), pl.DataFrame(schema=MESSAGES)))
    return {one.rule: one for one in said.remarks}


def cited(remark: Remark) -> list[str | None]:
    return [clause["text"] for clause in remark.judgement.clauses]


def test_following_and_forwarding_rest_on_the_clause_about_accounts_alone() -> None:
    found = remarks("周三 10:00", "请全体干部今天关注街道公众号并转发朋友圈,每人不少于3次")
    assert cited(found["forcedpromotion"]) == ["政务公众账号的推广应出于实际需要,不得作强制性要求。"]
    assert "assigning" in found


def test_downloading_rests_on_the_clauses_about_applications_and_quotes_their_half() -> None:
    texts = cited(remarks("周三 10:00", "请全体干部职工今天下载反诈APP并注册")["forcedpromotion"])
    assert "不得强制推广下载政务应用" in texts
    assert not any(word in str(texts) for word in ("安装使用率", "定期登录", "公众账号", "粉丝"))


def test_a_form_in_the_morning_quotes_what_speaks_of_the_afternoon() -> None:
    short = remarks("周三 08:35", "请各社区今天下午3点前报送出租屋统计表")["shortdeadline"]
    assert cited(short) == ["要给基层留出整理汇总时间,避免“上午发表格、下午要数据”"]
    assert short.judgement.numbers == ()


def test_a_limit_that_nobody_set_is_not_told() -> None:
    assert remarks("周三 19:00", "明天会议改到十点,请各科室负责人收到请回复")["instantreply"].judgement.numbers == ()
    hurried = remarks("周三 10:00", "关于报送值班表的通知,请大家10分钟内回复收到")["instantreply"].judgement.numbers
    assert [one["name"] for one in hurried] == ["seconds"]


def test_on_a_day_off_no_closing_time_is_spoken_of() -> None:
    short = remarks("周六 09:00", "请各科室今天17:00前报送自查表")["shortdeadline"]
    assert words.numbers(short.judgement.numbers) == "到时限为止的工作时间不超过 1 小时（产品默认）"


@pytest.mark.parametrize(("day", "level"), [("周六 10:00", Level.WARNING), ("周一 19:30", Level.VIOLATION)])
def test_publishing_on_a_day_off_is_warned_of_and_after_work_it_breaks_the_later_notice(day: str, level: Level) -> None:
    found = remarks(day, "关于做好春季绿化工作的通知,请各社区下周三前上报方案")
    assert {one.judgement.level for one in found.values() if one.rule in {"offhours", "afterwork"}} == {level}


def test_the_notice_of_which_a_report_tells_is_as_strong_as_its_words_were_read() -> None:
    told = [one for one in pack().clauses if one.id == "GD-XZ-11"]
    assert {(one.level, words.confidence(one.confidence)) for one in told} == {(Level.VIOLATION, words.confidence(Confidence.VERIFIED))}


def test_what_one_person_is_handed_breaks_nothing() -> None:
    assert remarks("周三 22:35", "陈姐,低保对象的名单已经发到您的邮箱了,请查收,有问题随时联系我") == {}


def test_a_quote_that_the_clause_does_not_say_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "xiangzhou2019.toml").read_text(encoding="utf-8")
    path = tmp_path / "other.toml"
    path.write_text(text.replace('dormant = "解散完成阶段性工作的“僵尸群”"', 'dormant = "解散一切群"'), encoding="utf-8")
    with pytest.raises(PackError, match="GD-XZ-02 does not say so of dormant"):
        read(path)
