"""A hub is founded once, with keys that nobody else may read and a password that has to be changed."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from qingqun.hub import config
from qingqun.hub.models import Power, Setting, Unit, User
from qingqun.hub.now import now
from qingqun.hub.upkeep import first, keys, ready
from qingqun.words import Refused

WHO = {"unit": "和平街道", "name": "张主任", "account": "zhang"}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: Any) -> Any:
    """Stand before a data folder that is not there yet."""
    folder = tmp_path / "new"
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setattr(settings, "SECRET_KEY", "")
    monkeypatch.setattr(settings, "VAULT_KEY", "")
    with on(config.database("", folder)):
        yield folder


def _init(**changed: str) -> str:
    out = io.StringIO()
    call_command("init", stdout=out, **{**WHO, **changed})
    return out.getvalue()


def _password(said: str) -> str:
    return next(line for line in said.splitlines() if "一次性密码" in line).split()[-1]


def test_init_makes_everything_closed_to_others(empty: Path) -> None:
    said = _init()
    assert {path.name for path in empty.iterdir()} >= {"config.toml", "keys", "attachments", "qingqun.sqlite3"}
    assert keys.open_to_others(empty) == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in [empty, *empty.rglob("*")])
    assert User.objects.get().check_password(_password(said))
    assert set(Power.objects.values_list("right", flat=True)) == {"administrator", "author"}
    assert config.given(empty)["owner"] == "和平街道"


def test_a_folder_that_stood_open_before_init_is_closed(empty: Path) -> None:
    empty.mkdir(mode=0o755)
    _init()
    assert empty.stat().st_mode & 0o077 == 0


def test_two_hubs_share_neither_keys_nor_password(empty: Path, tmp_path: Path) -> None:
    said = _init()
    other = tmp_path / "other"
    keys.make(other)
    assert (other / "keys" / "django").read_bytes() != (empty / "keys" / "django").read_bytes()
    assert len(_password(said)) == 19
    assert first.renewed("zhang", now()) != _password(said)


def test_a_second_init_changes_nothing(empty: Path) -> None:
    _init()
    before = (empty / "keys" / "vault").read_bytes()
    with pytest.raises(Refused, match="已经有轻群"):
        _init(unit="外街道")
    assert (empty / "keys" / "vault").read_bytes() == before
    assert list(Unit.objects.values_list("name", flat=True)) == ["和平街道"]


def test_before_init_every_command_says_what_comes_first(empty: Path) -> None:
    with pytest.raises(Refused, match="qingqun init"):
        ready.current()
    assert not empty.exists()


def test_a_key_that_others_may_read_is_told(data: Path) -> None:
    (data / "keys" / "vault").chmod(0o644)
    assert [path.name for path in keys.open_to_others(data)] == ["vault", "config.toml"]


def test_the_password_of_one_time_opens_one_page(lite: Any, data: Path, clock: Any) -> None:
    password = first.account("zhang", "张主任", "和平街道", ["author"], clock(), founding=True)
    browser = Client(headers={"host": "localhost"})
    browser.post("/accounts/login/", {"login": "zhang", "password": password})
    change = browser.get("/").headers["Location"]
    assert change == "/accounts/password/change/"
    assert browser.get(change).status_code == 200
    assert browser.get("/accounts/logout/").status_code == 200
    new = "long-enough-83"
    browser.post(change, {"oldpassword": password, "password1": new, "password2": new})
    assert browser.get("/").status_code == 200
    assert first.unchanged() == []


def test_an_account_given_a_new_password_has_to_change_it_again(lite: Any, data: Path, clock: Any) -> None:
    first.account("zhang", "张主任", "和平街道", ["author"], clock(), founding=True)
    user = User.objects.get()
    user.set_password("long-enough-83")
    user.save()
    assert first.unchanged() == []
    assert User.objects.get().check_password("long-enough-83")
    first.renewed("zhang", clock())
    assert first.unchanged() == ["zhang"]
    with pytest.raises(Refused, match="没有账号"):
        first.renewed("wairen", clock())


def test_nobody_is_made_administrator_and_auditor(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    with pytest.raises(Refused, match="不能是同一个人"):
        first.account("ji", "老纪", "和平街道", ["administrator", "auditor"], clock())
    assert not User.objects.exists()
    assert not Setting.objects.exists()


def test_an_account_in_a_unit_there_is_not_is_refused_with_what_may_have_been_meant(
    office_lite: SimpleNamespace, data: Path, clock: Any
) -> None:
    first.account("liu", "小刘", "东社区", [], clock())
    with pytest.raises(Refused, match="已经有了"):
        first.account("liu", "小刘", "东社区", [], clock())
    for wrong, meant in {"东社": "东社区", "和平街": "和平街道", "南社区": "社区"}.items():
        with pytest.raises(Refused, match=f"没有单位.*是不是：.*{meant}.*导入"):
            first.account("zhou", "老周", wrong, [], clock())
    assert not Unit.objects.filter(name__in=["东社", "和平街", "南社区"]).exists()
    assert not User.objects.filter(username="zhou").exists()


def test_whoever_lost_phone_and_codes_sets_up_a_new_factor(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    first.account("zhao", "小赵", "和平街道", ["administrator"], clock())
    with pytest.raises(Refused, match="没有设"):
        call_command("account", login="zhao", lost_phone=True)
    Authenticator.objects.create(user=User.objects.get(), type="totp", data={})
    out = io.StringIO()
    call_command("account", login="zhao", lost_phone=True, stdout=out)
    assert "下次登录" in out.getvalue()
    assert not Authenticator.objects.exists()
    with pytest.raises(Refused, match="没有账号"):
        first.without_factor("wairen", clock())
