"""The ledger shows every change to what was sealed; reconciliation explains every delivery."""

import random
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hub_help import beijing, written

from qingqun.hub import ledger, sql, story, vault
from qingqun.hub.desk import approve
from qingqun.hub.models import Attempt, Delivery, Draft, Entry, Power
from qingqun.hub.reconcile import reconcile
from qingqun.hub.seal import seal, verify
from qingqun.hub.upkeep.told import reconciled
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
EDITS = [
    "UPDATE hub_entry SET count = count + 1 WHERE place = {a}",
    "UPDATE hub_entry SET digest = 'f' || digest WHERE place = {a}",
    "UPDATE hub_entry SET at = at - 1 WHERE place = {a}",
    "UPDATE hub_entry SET act = 'x' WHERE place = {a}",
    "UPDATE hub_entry SET data = '{{ }}' WHERE place = {a}",
    "UPDATE hub_entry SET notice = NULL WHERE place = {a}",
    "DELETE FROM hub_entry WHERE place = {a}",
    "DELETE FROM hub_entry WHERE place >= {a}",
    "UPDATE hub_entry SET place = CASE place WHEN {a} THEN -{b} WHEN {b} THEN -{a} END WHERE place IN ({a}, {b})",
    "UPDATE hub_entry SET place = NULL WHERE place = {a}",
    "UPDATE hub_seal SET hash = '0' || hash WHERE first <= {a} AND last >= {a}",
    "DELETE FROM hub_seal WHERE last >= {a}",
    "DELETE FROM hub_seal WHERE first <= {a} AND last >= {a}",
]


@pytest.fixture
def sealed(lite: Any, tmp_path: Path) -> Path:
    """Write sixty entries, sealed in six parts, and return the head file."""
    head = tmp_path / "ledger.head"
    for part in range(6):
        for number in range(10):
            ledger.write("release", NOW, notice=part + 1, count=number, digest=f"{part}{number}", data={"held": number})
        assert seal(NOW + timedelta(minutes=part), head) == 10
    return head


def test_each_of_a_thousand_random_changes_is_found(sealed: Path, lite: Any) -> None:
    chance = random.Random(20260311)
    assert verify(sealed) == []
    for turn in range(1_000):
        first, second = chance.sample(range(1, 61), 2)
        lite.set_autocommit(False)
        for statement in _turned(EDITS[turn % len(EDITS)].format(a=first, b=second)):
            assert sql.run(statement) > 0
        assert verify(sealed) != [], EDITS[turn % len(EDITS)].format(a=first, b=second)
        lite.rollback()
        lite.set_autocommit(True)
    assert verify(sealed) == []


def _turned(statement: str) -> list[str]:
    """Exchange places by way of negative ones, since a place is unique."""
    return [statement, "UPDATE hub_entry SET place = -place WHERE place < 0"] if "-" in statement and "CASE" in statement else [statement]


def test_a_tail_cut_together_with_its_seals_is_found_by_the_head_file(sealed: Path) -> None:
    sql.run("DELETE FROM hub_entry WHERE place > 50")
    sql.run("DELETE FROM hub_seal WHERE first > 50")
    assert verify(sealed) == ["封印文件第 6 行与数据库不符"]


def test_a_chain_computed_anew_is_found_by_the_head_file(sealed: Path, tmp_path: Path) -> None:
    sql.run("DELETE FROM hub_seal")
    sql.run("UPDATE hub_entry SET place = NULL, count = 7")
    seal(NOW, tmp_path / "other.head")
    assert verify(tmp_path / "other.head") == []
    assert verify(sealed) != []


def test_a_lost_head_file_is_no_pass(sealed: Path) -> None:
    sealed.unlink()
    assert "缺失" in verify(sealed)[0]


def test_a_line_cut_short_by_a_crash_is_written_again(sealed: Path) -> None:
    text = sealed.read_text(encoding="utf-8")
    sealed.write_text(text[:-20], encoding="utf-8")
    ledger.write("release", NOW)
    seal(NOW, sealed)
    assert verify(sealed) == []


def test_two_runs_seal_an_entry_once_on_both_databases(office: SimpleNamespace, tmp_path: Path) -> None:
    story.write(written(office), NOW)
    head = tmp_path / "head"
    assert (seal(NOW, head), seal(NOW, head)) == (1, 0)
    assert verify(head) == []


def test_an_entry_speaks_of_the_deliveries_as_they_stood(office: SimpleNamespace) -> None:
    notice = story.write(written(office), NOW).notice
    pairs = list(Delivery.objects.filter(notice=notice).values_list("pk", "state"))
    assert Entry.objects.get(act="accept").digest == ledger.digest(pairs)


def test_what_was_accepted_is_the_sum_of_the_states(office: SimpleNamespace) -> None:
    story.write(written(office), NOW)
    story.write(written(office), beijing("2026-03-11 21:00"))
    found = reconcile(NOW)
    assert (found.accepted, found.states, found.explained) == (6, {"delivered": 3, "held": 3}, True)


def test_what_was_refused_and_what_was_taken_out_stand_beside_the_sum(office: SimpleNamespace) -> None:
    draft = Draft.objects.create(key="k", author=office.zhang, unit=office.street, importance="emergency", changed_at=NOW, asked_at=NOW)
    Power.objects.create(person=office.li, unit=office.street, right="approver")
    approve.send_back(draft, office.li.pk, NOW)
    with pytest.raises(Refused, match="已经处理过"):
        approve.send_back(draft, office.li.pk, NOW)
    ledger.exported("filing", 3, NOW, office.zhang.pk)
    found = reconcile(NOW)
    assert (found.accepted, found.sent_back, found.exports, found.explained) == (0, 1, 1, True)
    said = list(Entry.objects.order_by("pk").values_list("act", "person", "data"))
    assert said == [("send back", office.li.pk, f'{{"draft":{draft.pk}}}'), ("export", office.zhang.pk, '{"what":"filing"}')]
    assert "退回、没有发出的紧急通知 1 件" in reconciled(found)
    assert "导出 1 次，台账里有时间、内容和人" in reconciled(found)


def test_a_delivery_that_vanished_is_a_gap(office: SimpleNamespace) -> None:
    notice = story.write(written(office), NOW).notice
    sql.run("DELETE FROM hub_delivery WHERE person_id = %s", [office.li.pk])
    found = reconcile(NOW)
    assert [(gap.notice, gap.accepted, gap.found) for gap in found.gaps] == [(notice, 3, 2)]
    assert not found.explained


def test_rings_without_an_outcome_and_late_releases_are_listed(office: SimpleNamespace) -> None:
    story.write(written(office), beijing("2026-03-11 21:00"))
    delivery = Delivery.objects.get(person=office.li)
    ring = Attempt.objects.create(key="k", delivery=delivery, channel="smtp", state="sent", lane="routine", not_before=NOW, tried_at=NOW)
    found = reconcile(beijing("2026-03-12 10:00"))
    assert (found.stale, found.overdue) == ((ring.pk,), 3)


def test_a_credential_opens_with_its_own_key_only(settings_key: None) -> None:
    locked = vault.lock("口令")
    assert vault.unlock(locked) == "口令"
    assert "口令".encode() not in locked
    with pytest.raises(Refused, match="不是一套"):
        vault.unlock(locked[:-4] + b"AAA=")


@pytest.fixture
def settings_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
