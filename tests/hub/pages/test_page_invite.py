"""From the import to the sign-in: one list for everybody who has no way in, a link of one time each, a password of their own."""

import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hub_help import Clock
from page_help import PASSWORD, signed_in

from qingqun.hub import invite
from qingqun.hub.invite import Invited
from qingqun.hub.models import Bucket, Entry, Identity, Person, Power, Setting, Unit, User
from qingqun.office import Table, read_tables

OWN = "春天的第一杯茶 82"


@pytest.fixture
def imported(house: SimpleNamespace) -> SimpleNamespace:
    """Let three be imported: one with a staff number, two of one name, at the station and in the office."""
    house.street.refresh_from_db()  # where it stands in the tree
    house.wu = Person.objects.create(name="小吴", unit=house.street, number="1001")
    house.first, house.second = (Person.objects.create(name="李敏", unit=unit) for unit in (house.street, house.east))
    return house


def _book(answer: Any, folder: Any) -> list[list[str]]:
    path = folder / "list.xlsx"
    path.write_bytes(answer.content)
    (table,) = read_tables(path)
    return _rows(table)


def _rows(table: Table) -> list[list[str]]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return rows[next(place for place, row in enumerate(rows) if row[0] == "姓名") + 1 :]


def _made(house: SimpleNamespace, clock: Clock, *, again: bool = False) -> dict[str, Invited]:
    return {one.login: one for one in invite.invite([house.street.path], clock.at, house.zhao.pk, again=again)}


def _start(browser: Client, key: str, first: str = OWN, second: str = OWN) -> Any:
    return browser.post(f"/start/{key}/", {"new_password1": first, "new_password2": second})


def _anybody() -> Client:
    return Client(headers={"host": "localhost"})


def test_one_button_gives_everybody_a_row_and_the_link_in_it_leads_in(imported: SimpleNamespace, tmp_path: Any) -> None:
    answer = imported.browser["zhao"].post("/invite/", {"unit": ""})
    rows = _book(answer, tmp_path)
    assert [row[:3] for row in rows] == [["小吴", "和平街道", "1001"], ["李敏", "和平街道", "李敏"], ["李敏", "东社区", "李敏-2"]]
    address = rows[0][3].removeprefix("http://localhost")
    browser = _anybody()
    page = browser.get(address)
    assert "小吴" in page.content.decode()
    assert "<strong>1001</strong>" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    done = browser.post(address, {"new_password1": OWN, "new_password2": OWN})
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert "1001" not in browser.get("/").headers.get("Location", "")
    assert browser.get("/").status_code == 200
    assert _anybody().post("/accounts/login/", {"login": "1001", "password": OWN}).headers["Location"] == "/"


def test_a_name_is_a_login_too(imported: SimpleNamespace, clock: Clock) -> None:
    _start(_anybody(), _made(imported, clock)["李敏-2"].key)
    assert _anybody().post("/accounts/login/", {"login": "李敏-2", "password": OWN}).headers["Location"] == "/"


def test_a_login_that_somebody_has_is_given_to_nobody_else(imported: SimpleNamespace, clock: Clock) -> None:
    User.objects.create_user("李敏")
    Person.objects.filter(pk=imported.wu.pk).update(number="ZHAO")
    assert set(_made(imported, clock)) == {"ZHAO-2", "李敏-2", "李敏-3"}


def test_until_the_link_is_used_the_account_opens_to_nobody(imported: SimpleNamespace, clock: Clock) -> None:
    _made(imported, clock)
    assert all(not user.has_usable_password() for user in User.objects.filter(username__in=["1001", "李敏", "李敏-2"]))
    assert "不正确" in _anybody().post("/accounts/login/", {"login": "1001", "password": "1001"}).content.decode()


def test_of_a_link_only_a_digest_is_kept(imported: SimpleNamespace, clock: Clock) -> None:
    made = _made(imported, clock)
    kept = str(list(Setting.objects.values_list("key", "value"))) + str(list(Entry.objects.values_list("act", "data")))
    assert not any(one.key.partition("-")[2] in kept for one in made.values())
    assert "李敏" not in kept


def test_every_making_is_one_entry_of_ids(imported: SimpleNamespace, clock: Clock) -> None:
    made = _made(imported, clock)
    (entry,) = Entry.objects.filter(act="invite")
    ids = sorted(person.pk for person in (imported.wu, imported.first, imported.second))
    assert (entry.person, entry.count) == (imported.zhao.pk, len(made))
    assert entry.data == f'{{"again":0,"of":{str(ids).replace(" ", "")}}}'
    assert _made(imported, clock) == {}
    assert Entry.objects.filter(act="invite").count() == 1


