"""Copies that were made by others' hands, cut, or made while the clock jumps; a folder that is not empty; keys that are none."""

import io
import json
import tarfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from admin_help import EVENING, MORNING, states, told
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from qingqun.hub import seal, story
from qingqun.hub.models import Delivery, Entry, Lane, State
from qingqun.hub.upkeep import backup as copies
from qingqun.hub.upkeep import first, keys, locked
from qingqun.hub.upkeep.backup import backup, forget
from qingqun.hub.upkeep.doctor import Grade, examine
from qingqun.hub.upkeep.restore import restore
from qingqun.hub.upkeep.unpack import unpack
from qingqun.words import Refused

Moved = Callable[[], Any]
KEY = b"k" * 32


def _tar(path: Path, manifest: Any, files: dict[str, bytes] | None = None) -> Path:
    """Write a copy by hand."""
    text = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    with tarfile.open(path, "w") as whole:
        for name, content in {"manifest.json": text, **(files or {})}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            whole.addfile(member, io.BytesIO(content))
    return path


def _manifest(files: dict[str, bytes], **more: Any) -> dict[str, Any]:
    made = {
        "form": 1,
        "at": 0,
        "database": "qingqun.sqlite3",
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    return made | more


GOOD = {"qingqun.sqlite3": b"x", "ledger.head": b""}


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"[" * 100_000,
        [],
        "text",
        None,
        {},
        {"form": 2},
        {"form": 1},
        _manifest(GOOD) | {"files": []},
        _manifest(GOOD) | {"files": {"qingqun.sqlite3": 5}},
        _manifest(GOOD, at="yesterday"),
        _manifest(GOOD, at=10**20),
        _manifest(GOOD, database="ledger.head2"),
        _manifest(GOOD, database=["a"]),
        _manifest({}),
    ],
)
def test_a_copy_whose_list_makes_no_sense_is_refused(tmp_path: Path, manifest: Any) -> None:
    room = tmp_path / "room"
    room.mkdir()
    with pytest.raises(Refused):
        unpack(_tar(tmp_path / "copy.tar", manifest, GOOD), room, None)


@pytest.mark.parametrize("name", ["../outside", "/outside", "attachments/../../outside", "keys/other"])
def test_a_list_that_names_what_lies_outside_is_refused_and_nothing_is_moved(tmp_path: Path, name: str) -> None:
    room, outside = tmp_path / "room", tmp_path / "outside"
    (room / "keys").mkdir(parents=True)
    (room / "keys" / "other").write_bytes(b"x")
    outside.write_bytes(b"x")
    named = name if name != "/outside" else str(outside)
    with pytest.raises(Refused):
        unpack(_tar(tmp_path / "copy.tar", _manifest({**GOOD, named: b"x"}), GOOD), room, None)
    assert outside.read_bytes() == b"x"


def test_a_good_list_is_taken_as_it_is(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    found = unpack(_tar(tmp_path / "copy.tar", _manifest(GOOD), GOOD), room, None)
    assert (found.database, sorted(found.files)) == ("qingqun.sqlite3", ["ledger.head", "qingqun.sqlite3"])


@examples(max_examples=25)
@given(content=st.binary(max_size=200), cut=st.integers(0, 300))
def test_what_was_locked_opens_whole_or_not_at_all(content: bytes, cut: int) -> None:
    kept, opened = io.BytesIO(), io.BytesIO()
    locked.lock(io.BytesIO(content), kept, KEY)
    whole = kept.getvalue()
    locked.unlock(io.BytesIO(whole), opened, KEY)
    assert opened.getvalue() == content
    if cut < len(whole):
        with pytest.raises(Refused):
            locked.unlock(io.BytesIO(whole[:cut]), io.BytesIO(), KEY)
    with pytest.raises(Refused):
        locked.unlock(io.BytesIO(whole), io.BytesIO(), b"o" * 32)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 44, b"a" * 44, b"=" * 44])
def test_a_file_without_a_key_is_no_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    for path in (tmp_path / "key", tmp_path / "none", tmp_path):
        with pytest.raises(Refused, match="没有备份密钥"):
            locked.key_in(path)


def test_a_key_is_made_once_and_where_it_cannot_be_that_is_said(tmp_path: Path) -> None:
    made = locked.key_in(tmp_path / "key", make=True)
    assert locked.key_in(tmp_path / "key", make=True) == made
    with pytest.raises(Refused):
        locked.key_in(tmp_path / "no" / "folder", make=True)
    with pytest.raises(Refused, match="没有覆盖"):
        keys.private(tmp_path / "key", b"other")
    assert locked.key_in(tmp_path / "key") == made


def test_a_copy_just_made_stays_whatever_the_clock_said_before(lite: Any, data: Path, clock: Any) -> None:
    later = backup(data / "backups", clock.at + timedelta(days=30))
    clock.at -= timedelta(days=30)
    call_command("backup", keep=1)
    kept = sorted(path.name for path in (data / "backups").iterdir())
    assert len(kept) == 2
    assert later.path.name in kept


@pytest.mark.parametrize("keep", [0, -3])
def test_without_a_number_every_copy_stays(lite: Any, data: Path, keep: int) -> None:
    for minute in range(3):
        backup(data / "backups", EVENING + timedelta(minutes=minute))
    (data / "backups" / "qingqun-notes.txt").write_text("mine", encoding="utf-8")
    assert forget(data / "backups", keep) == []
    assert len(forget(data / "backups", 1)) == 2
    assert (data / "backups" / "qingqun-notes.txt").exists()


