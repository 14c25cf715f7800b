"""One notice by many offices: folded for who has it, the difference marked; passed on with what each office adds, never twice."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub import inbox, story, tree
from qingqun.hub.inbox.way import additions, way
from qingqun.hub.models import Attachment, Delivery, Notice, Person, State, Unit
from qingqun.hub.reconcile import reconcile
from qingqun.words import Refused

NIGHT, MORNING = beijing("2026-03-11 21:00"), beijing("2026-03-12 09:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEXT = "请各单位组织收看3月20日9:00的消防安全视频课，地点自定。"


@pytest.fixture
def chain(office: SimpleNamespace) -> SimpleNamespace:
    """Put a district above the street, with 区办; 小李 works in the street, 小王 in the east community below it."""
    return _chain(office)


def _chain(office: SimpleNamespace) -> SimpleNamespace:
    district = Unit.objects.create(name="河东区")
    Unit.objects.filter(pk=office.street.pk).update(parent=district)
    tree.settle()
    head = Person.objects.create(name="区办", unit=district)
    return SimpleNamespace(**vars(office), district=district, head=head)


def _write(house: SimpleNamespace, author: Person, unit: Unit, people: list[Person], at: Any = MORNING, **changed: Any) -> Notice:
    values = {"author": author, "unit": unit, "audience": {"persons": [one.pk for one in people]}, "title": "消防安全视频课", "text": TEXT}
    return Notice.objects.get(pk=story.write(written(house, **{**values, **changed}), at).notice)


def _states(person: Person) -> list[tuple[str, str, bool]]:
    """Return a person's deliveries: whose, in which state, and whether it may ring."""
    rows = Delivery.objects.filter(person=person).order_by("notice").values_list("notice__unit__name", "state", "ring_after")
    return [(unit, state, rings is not None) for unit, state, rings in rows]


def _open(notice: Notice, person: Person) -> inbox.Opened:
    return inbox.opened(Delivery.objects.get(notice=notice, person=person).pk, notice.pk, None)


def test_what_another_office_said_folds_by_itself_for_who_has_it_and_for_nobody_else(chain: SimpleNamespace) -> None:
    _write(chain, chain.head, chain.district, [chain.li])
    second = _write(chain, chain.zhang, chain.street, [chain.li, chain.wang])
    assert _states(chain.li) == [("河东区", State.DELIVERED, True), ("和平街道", State.FOLDED, False)]
    assert _states(chain.wang) == [("和平街道", State.DELIVERED, True)]
    assert second.root_id is not None
    assert reconcile(MORNING).explained


@pytest.mark.parametrize(
    "changed",
    [
        {"confirm": "confirm"},
        {"deadline": MORNING + 30 * HOUR},
        {"importance": "important"},
        {"text": TEXT.replace("20日", "21日")},
        {"text": TEXT.replace("9:00", "10:00")},
        {"text": "取消：" + TEXT},
    ],
)
def test_what_asks_something_else_or_has_another_fact_never_folds_by_itself(office_lite: SimpleNamespace, changed: dict[str, Any]) -> None:
    house = _chain(office_lite)
    _write(house, house.head, house.district, [house.li])
    _write(house, house.zhang, house.street, [house.li], **changed)
    assert [state for _unit, state, _rings in _states(house.li)] == [State.DELIVERED] * 2


def test_its_author_may_want_it_said_again_and_ones_own_office_is_not_folded(office_lite: SimpleNamespace) -> None:
    house = _chain(office_lite)
    _write(house, house.head, house.district, [house.li])
    story.write(written(house, title="消防安全视频课", text=TEXT, audience={"persons": [house.li.pk]}), MORNING, alone=True)
    _write(house, house.head, house.district, [house.wang])
    _write(house, house.head, house.district, [house.wang])
    assert State.FOLDED not in [state for who in (house.li, house.wang) for _unit, state, _rings in _states(who)]


def test_the_difference_is_marked_where_the_reader_has_the_first_one(office_lite: SimpleNamespace) -> None:
    house = _chain(office_lite)
    first = _write(house, house.head, house.district, [house.li])
    _write(house, house.zhang, house.street, [house.li], text=TEXT + "请自带纸笔。", same_as_id=first.pk)
    (step,) = _open(first, house.li).additions
    assert (step.unit, step.added) == ("和平街道", ("带纸笔",))
    assert _states(house.li)[1][1] == State.FOLDED


def test_a_person_gets_the_source_once_with_what_the_offices_on_its_way_added_in_order(chain: SimpleNamespace) -> None:
    source = _write(chain, chain.head, chain.district, [chain.zhang])
    street = _write(chain, chain.zhang, chain.street, [chain.li], source_id=source.pk, text="街道统一到二楼会议室收看。")
    community = _write(chain, chain.li, chain.east, [chain.wang, chain.li], source_id=street.pk, text="社区的同志走东门。")
    assert _states(chain.wang) == [("东社区", State.DELIVERED, True)]
    assert [step.text for step in way(community.pk)] == [TEXT, "街道统一到二楼会议室收看。"]
    assert [step.unit for step in _open(community, chain.wang).way] == ["河东区", "和平街道"]
    assert _states(chain.li) == [("和平街道", State.DELIVERED, True), ("东社区", State.FOLDED, False)]
    mine = Delivery.objects.get(notice=street, person=chain.li)
    assert [step.text for step in additions(mine.pk, street.pk)] == ["社区的同志走东门。"]
    assert reconcile(MORNING).explained


