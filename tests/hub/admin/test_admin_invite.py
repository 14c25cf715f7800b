"""The same at the keyboard: a list as workbook or CSV, for nobody else's eyes, never over a file."""

import csv
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from qingqun.hub.models import Person, Power, User
from qingqun.words import Refused


@pytest.fixture
def out(office_lite: SimpleNamespace, data: Path, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ADDRESS", "https://qingqun.example.gov.cn/")
    return tmp_path / "list.csv"


def _invite(out: Path, **more: Any) -> str:
    said = StringIO()
    call_command("invite", out=out, stdout=said, **{"unit": "", "again": False} | more)
    return said.getvalue()


def _read(out: Path) -> list[list[str]]:
    return list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))[1:]


def test_everybody_stands_in_the_list(out: Path) -> None:
    assert "已给 4 人开通" in _invite(out)
    rows = _read(out)
    assert {row[0] for row in rows} == {"张主任", "小李", "小王", "外人"}
    assert all(row[3].startswith("https://qingqun.example.gov.cn/start/") for row in rows)
    assert out.stat().st_mode & 0o077 == 0


def test_one_unit_and_a_holder_of_rights(out: Path, office_lite: SimpleNamespace) -> None:
    Power.objects.create(person=office_lite.wang, unit=office_lite.east, right="administrator")
    _invite(out, unit="东社区")
    assert [row[0] for row in _read(out)] == ["小王"]
    assert User.objects.count() == 1


def test_again_is_said_and_a_workbook_is_written(out: Path, tmp_path: Path) -> None:
    _invite(out)
    assert "--again" in _invite(tmp_path / "second.csv")
    assert not (tmp_path / "second.csv").exists()
    _invite(tmp_path / "third.xlsx", again=True)
    assert (tmp_path / "third.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("name", "why"), [("there.csv", "不覆盖"), ("list.txt", ".xlsx 或 .csv"), ("nowhere/list.csv", "没有文件夹")])
def test_what_could_not_be_written_down_is_not_made(out: Path, tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "there.csv").touch()
    with pytest.raises(Refused, match=why):
        _invite(tmp_path / name)
    assert User.objects.count() == 0


def test_without_an_address_there_are_no_links(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ADDRESS", "")
    with pytest.raises(Refused, match="address"):
        _invite(out)
    monkeypatch.setattr(settings, "ADDRESS", "http://127.0.0.1:8421")
    assert "只有这台机器打得开" in _invite(out)


def test_an_unknown_unit_is_refused_with_those_near(out: Path) -> None:
    with pytest.raises(Refused, match="是不是：东社区"):
        _invite(out, unit="东社")
    assert Person.objects.filter(user=None).count() == 4
