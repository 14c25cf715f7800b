"""The disk is really full, at every point of every act: nothing is half written, whoever asked is told, and with room again all goes on."""

import gc
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from acts import ACTS, MORNING, NIGHT, everything, whole
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from fakes import FakeSmtp
from hub_help import Clock, furnish, written
from page_help import delivery, sent, signed_in
from pdf_help import paper
from post_help import Post
from small import Small, small_disk

from qingqun.hub import accept, config, sql, story
from qingqun.hub.deliver.channels import smtp
from qingqun.hub.deliver.ringing import Limits
from qingqun.hub.models import Attachment, Confirm, Contact, Delivery, Draft, Power, Receipt
from qingqun.hub.now import kept_by
from qingqun.hub.reconcile import reconcile

FULL, DONE = 507, 303  # HTTP: insufficient storage; see the next page
STEP = 4_096  # bytes
PDF = paper("台账", padding=900_000)


@pytest.fixture
def small(lite_file: Path, tmp_path: Path, on: Any) -> Iterator[Small]:
    """Give a hub whose database, attachments and passing files lie on a small disk."""
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder) as disk:
        shutil.copy(lite_file, folder / "qingqun.sqlite3")
        with on(config.database("", folder)):
            yield disk


@pytest.fixture
def reached(small: Small) -> Iterator[SimpleNamespace]:
    office = furnish()
    office.disk = small
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    with FakeSmtp() as office.mail:
        yield office


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_on_a_full_disk_leaves_nothing_and_comes_again_whole(reached: SimpleNamespace, name: str) -> None:
    act = ACTS[name](reached)
    before, refused, done, left = everything(), 0, False, 0
    while not done:
        sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # else the log's old pages are room enough
        reached.disk.fill(left)
        done = _done(act)
        reached.disk.empty()
        connection.close()
        refused, left = refused + (not done), left + STEP
        assert done or everything() == before
        assert sql.value("PRAGMA integrity_check") == "ok"
    assert refused > 2
    whole(name)


def _done(act: Callable[[], object]) -> bool:
    try:
        act()
    except OperationalError:
        return False
    return True


@pytest.fixture
def house(reached: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Give 张主任 and 小李 browsers; files that pass lie on the small disk too."""
    for name, folder in {"ATTACHMENTS": "attachments", "FILE_UPLOAD_TEMP_DIR": "passing"}.items():
        monkeypatch.setattr(settings, name, reached.disk.folder / folder)
        (reached.disk.folder / folder).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(reached.disk.folder / "passing"))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)  # its records would keep passing files beyond the disk
    Power.objects.create(person=reached.zhang, unit=reached.street, right="author")
    reached.zhang_browser, reached.browser = signed_in(reached.zhang, "zhang"), signed_in(reached.li, "li")
    for browser in (reached.zhang_browser, reached.browser):
        browser.raise_request_exception = False
        browser.get("/")  # what a session learns at its first page is kept
    with kept_by(lambda: MORNING):
        yield reached


def _asked(house: SimpleNamespace, left: int, browser: Client, address: str, form: dict[str, Any]) -> tuple[int, str]:
    """Post a form while so many bytes are free."""
    sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    house.disk.fill(left)
    answer = browser.post(address, form)
    house.disk.empty()
    told = answer.status_code, answer.content.decode()
    del answer
    browser.exc_info = None
    gc.collect()  # a request that broke keeps its passing file until then
    return told


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Django leaves the passing file of a request that broke to be closed by itself
@pytest.mark.parametrize("left", [0, 300_000, 1_000_000], ids=["while it comes", "while it is kept", "while its row is written"])
def test_an_upload_on_a_full_disk_is_refused_in_words_and_leaves_no_piece(house: SimpleNamespace, left: int) -> None:
    number = delivery(sent(house, MORNING, confirm="answer"), house.li)
    status, page = _asked(house, left, house.browser, f"/n/{number}/answer/", {"answer": "见附件", "file": _pdf()})
    assert status == FULL
    assert "没有保存" in page
    assert not Receipt.objects.filter(kind="answer").exists()
    assert not Attachment.objects.exists()
    assert all(path.stat().st_size == len(PDF) for path in settings.ATTACHMENTS.iterdir())
    status, _page = _asked(house, 10_000_000, house.browser, f"/n/{number}/answer/", {"answer": "见附件", "file": _pdf()})
    assert status == DONE
    assert Attachment.objects.get().receipt_id == Receipt.objects.get(kind="answer").pk


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("台账.pdf", PDF)


def test_a_confirmation_on_a_full_disk_is_refused_in_words_and_taken_later(house: SimpleNamespace) -> None:
    number = delivery(sent(house, MORNING, confirm="confirm"), house.li)
    status, page = _asked(house, 0, house.browser, f"/n/{number}/confirm/", {})
    assert (status, "没有保存" in page) == (FULL, True)
    assert not Receipt.objects.exists()
    assert _asked(house, 10_000_000, house.browser, f"/n/{number}/confirm/", {})[0] == DONE
    assert Receipt.objects.filter(kind=Confirm.CONFIRM).count() == 1
    assert reconcile(MORNING).explained


def test_a_draft_on_a_full_disk_keeps_the_words_it_had(house: SimpleNamespace) -> None:
    where: dict[str, list[object]] = {"any": [], "minus": []}
    draft = Draft.objects.create(key="k", author=house.zhang, unit=house.street, title="旧", text="旧", audience=where, changed_at=NIGHT)
    words = {"title": "新", "text": "长" * 9_000, "unit": house.street.pk, "importance": "routine", "confirm": "none", "act": "keep"}
    status, _page = _asked(house, 0, house.zhang_browser, f"/desk/{draft.pk}/", words)
    draft.refresh_from_db()
    assert (status, draft.title) == (FULL, "旧")
    _asked(house, 10_000_000, house.zhang_browser, f"/desk/{draft.pk}/", words)
    draft.refresh_from_db()
    assert draft.title == "新"


def test_workers_on_a_full_disk_go_on_by_themselves_once_there_is_room(reached: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LIMITS", Limits())
    for _number in range(20):
        accept.accept(written(reached), story._plan, NIGHT)
    sql.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    reached.disk.fill(0)
    later, over = MORNING + timedelta(minutes=15), threading.Event()
    thread = threading.Thread(target=_work, args=(Post(Clock(later), smtp=reached.mail.credentials), over))
    thread.start()
    time.sleep(1.0)
    before = len(reached.mail.log.marks), Delivery.objects.filter(state="delivered").count()
    reached.disk.empty()
    until = time.monotonic() + 30
    while len(reached.mail.log.marks) < 60 and time.monotonic() < until:
        time.sleep(0.1)
    over.set()
    thread.join()
    assert before == (0, 0)
    assert (len(reached.mail.log.marks), len(set(reached.mail.log.marks))) == (60, 60)
    assert reconcile(later).explained


def _work(post: Post, over: threading.Event) -> None:
    """Work as a loop does: what fails is tried again."""
    while not over.wait(0.05):
        try:
            story.let_go(post.clock())
            post.round()
        except OperationalError:
            connection.close()
    connection.close()