def test_made_again_the_old_links_are_void_and_who_signed_in_gets_none(imported: SimpleNamespace, clock: Clock) -> None:
    made = _made(imported, clock)
    _start(_anybody(), made["1001"].key)
    assert _made(imported, clock) == {}
    again = _made(imported, clock, again=True)
    assert set(again) == {"李敏", "李敏-2"}
    assert "换成了新的" in _start(_anybody(), made["李敏"].key).content.decode()
    assert _start(_anybody(), again["李敏"].key).status_code == 302


def test_a_link_works_once(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    _start(_anybody(), key)
    second = _start(_anybody(), key, "另一个人的密码 82", "另一个人的密码 82")
    assert (second.status_code, "已经用过" in second.content.decode()) == (410, True)
    assert User.objects.get(username="1001").check_password(OWN)


def test_a_link_ends_after_seven_days(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    clock.at += timedelta(days=7) - timedelta(seconds=1)
    assert _anybody().get(f"/start/{key}/").status_code == 200
    clock.at += timedelta(seconds=1)
    refused = _anybody().get(f"/start/{key}/")
    assert (refused.status_code, "已过期" in refused.content.decode()) == (410, True)
    assert _start(_anybody(), key).status_code == 410


def test_who_has_left_is_not_let_in(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    Person.objects.filter(pk=imported.wu.pk).update(left_at=clock.at)
    assert "已经停用" in _start(_anybody(), key).content.decode()
    assert not User.objects.get(username="1001").has_usable_password()


def test_a_link_that_opens_nothing_names_nobody(imported: SimpleNamespace, clock: Clock) -> None:
    made = _made(imported, clock)
    used, ended, left = (made[login].key for login in ("1001", "李敏", "李敏-2"))
    _start(_anybody(), used)
    Person.objects.filter(pk=imported.second.pk).update(left_at=clock.at)
    clock.at += timedelta(days=8)
    for key in (used, ended, left, f"{ended}x", "0-x", "x", "9" * 19, "²-x"):
        page = _anybody().get(f"/start/{key}/")
        assert page.status_code == 410
        assert not any(word in page.content.decode() for word in ("小吴", "李敏", "1001", "和平街道"))


def test_a_poor_password_is_said_in_chinese_and_uses_nothing_up(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    for first, second, said in (("短", "短", "太短"), (OWN, OWN + "x", "不一致"), ("password123", "password123", "太常见")):
        page = _start(_anybody(), key, first, second)
        assert (page.status_code, said in page.content.decode()) == (200, True)
    assert _start(_anybody(), key).status_code == 302


def test_who_tries_links_is_locked_as_who_tries_passwords(
    imported: SimpleNamespace, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    key = _made(imported, clock)["1001"].key
    number = key.partition("-")[0]
    pages = [_anybody().get(f"/start/{number}-{guess}/").content.decode() for guess in range(6)]
    assert ["次数太多" in page for page in pages] == [False] * 5 + [True]
    assert "次数太多" in _anybody().get(f"/start/{key}/").content.decode()
    clock.at += timedelta(minutes=16)
    assert _anybody().get(f"/start/{key}/").status_code == 200
    assert Bucket.objects.filter(key__startswith="signin:").count() == 1
    assert "/start/" not in caplog.text


def test_one_address_has_only_so_many_wrong_links(imported: SimpleNamespace) -> None:
    found = [_anybody().get(f"/start/{number}/").status_code for number in range(201)]
    assert found == [410] * 200 + [429]


def test_who_has_a_right_is_left_to_the_keyboard(imported: SimpleNamespace, clock: Clock) -> None:
    Power.objects.create(person=imported.wu, unit=imported.street, right="approver")
    assert "1 人有管理、批准或审计的权限" in imported.browser["zhao"].get("/invite/").content.decode()
    assert "1001" not in _made(imported, clock, again=True)
    assert "1001" in {one.login for one in invite.invite(["/"], clock.at, None)}


def test_who_has_another_way_in_or_none_at_all_gets_nothing(imported: SimpleNamespace, clock: Clock) -> None:
    Identity.objects.create(platform="wecom", uid="wu", person=imported.wu, joined_at=clock.at)
    Person.objects.filter(pk=imported.first.pk).update(inbox=False)
    Person.objects.filter(pk=imported.second.pk).update(left_at=clock.at)
    assert _made(imported, clock, again=True) == {}
    assert "没有要开通的人" in imported.browser["zhao"].post("/invite/", {"again": "1"}, follow=True).content.decode()


def test_one_unit_is_that_and_those_below_and_never_anothers(imported: SimpleNamespace, tmp_path: Any) -> None:
    Person.objects.create(name="外人二", unit=imported.other)
    browser = imported.browser["zhao"]
    assert browser.post("/invite/", {"unit": imported.other.pk}).status_code == 404
    assert [row[0] for row in _book(browser.post("/invite/", {"unit": imported.east.pk}), tmp_path)] == ["李敏"]
    assert {row[0] for row in _book(browser.post("/invite/", {"unit": imported.street.pk}), tmp_path)} == {"小吴", "李敏"}
    assert "外街道" not in browser.get("/invite/").content.decode()
    assert Person.objects.get(name="外人二").user is None


def test_signing_in_another_way_ends_the_link(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    user = User.objects.get(username="1001")
    user.set_password(PASSWORD)
    user.save()
    _anybody().post("/accounts/login/", {"login": "1001", "password": PASSWORD})
    assert "已经用过" in _start(_anybody(), key).content.decode()


def test_a_unit_that_stands_nowhere_yet_is_not_everybody(imported: SimpleNamespace, clock: Clock) -> None:
    assert invite.invite([""], clock.at, imported.zhao.pk) == []


def test_who_must_have_a_second_factor_sets_it_up_next(imported: SimpleNamespace, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "all")
    browser = _anybody()
    _start(browser, _made(imported, clock)["1001"].key)
    assert browser.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_after_the_import_the_page_leads_here(imported: SimpleNamespace) -> None:
    assert 'href="/invite/"' in imported.browser["zhao"].get("/people/").content.decode()


def test_five_thousand_are_made_with_a_handful_of_statements(office: SimpleNamespace, clock: Clock, statements: list[str]) -> None:
    """On both databases; as many for one as for five thousand."""
    unit = Unit.objects.get(pk=office.west.pk)
    Person.objects.bulk_create(Person(name=f"人{number % 100}", unit=unit) for number in range(5_000))
    signed_in(office.zhang, "zhang")
    statements.clear()
    made = invite.invite([unit.path], clock.at, office.zhang.pk)
    assert len({one.login for one in made}) == len({one.key for one in made}) == 5_000
    assert Person.objects.filter(unit=unit, user=None).count() == 0
    assert len([one for one in statements if not one.startswith("INSERT")]) < 15


@pytest.fixture
def statements(request: pytest.FixtureRequest) -> Any:
    """Give the statements of the test so far."""
    connection = request.getfixturevalue("hub")
    found: list[str] = []

    def noted(execute: Any, text: str, params: Any, many: bool, context: Any) -> Any:
        found.append(text.strip())
        return execute(text, params, many, context)

    with connection.execute_wrapper(noted):
        yield found


def test_the_list_is_a_workbook_without_formulas(imported: SimpleNamespace, tmp_path: Any) -> None:
    Person.objects.filter(pk=imported.wu.pk).update(name="=1+1")
    answer = imported.browser["zhao"].post("/invite/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert io.BytesIO(answer.content).read(2) == b"PK"
    assert _book(answer, tmp_path)[0][0] == "=1+1"


def test_links_that_only_this_machine_opens_are_warned_of(imported: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    page = imported.browser["zhao"].get("/invite/").content.decode()
    assert "http://localhost 开头，只有这台机器打得开" in page
    assert "config.toml 里写 address" in page
    assert "重新载入这一页" in page
    monkeypatch.setattr(settings, "ADDRESS", "https://qingqun.example.gov.cn")
    assert "只有这台机器打得开" not in imported.browser["zhao"].get("/invite/").content.decode()


def test_a_weak_password_is_said_at_the_first_field_and_a_slip_at_the_second(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    weak = _start(_anybody(), key, "password123", "password123").content.decode()
    assert weak.index("太常见") < weak.index('name="new_password2"')
    assert weak.index("太常见") < weak.index("再写一遍密码")
    slip = _start(_anybody(), key, OWN, OWN + "x").content.decode()
    assert slip.index("不一致") > slip.index("再写一遍密码")


def test_a_link_that_was_used_leads_to_the_sign_in(imported: SimpleNamespace, clock: Clock) -> None:
    key = _made(imported, clock)["1001"].key
    _start(_anybody(), key)
    page = _anybody().get(f"/start/{key}/").content.decode()
    assert "去登录" in page
    assert "回到收件箱" not in page
