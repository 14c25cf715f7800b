"""An account for somebody who was imported is theirs: nobody becomes two."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qingqun.hub.models import Person
from qingqun.hub.upkeep import first
from qingqun.words import Refused


def test_who_was_imported_gets_the_account(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    before = Person.objects.count()
    first.account("xiaoli", office_lite.li.name, office_lite.li.unit.name, ["author"], clock())
    assert Person.objects.count() == before
    assert Person.objects.get(user__username="xiaoli").pk == office_lite.li.pk


def test_a_second_account_is_refused_and_one_of_the_same_name_is_said_so(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    unit, name = office_lite.li.unit.name, office_lite.li.name
    first.account("xiaoli", name, unit, [], clock())
    with pytest.raises(Refused, match=r"已有账号 xiaoli.*--renew.*--another"):
        first.account("xiaoli2", name, unit, [], clock())
    first.account("xiaoli2", name, unit, [], clock(), another=True)
    assert Person.objects.filter(name=name).count() == 2
    with pytest.raises(Refused, match="--number"):
        first.account("xiaoli3", name, unit, [], clock())


def test_the_number_tells_which(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    twin = Person.objects.create(name=office_lite.li.name, unit=office_lite.li.unit, number="2002")
    first.account("li2", twin.name, twin.unit.name, [], clock(), number="2002")
    assert Person.objects.get(user__username="li2").pk == twin.pk
    with pytest.raises(Refused, match="2002 是"):
        first.account("wairen", "外人", twin.unit.name, [], clock(), number="2002")


def test_a_number_is_no_login_and_what_to_do_is_said(office_lite: SimpleNamespace, data: Path, clock: Any) -> None:
    Person.objects.filter(pk=office_lite.li.pk).update(number="2001")
    with pytest.raises(Refused, match=r"还没有登录账号.*qingqun account 2001"):
        first.renewed("2001", clock())
    first.account("xiaoli", office_lite.li.name, office_lite.li.unit.name, [], clock())
    with pytest.raises(Refused, match="登录名是 xiaoli"):
        first.renewed("2001", clock())