def test_a_file_that_goes_while_a_copy_is_made_is_left_out_of_it(
    data: Path, office_lite: SimpleNamespace, moved: Moved, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(office_lite)
    here, gone = data / "attachments" / "0b", data / "attachments" / "0a"
    here.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(copies, "_attachments", lambda: iter([("attachments/0a", gone), ("attachments/0b", here)]))
    made = backup(data / "backups", EVENING)
    assert made.files == 3
    with moved():
        assert restore(made.path, EVENING).sums.explained
        assert [path.name for path in settings.ATTACHMENTS.iterdir()] == ["0b"]


@pytest.mark.parametrize("step", ["gettarinfo", "addfile"])
def test_a_file_that_grows_while_a_copy_is_made_does_not_spoil_it(
    data: Path, office_lite: SimpleNamespace, moved: Moved, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    told(office_lite)
    growing = data / "attachments" / "0a"
    growing.write_bytes(b"%PDF-1.7")
    plain = getattr(tarfile.TarFile, step)

    def grown(*arguments: Any, **named: Any) -> Any:
        if "0a" in str(named.get("arcname") or getattr(arguments[1], "name", "")):
            with growing.open("ab") as file:
                file.write(b"x" * 1_000)
        return plain(*arguments, **named)

    monkeypatch.setattr(tarfile.TarFile, step, grown)
    made = backup(data / "backups", EVENING)
    monkeypatch.setattr(tarfile.TarFile, step, plain)
    with moved():
        assert restore(made.path, EVENING).sums.explained
        assert (settings.ATTACHMENTS / "0a").read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("text", [None, b"\xff\xfe\x00", b"1 2 3\n", b"a b c d\n"])
def test_an_old_head_that_is_none_is_refused_and_nothing_is_changed(
    data: Path, office_lite: SimpleNamespace, moved: Moved, tmp_path: Path, text: bytes | None
) -> None:
    told(office_lite)
    made, head = backup(data / "backups", EVENING), tmp_path / "head"
    if text is not None:
        head.write_bytes(text)
    with moved():
        with pytest.raises(Refused):
            restore(made.path, EVENING, head=head)
        assert not (settings.DATA / "qingqun.sqlite3").exists()


def test_a_used_folders_own_keys_and_settings_stay(lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved) -> None:
    told(office_lite)
    made = backup(data / "backups", EVENING, KEY)
    with moved():
        keys.make(settings.DATA)
        (settings.DATA / "config.toml").write_text('owner = "另一处"\n', encoding="utf-8")
        before = {name: (settings.DATA / "keys" / name).read_bytes() for name in keys.NAMES}
        restore(made.path, EVENING, KEY)
        assert {name: (settings.DATA / "keys" / name).read_bytes() for name in keys.NAMES} == before
        assert "另一处" in (settings.DATA / "config.toml").read_text(encoding="utf-8")


def test_a_clock_behind_the_copy_rings_nothing_early_after_a_restore(
    lite: Any, data: Path, office_lite: SimpleNamespace, moved: Moved
) -> None:
    notice = told(office_lite)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    made = backup(data / "backups", EVENING)
    with moved():
        found = restore(made.path, EVENING - timedelta(days=2))
        assert (found.at, found.stopped, found.sums.explained) == (EVENING, EVENING - timedelta(days=2), True)
        assert story.let_go(EVENING - timedelta(days=2)) == 0
        assert states(notice) == [State.HELD] * 3
        assert found.resend.later == 3
        assert story.let_go(MORNING) == 3


def test_a_clock_that_jumps_back_lets_nothing_go_twice_and_the_doctor_tells(lite: Any, data: Path, office_lite: SimpleNamespace) -> None:
    notice = told(office_lite)
    story.let_go(MORNING)
    entries = Entry.objects.count()
    assert story.let_go(EVENING) == 0
    assert states(notice) == [State.DELIVERED] * 3
    assert Entry.objects.count() == entries
    assert any(one.grade == Grade.BAD and "时钟" in one.text for one in examine(EVENING))


def test_a_number_of_somebody_who_left_opens_no_account_and_says_so(lite: Any, data: Path, office_lite: SimpleNamespace) -> None:
    office_lite.li.number, office_lite.li.left_at = "1001", EVENING
    office_lite.li.save()
    for another in (False, True):
        with pytest.raises(Refused, match="1001"):
            first.account("xiaoli", "小李", "和平街道", ["author"], EVENING, number="1001", another=another)
    with pytest.raises(Refused, match="没有单位"):
        first.account("xiaoli", "小李", "", ["author"], EVENING)
    assert not Entry.objects.exists()


@examples(max_examples=30)
@given(count=st.integers(1, 60))
def test_a_word_of_one_time_is_read_over_the_telephone_and_never_comes_twice(count: int) -> None:
    made = {first.word() for _number in range(count)}
    assert len(made) == count
    assert all(len(one) == 19 and not set(one) & set("01ilo") for one in made)


def test_what_an_emergency_was_held_for_is_no_part_of_the_routine_lane(lite: Any, data: Path, office_lite: SimpleNamespace) -> None:
    notice = told(office_lite)
    Delivery.objects.filter(person=office_lite.li).update(lane=Lane.EMERGENCY)
    assert story.let_go(MORNING) == 2
    assert story.let_go(MORNING) == 0
    assert states(notice) == [State.DELIVERED, State.DELIVERED, State.HELD]
    assert story.let_go(MORNING, Lane.EMERGENCY) == 1
