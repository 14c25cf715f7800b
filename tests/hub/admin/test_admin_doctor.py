"""The doctor sees what is wrong and says so; an upgrade leaves what is held as it was."""

import io
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from admin_help import EVENING, MORNING, attempt, of, states, told
from django.conf import settings
from django.core.management import call_command
from hub_help import beijing

from qingqun.hub import migrations, seal, sql, story, vault
from qingqun.hub.models import Credential, State, Worker
from qingqun.hub.now import kept_by
from qingqun.hub.reconcile import reconcile
from qingqun.hub.upkeep import ready
from qingqun.hub.upkeep.doctor import Grade, examine
from qingqun.words import Refused

ADDED = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hub", "{last}")]
    operations = [migrations.AddField("delivery", "weight", models.IntegerField(default=7))]
"""


@pytest.fixture
def well(data: Path) -> Path:
    (data / "config.toml").chmod(0o600)
    return data


def _bad(now: Any) -> str:
    return " ".join(one.text for one in examine(now) if one.grade == Grade.BAD)


def test_a_hub_in_order_is_well(hub: Any, well: Path, office: SimpleNamespace) -> None:
    told(office)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    assert _bad(EVENING) == ""


def test_a_year_without_a_calendar_is_told_and_the_next_one_in_time(lite: Any, well: Path) -> None:
    assert "2027" in _bad(beijing("2027-02-01 09:00"))
    ahead = [one for one in examine(beijing("2026-12-01 09:00")) if "2027" in one.text]
    assert [one.grade for one in ahead] == [Grade.LOOK]


def test_a_credential_of_another_vault_is_told(lite: Any, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Credential.objects.create(channel="smtp", name="街道邮箱", locked=vault.lock("{}"))
    assert "凭据" not in _bad(EVENING)
    monkeypatch.setattr(settings, "VAULT_KEY", "A" * 43 + "=")
    assert "smtp/街道邮箱" in _bad(EVENING)


def test_a_clock_behind_the_ledger_is_told(lite: Any, well: Path, office_lite: SimpleNamespace) -> None:
    told(office_lite)
    assert "3600 秒" in _bad(EVENING - timedelta(hours=1))


def test_a_full_disk_is_told(lite: Any, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingqun.hub.upkeep.doctor.shutil.disk_usage", lambda _path: SimpleNamespace(free=10_000_000))
    assert "磁盘" in _bad(EVENING)


def test_a_key_that_others_read_and_a_changed_ledger_are_told(lite: Any, well: Path, office_lite: SimpleNamespace) -> None:
    told(office_lite)
    seal.seal(EVENING, settings.LEDGER_HEAD)
    (well / "keys" / "django").chmod(0o640)
    sql.run("UPDATE hub_entry SET count = 2")
    assert "chmod 600" in _bad(EVENING)
    assert "与封存时不符" in _bad(EVENING)
    assert "对账" in _bad(EVENING)


def test_deliveries_that_nobody_let_go_and_rings_without_proof_are_told(lite: Any, well: Path, office_lite: SimpleNamespace) -> None:
    notice = told(office_lite)
    ring = attempt(of(office_lite.li, notice), "smtp", "sent")
    ring.tried_at = MORNING
    ring.save()
    later = MORNING + timedelta(hours=2)
    assert "3 件到时未放行" in _bad(later)
    assert any("1 次超过时限" in one.text for one in examine(later))


def test_the_command_says_it_and_ends_with_1(lite: Any, well: Path, office_lite: SimpleNamespace) -> None:
    told(office_lite)
    out = io.StringIO()
    with kept_by(lambda: EVENING):
        call_command("doctor", stdout=out)
    with kept_by(lambda: MORNING + timedelta(days=1)), pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "问题" in out.getvalue()


def test_reconcile_says_the_sums_and_ends_with_1_where_they_differ(lite: Any, well: Path, office_lite: SimpleNamespace) -> None:
    notice = told(office_lite)
    out = io.StringIO()
    call_command("reconcile", stdout=out)
    assert "受理 3 件" in out.getvalue()
    of(office_lite.li, notice).delete()
    with pytest.raises(SystemExit):
        call_command("reconcile", stdout=out)
    assert f"通知 {notice} 受理 3 件，实有 2 件" in out.getvalue()


@pytest.fixture
def next_version(lite_file: Path, postgres_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one migration ahead of databases that were made before."""
    folder = tmp_path / "migrations_of_the_next_version"
    shutil.copytree(Path(str(migrations.__file__)).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9999_weight.py").write_text(ADDED.format(last=last), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {"hub": folder.name})


@pytest.mark.usefixtures("next_version")
def test_an_upgrade_leaves_what_is_held_held(hub: Any, well: Path, office: SimpleNamespace) -> None:
    notice = told(office)
    with pytest.raises(Refused, match="upgrade"):
        ready.current()
    out = io.StringIO()
    with kept_by(lambda: EVENING):
        call_command("upgrade", stdout=out)
    assert "9999_weight" in out.getvalue()
    assert len(list((well / "backups").glob("*.tar"))) == 1
    assert states(notice) == [State.HELD] * 3
    assert reconcile(EVENING).explained
    sql.run("UPDATE hub_delivery SET weight = 8")
    assert story.let_go(MORNING) == 3
    with kept_by(lambda: MORNING):
        call_command("upgrade", stdout=out)
    assert "没有改动" in out.getvalue()


@pytest.mark.usefixtures("next_version")
def test_an_upgrade_waits_until_nobody_works(lite: Any, well: Path) -> None:
    Worker.objects.create(name="one", lane="routine", beat=EVENING)
    with kept_by(lambda: EVENING), pytest.raises(Refused, match="投递进程"):
        call_command("upgrade")
    assert ready.pending() == ["hub.9999_weight"]


def test_a_database_of_a_newer_version_is_refused(lite: Any, well: Path) -> None:
    sql.run("INSERT INTO django_migrations (app, name, applied) VALUES ('hub', '9998_later', '2026-01-01')")
    with pytest.raises(Refused, match="较新"):
        ready.current()
