"""Rights are given and taken on a page: never one's own, never administration and audit together, each act in the ledger."""

from types import SimpleNamespace

import pytest
from hub_help import Clock

from qingqun.hub.governance import rights
from qingqun.hub.models import Entry, Person, Power, Right, Unit
from qingqun.words import Refused


def _give(house: SimpleNamespace, who: str, right: str, unit: Unit | None = None, by: str = "zhao") -> str:
    form = {"who": who, "right": right, "unit": (unit or house.street).pk}
    return str(house.browser[by].post("/rights/", form, follow=True).content.decode())


def _held(person: Person) -> set[str]:
    return set(Power.objects.filter(person=person).values_list("right", flat=True))


def test_an_administrator_gives_a_right_and_takes_it_back_and_it_counts_at_once(house: SimpleNamespace) -> None:
    assert house.browser["li"].get("/desk/").status_code == 403
    assert "已给小李“发通知”，马上生效" in _give(house, "小李", "author", house.east)
    assert house.browser["li"].get("/desk/").status_code == 200
    row = Power.objects.get(person=house.li)
    page = house.browser["zhao"].post("/rights/", {"remove": row.pk}, follow=True).content.decode()
    assert "已收回小李的“发通知”" in page
    assert house.browser["li"].get("/desk/").status_code == 403
    said = f'{{"of":{house.li.pk},"right":"author","unit":{house.east.pk}}}'
    assert list(Entry.objects.filter(act__startswith="power").values_list("act", "person", "data")) == [
        ("power", house.zhao.pk, said),
        ("power off", house.zhao.pk, said),
    ]


def test_nobody_gives_or_takes_their_own(house: SimpleNamespace) -> None:
    assert "不能给自己权限" in _give(house, "小赵", "author")
    own = Power.objects.get(person=house.zhao)
    page = house.browser["zhao"].post("/rights/", {"remove": own.pk}, follow=True).content.decode()
    assert "不能收回自己的权限" in page
    assert _held(house.zhao) == {"administrator"}
    assert not Entry.objects.filter(act__startswith="power").exists()


@pytest.mark.parametrize(
    ("who", "right"),
    [
        ("小赵的同事", "auditor"),
        ("张主任", "auditor"),
        ("老陈", "auditor"),
        ("老纪", "administrator"),
        ("老纪", "author"),
        ("老纪", "approver"),
    ],
)
def test_who_audits_holds_nothing_else(house: SimpleNamespace, who: str, right: str) -> None:
    other = Person.objects.create(name="小赵的同事", unit=house.street)
    Power.objects.create(person=other, unit=house.street, right="administrator")
    before = Power.objects.count()
    assert "不能是同一个人" in _give(house, who, right)
    assert Power.objects.count() == before


def test_in_another_unit_they_stay_apart_too(house: SimpleNamespace) -> None:
    assert "不能是同一个人" in _give(house, "老纪", "administrator", house.east)


def test_what_is_held_from_above_is_not_given_again_below(house: SimpleNamespace) -> None:
    assert "已经有这项权限" in _give(house, "张主任", "author", house.east)
    assert "已经有这项权限" in _give(house, "张主任", "author")


def test_another_unit_and_its_people_are_out_of_reach(house: SimpleNamespace) -> None:
    theirs = Power.objects.create(person=house.stranger, unit=house.other, right="author")
    assert "没有找到“外人”" in _give(house, "外人", "author")
    assert "请选择单位" in _give(house, "小李", "author", house.other)
    house.browser["zhao"].post("/rights/", {"remove": theirs.pk})
    assert _held(house.stranger) == {"author"}
    assert "外人" not in house.browser["zhao"].get("/rights/").content.decode()


def test_who_administers_a_part_gives_nothing_above_it(house: SimpleNamespace) -> None:
    Power.objects.filter(person=house.zhao).update(unit=house.east)
    assert "请选择单位" in _give(house, "小王", "author")
    assert "没有找到“小李”" in _give(house, "小李", "author", house.east)
    assert "已给小王" in _give(house, "小王", "author", house.east)
    above = Power.objects.get(person=house.zhang)
    house.browser["zhao"].post("/rights/", {"remove": above.pk})
    assert Power.objects.filter(pk=above.pk).exists()


def test_several_of_a_name_are_told_apart_by_number(house: SimpleNamespace) -> None:
    other = Person.objects.create(name="小李", unit=house.street, number="1007")
    assert "有几位同名" in _give(house, "小李", "author")
    _give(house, "1007", "author")
    assert _held(other) == {"author"}


@pytest.mark.parametrize(
    "form",
    [{}, {"who": "小李", "right": "king", "unit": "1"}, {"who": "", "right": "author", "unit": "1"}, {"remove": "x"}, {"remove": "9" * 30}],
)
def test_a_form_that_says_nothing_changes_nothing(house: SimpleNamespace, form: dict[str, str]) -> None:
    before = Power.objects.count()
    assert house.browser["zhao"].post("/rights/", form, follow=True).status_code == 200
    assert Power.objects.count() == before


def test_who_has_left_holds_and_is_given_nothing(house: SimpleNamespace, noon: Clock) -> None:
    Person.objects.filter(pk__in=[house.li.pk, house.zhang.pk]).update(left_at=noon.at)
    assert "没有找到“小李”" in _give(house, "小李", "author")
    assert "张主任" not in house.browser["zhao"].get("/rights/").content.decode()


def test_every_right_has_a_name_and_the_pairs_are_refused_at_the_keyboard_too() -> None:
    assert set(rights.words()) == set(Right)
    with pytest.raises(Refused, match="不能是同一个人"):
        rights.check(["administrator", "auditor"])
    rights.check(["administrator", "author", "approver", "supervisor"])


def test_names_are_sought(house: SimpleNamespace) -> None:
    page = house.browser["zhao"].get("/rights/?name=老陈").content.decode()
    assert "批紧急通知" in page
    assert "张主任" not in page.partition("现在谁有什么权限")[2]
