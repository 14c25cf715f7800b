"""The drill: a copy made while the hub runs comes back whole, adds up, and what rings again is computed."""

import io
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from admin_help import EVENING, MORNING, attempt, of, states, told
from django.conf import settings
from hub_help import written

from qingqun.hub import reconcile, seal, story
from qingqun.hub.desk import amend
from qingqun.hub.models import Attempt, Delivery, Entry, Lane, Notice, State
from qingqun.hub.upkeep import locked
from qingqun.hub.upkeep.backup import backup, forget
from qingqun.hub.upkeep.restore import restore
from qingqun.hub.upkeep.told import restored
from qingqun.words import Refused

TEN = MORNING + timedelta(minutes=90)
Moved = Callable[[], Any]


def test_what_was_held_comes_back_held_and_is_delivered_in_its_time(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    notice = told(office)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    (data / "attachments" / "0a").write_bytes(b"%PDF-1.7")
    made = backup(data / "backups", EVENING)
    with moved():
        found = restore(made.path, EVENING + timedelta(minutes=5))
        assert (found.wrong, found.sums.explained, found.sums.states) == ((), True, {State.HELD: 3})
        assert found.resend.later == 3
        assert (settings.ATTACHMENTS / "0a").read_bytes() == b"%PDF-1.7"
        assert story.let_go(MORNING) == 3
        assert states(notice) == [State.DELIVERED] * 3
        assert Entry.objects.filter(act="restore").count() == 1


def test_a_copy_is_whole_while_others_write(lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved) -> None:
    stop, wrote = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            wrote.append(story.write(written(office_lite), EVENING).notice)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(wrote) < 3:
            stop.wait(0.01)
        made = backup(data / "backups", EVENING)
    finally:
        stop.set()
        writer.join()
    with moved():
        found = restore(made.path, EVENING)
        assert found.sums.explained
        assert 3 * 3 <= found.sums.accepted <= 3 * len(wrote)


def test_a_routine_ring_that_may_have_left_is_not_made_again(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    notice = told(office)
    made = backup(data / "backups", EVENING)
    with moved():
        found = restore(made.path, TEN)  # the old hub may have run until now: 08:30 has passed there
        assert (found.resend.later, found.resend.kept_quiet, found.resend.unproven) == (0, 3, ())
        story.let_go(TEN)
        assert states(notice) == [State.DELIVERED] * 3  # the inbox has it all the same
        assert not Delivery.objects.filter(ring_after__isnull=False).exists()


def test_a_reminder_that_may_have_rung_is_not_made_again(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    notice = told(office, confirm="confirm")
    story.let_go(MORNING)
    Delivery.objects.update(read_at=MORNING)
    amend.remind(Notice.objects.get(pk=notice), office.zhang.pk, MORNING + timedelta(minutes=5))
    made = backup(data / "backups", MORNING + timedelta(minutes=6))
    with moved():
        assert restore(made.path, TEN).resend.kept_quiet == 3
        assert not Delivery.objects.filter(ring_after__isnull=False).exists()


def test_where_the_old_hub_is_known_to_have_stopped_in_time_everything_rings(
    hub: Any, data: Path, office: SimpleNamespace, moved: Moved
) -> None:
    told(office)
    made = backup(data / "backups", EVENING)
    with moved():
        found = restore(made.path, TEN, stopped=EVENING + timedelta(minutes=1))
        assert (found.resend.later, found.resend.kept_quiet) == (3, 0)


def test_the_old_head_tells_what_was_lost_and_when_the_hub_stopped(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    told(office)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    made = backup(data / "backups", EVENING)
    told(office, title="备份之后的通知")
    seal.seal(EVENING + timedelta(minutes=1), settings.LEDGER_HEAD)
    head = settings.LEDGER_HEAD
    with moved():
        found = restore(made.path, TEN, head=head)
        assert (found.lost, found.stopped) == (1, EVENING + timedelta(minutes=3))
        assert found.resend.later == 3
        assert any("还有 1 条台账记录" in line for line in restored(found))


def test_where_the_old_head_has_nothing_more_it_says_so(lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved) -> None:
    told(office_lite)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    made, head = backup(data / "backups", EVENING), settings.LEDGER_HEAD
    with moved():
        assert any("备份之后没有别的台账记录" in line for line in restored(restore(made.path, TEN, head=head)))


def test_a_strange_head_is_refused_and_nothing_is_changed(lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved) -> None:
    told(office_lite)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    made = backup(data / "backups", EVENING)
    head = data / "other.head"
    head.write_text("1 1 " + "f" * 64 + " 2026-03-11T13:00:00+00:00\n", encoding="utf-8")
    with moved():
        with pytest.raises(Refused, match="对不上"):
            restore(made.path, TEN, head=head)
        assert not list(settings.DATA.iterdir())


def test_rings_under_way_are_settled_by_channel_and_lane(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    notice = told(office)
    story.let_go(MORNING)
    Delivery.objects.filter(notice=notice).update(ring_after=None)
    keyed, doubtful, urgent = (of(person, notice) for person in (office.zhang, office.li, office.wang))
    attempt(keyed, "inbox", "queued")
    attempt(doubtful, "smtp", "sending")
    attempt(urgent, "smtp", "queued", Lane.EMERGENCY)
    Delivery.objects.filter(pk=urgent.pk).update(lane=Lane.EMERGENCY)
    made = backup(data / "backups", MORNING)
    with moved():
        found = restore(made.path, TEN)
        assert (found.resend.again, found.resend.kept_quiet) == (2, 1)
        rings = dict(Attempt.objects.values_list("delivery", "state"))
        assert rings == {keyed.pk: "queued", doubtful.pk: "unknown", urgent.pk: "queued"}


def test_who_has_no_inbox_and_may_have_been_reached_is_named(hub: Any, data: Path, office: SimpleNamespace, moved: Moved) -> None:
    office.wang.inbox = False
    office.wang.save()
    notice = told(office)
    made = backup(data / "backups", EVENING)
    with moved():
        found = restore(made.path, TEN)
        delivery = of(office.wang, notice)
        assert found.resend.unproven == (delivery.pk,)
        assert delivery.state == State.UNKNOWN
        assert reconcile.reconcile(TEN).explained


def test_keys_travel_only_in_a_locked_copy(lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved) -> None:
    key = locked.key_in(data / "backup.key", make=True)
    before = (data / "keys" / "vault").read_bytes()
    plain, shut = backup(data / "plain", EVENING), backup(data / "shut", EVENING, key)
    assert b"PRAGMA" not in shut.path.read_bytes()
    assert b"hub_delivery" not in shut.path.read_bytes()
    with tarfile.open(plain.path) as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys/") or name == "config.toml"]
    with moved():
        restore(shut.path, EVENING, key)
        assert (settings.DATA / "keys" / "vault").read_bytes() == before
        assert (settings.DATA / "keys" / "vault").stat().st_mode & 0o077 == 0


def test_a_locked_copy_opens_with_its_key_alone(lite: Any, data: Path, moved: Moved) -> None:
    made = backup(data / "shut", EVENING, locked.key_in(data / "one.key", make=True))
    other = locked.key_in(data / "other.key", make=True)
    with moved():
        with pytest.raises(Refused, match="--key"):
            restore(made.path, EVENING)
        with pytest.raises(Refused, match="密钥不对"):
            restore(made.path, EVENING, other)


@pytest.mark.parametrize("where", [0, 20, -1], ids=["salt", "text", "mark of the end"])
def test_any_change_to_what_is_locked_shows(where: int) -> None:
    key, sealed = b"k" * 32, io.BytesIO()
    locked.lock(io.BytesIO(b"x" * 3_000_000), sealed, key)
    changed = bytearray(sealed.getvalue())
    changed[len(locked.MARK) + where if where >= 0 else where] ^= 1
    for wrong in (bytes(changed), sealed.getvalue()[:-1_048_592], sealed.getvalue() + b"y"):
        with pytest.raises(Refused):
            locked.unlock(io.BytesIO(wrong), io.BytesIO(), key)
    back = io.BytesIO()
    locked.unlock(io.BytesIO(sealed.getvalue()), back, key)
    assert back.getvalue() == b"x" * 3_000_000


def test_a_damaged_copy_is_refused_and_nothing_is_put_in_place(lite: Any, data: Path, moved: Moved) -> None:
    made = backup(data / "backups", EVENING)
    whole = made.path.read_bytes()
    place = whole.index(b"SQLite format 3") + 5_000
    with moved():
        for wrong in (whole[:place] + b"\xff" + whole[place + 1 :], whole[:9_000], b"", b"no copy at all"):
            made.path.write_bytes(wrong)
            with pytest.raises(Refused):
                restore(made.path, EVENING)
            assert not list(settings.DATA.iterdir())


@pytest.mark.parametrize("name", ["../outside", "keys/other", "/etc/passwd", "attachments/../../x"])
def test_a_copy_with_a_file_that_no_copy_has_is_refused(lite: Any, data: Path, moved: Moved, name: str) -> None:
    archive = data / "made.tar"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    with moved(), pytest.raises(Refused, match="不认识的文件"):
        restore(archive, EVENING)


def test_a_copy_that_holds_a_file_twice_is_refused(lite: Any, data: Path, moved: Moved) -> None:
    archive = data / "made.tar"
    with tarfile.open(archive, "w") as tar:
        for _time in range(2):
            tar.addfile(tarfile.TarInfo("ledger.head"), io.BytesIO(b""))
    with moved(), pytest.raises(Refused, match="不认识的文件"):
        restore(archive, EVENING)


def test_a_hub_that_stands_there_is_never_overwritten(hub: Any, data: Path, office: SimpleNamespace) -> None:
    told(office)
    made = backup(data / "backups", EVENING)
    with pytest.raises(Refused):
        restore(made.path, TEN)
    assert reconcile.reconcile(EVENING).states == {State.HELD: 3}


def test_old_copies_go_and_the_newest_stay(lite: Any, data: Path) -> None:
    made = [backup(data / "backups", EVENING + timedelta(days=day)).path for day in range(3)]
    assert forget(data / "backups", 0) == []
    assert forget(data / "backups", 2) == made[:1]
    assert sorted((data / "backups").iterdir()) == made[1:]


def test_a_copy_is_one_plain_sqlite_file_that_nobody_else_may_read(lite: Any, data: Path) -> None:
    made = backup(data / "backups", EVENING)
    assert made.path.stat().st_mode & 0o077 == 0
    with tarfile.open(made.path) as tar:
        whole = tar.extractfile("qingqun.sqlite3")
        assert whole is not None
        (data / "qingqun.sqlite3").write_bytes(whole.read())
    with sqlite3.connect(data / "qingqun.sqlite3") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
