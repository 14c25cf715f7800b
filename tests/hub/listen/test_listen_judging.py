"""Judged by the audit's own judge, told to the sender alone, and forgotten."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import listen_help as said
import polars as pl
import pytest
from hub_help import beijing

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.hub import listen, reconcile, release, sql
from qingqun.hub.listen import batch, judge_some, judging, past, receive
from qingqun.hub.models import Chatroom, Delivery, Entry, Heard, Notice, Person
from qingqun.hub.preflight.ground import Ground
from qingqun.intake.mentions import mention
from qingqun.judge import asked, judge
from qingqun.judge.discovery import rules
from qingqun.judge.scene import parse
from qingqun.words import MESSAGES

AT = beijing("2026-03-11 22:10")
LATE = "请各社区今晚24点前报送防汛统计表，收到请回复。"
CANARY = "金丝雀七三一九号"


def _hear(office: SimpleNamespace, *texts: str, source: str = "onebot", at: Any = AT, **more: Any) -> None:
    said.switch_on(source)
    receive(source, said.call(source, "认识一下", at, sender="nobody"), at)
    Chatroom.objects.filter(unit=None).update(unit=office.street, name="防汛群")
    for number, text in enumerate(texts):
        assert receive(source, said.call(source, text, at + timedelta(seconds=number), **more), at).status == 200


def test_a_late_order_is_told_to_its_sender_alone_in_their_working_time(listening: SimpleNamespace) -> None:
    _hear(listening, LATE)
    assert judge_some(AT) == 1
    notice = Notice.objects.get()
    assert [one.person for one in Delivery.objects.all()] == [listening.li]
    assert Delivery.objects.get().not_before == beijing("2026-03-12 08:30")  # routine: when their work opens
    assert "正在休息" in notice.text
    assert "22:10" in notice.text
    assert "8 位" in notice.text  # all of the street and below but the sender
    assert "防汛统计表" not in notice.title + notice.text
    heard = Heard.objects.get()
    assert (heard.locked, heard.judged_at, heard.told_at) == (None, AT, AT)
    assert "overtime" in heard.rules
    assert release.release(beijing("2026-03-12 08:31")) == 1
    assert not reconcile.reconcile(AT, timedelta(hours=1)).gaps


def test_a_proper_message_is_told_to_nobody(listening: SimpleNamespace) -> None:
    _hear(listening, "大家好，食堂今天有鱼。", at=beijing("2026-03-11 10:00"))
    assert judge_some(AT) == 1
    assert (Notice.objects.count(), Heard.objects.get().rules) == (0, [])


def test_who_is_not_known_here_is_told_nothing_and_kept_as_a_digest(listening: SimpleNamespace) -> None:
    _hear(listening, LATE, sender="somebody-else")
    judge_some(AT)
    heard = Heard.objects.get()
    assert (Notice.objects.count(), heard.person, heard.told_at) == (0, None, None)
    assert "somebody" not in heard.sender


def test_the_same_thing_is_told_once_a_day(listening: SimpleNamespace) -> None:
    _hear(listening, LATE, "请各村今晚报送危房台账。", "请各校今晚报送学生名册。")
    judge_some(AT)
    told = Notice.objects.count()
    assert 0 < told < 3
    _hear(listening, "请各站今晚报送物资清单。")
    judge_some(AT)
    assert Notice.objects.count() == told


def test_a_crash_before_the_words_are_dropped_tells_nobody_twice(listening: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    _hear(listening, LATE)

    def crash(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batch, "_drop", crash)
        with pytest.raises(KeyboardInterrupt):
            judge_some(AT)
    assert (Notice.objects.count(), Heard.objects.get().judged_at) == (1, None)
    assert judge_some(AT) == 1
    assert (Notice.objects.count(), Heard.objects.get().locked) == (1, None)
    assert judge_some(AT) == 0


def test_what_cannot_be_judged_is_dropped_all_the_same(listening: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    _hear(listening, LATE, LATE)

    def broken(*_given: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(batch, "judged", broken)
    for _time in range(20):
        judge_some(AT)
    assert [one.locked for one in Heard.objects.all()] == [None, None]
    assert any('"unjudged":1' in one.data for one in Entry.objects.filter(act="listen"))


def test_a_message_of_a_chat_that_was_taken_away_meanwhile_is_dropped_unread(listening: SimpleNamespace) -> None:
    _hear(listening, LATE)
    Chatroom.objects.update(unit=None)
    judge_some(AT)
    heard = Heard.objects.get()
    assert (heard.locked, heard.facts, heard.rules) == (None, {}, [])


def test_the_voice_that_speaks_is_in_no_audience_and_opens_no_door(listening: SimpleNamespace) -> None:
    _hear(listening, LATE)
    judge_some(AT)
    voice = Person.objects.get(number="qingqun")
    assert (voice.user, voice.left_at is None, voice.powers.count()) == (None, False, 0)


def test_of_the_words_nothing_is_left_in_the_database_its_log_or_its_free_pages(listening_lite: SimpleNamespace, lite: Any) -> None:
    """Not in the open at any time, for the queue is locked; and once judged, not even locked."""
    file = Path(str(lite.settings_dict["NAME"]))
    _hear(listening_lite, *(f"{LATE}{CANARY}{number}" * 20 for number in range(30)))
    locked = [bytes(one.locked) for one in Heard.objects.all()]  # type: ignore[arg-type]
    assert not any(CANARY.encode() in part for part in _parts(file))
    assert any(locked[0][:60] in part for part in _parts(file))
    while judge_some(AT):
        pass
    sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(CANARY.encode() in part for part in _parts(file))
    assert not any(one[start : start + 60] in part for part in _parts(file) for one in locked for start in range(0, len(one), 400))


def _parts(file: Path) -> list[bytes]:
    return [one.read_bytes() for one in file.parent.glob(f"{file.name}*")]


def test_rows_are_forgotten_after_a_week(listening: SimpleNamespace) -> None:
    _hear(listening, LATE)
    judge_some(AT)
    judge_some(AT + timedelta(days=6))
    assert Heard.objects.count() == 1
    judge_some(AT + timedelta(days=8))
    assert Heard.objects.count() == 0
    assert Entry.objects.get(act="listen").count == 1


def test_a_chain_of_receipts_is_told_to_who_asked_for_it(listening: SimpleNamespace) -> None:
    noon = beijing("2026-03-11 10:00")
    _hear(listening, "请各社区周五前报送统计表，收到请回复。", at=noon)
    judge_some(noon)
    Notice.objects.all().update(withdrawn_at=noon)
    Heard.objects.update(told_at=None, rules=[])
    for number in range(12):
        receive("onebot", said.call("onebot", "收到", noon + timedelta(seconds=30 + number), sender=f"p{number}"), noon)
    before = Notice.objects.count()
    judge_some(noon)
    assert Notice.objects.count() == before + 1
    assert Delivery.objects.order_by("-pk")[0].person == listening.li


@pytest.mark.parametrize("size", [1, 3])
def test_in_small_batches_the_verdicts_are_those_of_the_audit(size: int) -> None:
    """Every scene of every rule, message by message, against the whole at once."""
    ground = Ground(Hours.default(), packs.load(("national",), AT.date()))
    wanted, wrong = asked("messages", ground.pack), []
    for rule in rules("messages"):
        table = _scene(rule.scene)
        whole = judge(enrich(mention(table), ground.hours, wanted), "messages", ground.pack)
        frame = pl.DataFrame(whole.frame)  # type: ignore[arg-type]
        expected = [{one.column for one in whole.bindings if row[one.column]} for row in frame.iter_rows(named=True)]
        found = _in_batches(pl.DataFrame(frame.select(table.columns)), ground, size)
        wrong += [(rule.name, at) for at, (a, b) in enumerate(zip(expected, found, strict=True)) if a != b]
    assert wrong == []


def _scene(text: str) -> pl.DataFrame:
    found = parse(text)
    return pl.DataFrame(found.messages, schema=MESSAGES, orient="row")


def _in_batches(table: pl.DataFrame, ground: Ground, size: int) -> list[set[str]]:
    rooms = {name: number for number, name in enumerate(table["group_name"].unique(maintain_order=True).to_list())}
    waiting = [
        judging.Waiting(
            number, "wechat", rooms[row["group_name"]], row["group_name"] or "", 1, None, row["sender_name"],
            int(row["sent_at"].timestamp() * 1000), row["kind"], row["text"], row["mention_all"], tuple(row["attachments"]),
        )
        for number, row in enumerate(table.iter_rows(named=True))
    ]  # fmt: skip
    before, found = past.NARROW.to_frame(), list[set[str]]()
    for start in range(0, len(waiting), size):
        some = waiting[start : start + size]
        judged = judging.judged(some, ground, before)
        found += [{binding.column for binding in one.bindings} for one in judged]
        rows = [past._row(one.heard, w.room, w.sender, w.sent_at, one.facts) for one, w in zip(judged, some, strict=True)]
        before = pl.concat([before, pl.DataFrame(rows, schema=past.NARROW, orient="row")])
    return found


def test_the_room_lists_its_sources() -> None:
    assert sorted(listen.SOURCES) == ["chatlab", "dingtalk", "feishu", "onebot", "wecom"]
