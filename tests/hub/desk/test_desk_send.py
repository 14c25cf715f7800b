"""A draft becomes a notice in one act: with its files, or not at all."""

from types import SimpleNamespace

import pytest
from desk_help import begun

from qingqun.hub import ledger
from qingqun.hub.desk import send
from qingqun.hub.models import Attachment, Delivery, Draft, Entry, Notice

FILE = {"name": "名单.pdf", "stored": "a" * 32, "kind": "application/pdf", "sha256": "0" * 64, "size": 9}


def _with_file(desk: SimpleNamespace) -> Draft:
    draft: Draft = begun(desk)
    Attachment.objects.create(draft=draft, **FILE)
    return draft


def test_a_notice_goes_out_with_its_files_and_the_draft_is_gone(desk: SimpleNamespace) -> None:
    accepted = send.send(_with_file(desk), desk.clock.at)
    assert Attachment.objects.get().notice_id == accepted.notice
    assert not Draft.objects.exists()


def test_where_the_files_cannot_go_along_nothing_goes(desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = _with_file(desk)
    write = ledger.write

    def stopped(act: str, *given: object, **more: object) -> None:
        if act == "overrule":
            raise OSError("stopped")
        write(act, *given, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(ledger, "write", stopped)
    with pytest.raises(OSError, match="stopped"):
        send.send(draft, desk.clock.at, overruled=("offhours",))
    assert (Notice.objects.count(), Delivery.objects.count(), Entry.objects.filter(act="accept").count()) == (0, 0, 0)
    assert Attachment.objects.get().draft_id == draft.pk


def test_sent_again_with_its_key_it_makes_no_second_notice(desk: SimpleNamespace) -> None:
    draft = _with_file(desk)
    send.send(draft, desk.clock.at)
    assert send.send(draft, desk.clock.at).again
    assert Notice.objects.count() == 1
