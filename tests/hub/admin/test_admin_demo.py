"""The demo's clock exists in the demo alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from admin_help import EVENING

from qingqun.hub import config
from qingqun.hub.demo.clock import Clock, kept
from qingqun.hub.demo.office import READER, furnish
from qingqun.hub.models import Person, Setting, Unit, User
from qingqun.hub.now import now
from qingqun.words import Refused


def test_the_demos_clock_refuses_a_database_that_the_demo_did_not_make(lite: Any, data: Path) -> None:
    Clock(data).move(EVENING)
    with pytest.raises(Refused, match="不是演示"):
        kept()
    Setting.objects.create(key="demo", value=True)
    with kept():
        assert timedelta(0) <= now() - EVENING < timedelta(minutes=5)
    assert now() - EVENING > timedelta(days=30) or now() < EVENING


def test_a_moved_clock_goes_on_from_there(data: Path) -> None:
    clock = Clock(data)
    clock.move(EVENING)
    first = clock()
    clock.move(EVENING + timedelta(hours=12))
    assert clock() - first >= timedelta(hours=11, minutes=59)


def test_the_demo_makes_its_office_anew_and_only_over_its_own(lite: Any, data: Path) -> None:
    with pytest.raises(Refused, match="不是演示"):
        furnish(EVENING)  # a config.toml that somebody wrote
    (data / "config.toml").unlink()
    accounts = furnish(EVENING)
    assert (Person.objects.count(), Unit.objects.count()) == (120, 13)
    assert User.objects.get(username=READER).check_password(accounts[READER].password)
    assert len({one.password for one in accounts.values()}) == len(accounts) == 6
    assert config.given(data)["second_factor"] == "off"
    assert "演示不要求第二重验证" in (data / "config.toml").read_text(encoding="utf-8")


def test_the_demo_refuses_a_folder_with_a_real_hub(lite: Any, data: Path) -> None:
    (data / "qingqun.sqlite3").write_bytes(b"")
    with pytest.raises(Refused, match="不是演示"):
        furnish(EVENING)
    assert (data / "qingqun.sqlite3").exists()