@pytest.mark.parametrize(
    ("changed", "rings"),
    [
        ({"text": "走东门。"}, False),
        ({"text": ""}, False),
        ({"text": "请各社区于3月18日前报送参加人数。"}, True),
        ({"text": "走东门。", "deadline": MORNING + 30 * HOUR}, True),
        ({"text": "走东门。", "confirm": "confirm"}, True),
    ],
)
def test_who_has_the_source_is_rung_again_only_for_another_deadline_or_something_asked(
    office_lite: SimpleNamespace, changed: dict[str, Any], rings: bool
) -> None:
    house = _chain(office_lite)
    source = _write(house, house.head, house.district, [house.zhang, house.li])
    _write(house, house.zhang, house.street, [house.li], source_id=source.pk, **changed)
    assert _states(house.li)[1] == ("和平街道", State.DELIVERED if rings else State.FOLDED, rings)


def test_two_ways_to_one_person_are_one_notice(chain: SimpleNamespace) -> None:
    source = _write(chain, chain.head, chain.district, [chain.zhang])
    one = _write(chain, chain.zhang, chain.street, [chain.wang], source_id=source.pk, text="走东门。")
    _write(chain, chain.li, chain.east, [chain.wang], source_id=source.pk, text="自带纸笔。")
    assert [state for _unit, state, _rings in _states(chain.wang)] == [State.DELIVERED, State.FOLDED]
    assert [step.text for step in _open(one, chain.wang).additions] == ["自带纸笔。"]


def test_a_chain_of_the_night_is_one_notice_in_the_morning(chain: SimpleNamespace) -> None:
    source = _write(chain, chain.head, chain.district, [chain.wang], NIGHT)
    street = _write(chain, chain.zhang, chain.street, [chain.wang], NIGHT, source_id=source.pk, text="走东门。")
    _write(chain, chain.li, chain.east, [chain.wang], NIGHT, source_id=street.pk, text="自带纸笔。")
    assert story.let_go(MORNING) == 3
    assert [state for _unit, state, _rings in _states(chain.wang)] == [State.DELIVERED, State.FOLDED, State.FOLDED]
    assert [step.text for step in _open(source, chain.wang).additions] == ["走东门。", "自带纸笔。"]


def test_what_was_taken_back_carries_nobody_and_is_not_passed_on(chain: SimpleNamespace) -> None:
    source = _write(chain, chain.head, chain.district, [chain.wang, chain.zhang], NIGHT)
    _write(chain, chain.zhang, chain.street, [chain.wang], NIGHT, source_id=source.pk, text="走东门。")
    Notice.objects.filter(pk=source.pk).update(withdrawn_at=NIGHT)
    story.let_go(MORNING)
    assert [state for _unit, state, _rings in _states(chain.wang)] == [State.WITHDRAWN, State.DELIVERED]
    with pytest.raises(Refused, match="撤回"):
        _write(chain, chain.zhang, chain.street, [chain.li], source_id=source.pk)


def test_files_of_the_source_are_for_whom_it_was_passed_on_to(chain: SimpleNamespace) -> None:
    source = _write(chain, chain.head, chain.district, [chain.zhang])
    Attachment.objects.create(notice=source, name="a.pdf", stored="0" * 32, kind="application/pdf", size=1, sha256="0")
    one = _write(chain, chain.zhang, chain.street, [chain.wang], source_id=source.pk, text="走东门。")
    assert [file.name for file in _open(one, chain.wang).files] == ["a.pdf"]
    seen = [inbox.sees_file(source.pk, person.pk, MORNING) for person in (chain.zhang, chain.wang, chain.stranger, chain.li)]
    assert seen == [True, True, False, False]


def test_a_notice_does_not_go_on_for_ever(office_lite: SimpleNamespace) -> None:
    house = _chain(office_lite)
    last = _write(house, house.head, house.district, [house.zhang])
    for number in range(8):
        last = _write(house, house.zhang, house.street, [house.li], source_id=last.pk, text=f"补充{number}")
    with pytest.raises(Refused, match="太多次"):
        _write(house, house.zhang, house.street, [house.li], source_id=last.pk)


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.sets(st.sampled_from(["li", "wang", "zhang"]), min_size=1), st.booleans()), min_size=1, max_size=4
    ),
    late=st.booleans(),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_passed_on_nobody_has_the_source_open_twice_and_every_addition_is_in_sight(
    steps: list[tuple[int, set[str], bool]], late: bool, office_lite: SimpleNamespace
) -> None:
    Delivery.objects.all().delete()
    house = SimpleNamespace(**vars(office_lite), district=office_lite.street, head=office_lite.zhang)
    made = [_write(house, house.head, house.district, [house.zhang], NIGHT if late else MORNING)]
    for number, (from_, names, _more) in enumerate(steps):
        people = [getattr(house, name) for name in sorted(names)]
        at = NIGHT if late else MORNING
        made.append(_write(house, house.zhang, house.street, people, at, source_id=made[from_ % len(made)].pk, text=f"补充{number}号。"))
    while story.let_go(MORNING):
        pass
    for person in (house.li, house.wang, house.zhang):
        rows = list(Delivery.objects.filter(person=person, notice__in=made).order_by("notice"))
        opened = [row for row in rows if row.state == State.DELIVERED]
        assert len(opened) == (1 if rows else 0)
        if rows:
            it = inbox.opened(opened[0].pk, opened[0].notice_id, None)
            seen = [it.text, *(step.text for step in (*it.way, *it.additions))]
            assert all(row.notice.text in seen for row in rows)
            assert len(seen) == len(set(seen))
