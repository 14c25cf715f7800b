"""What a notice costs those it is for, and who says the same already."""

from datetime import timedelta
from types import SimpleNamespace

from hub_help import beijing, written

from qingqun.hub import audience, preflight, story
from qingqun.hub.models import Draft, Person
from qingqun.hub.preflight import Due, Landing, cost

NIGHT = beijing("2026-03-13 21:00")
MONDAY = beijing("2026-03-16 08:30")
NOON = beijing("2026-03-11 10:00")


def test_the_cost_in_one_glance() -> None:
    found = cost(
        [
            Landing(200, MONDAY, MONDAY + timedelta(minutes=1), "rest_day", due=Due.PAST),
            Landing(9, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2, minutes=1), "leave", due=Due.OFF),
            Landing(3, NIGHT, NIGHT, "working", due=Due.HURRIED),
            Landing(7, NIGHT, NIGHT, "working", muted=True),
            Landing(6, MONDAY, MONDAY + timedelta(minutes=1), "rest_day", muted=True),
        ],
        NIGHT,
    )
    assert (found.people, found.rings_now, found.resting, found.away, found.muted) == (225, 3, 200, 9, 13)
    assert (found.late, found.off, found.hurried) == (200, 9, 3)
    assert [(wave.people, wave.at) for wave in found.waves] == [(200, MONDAY), (9, MONDAY + timedelta(days=2))]


def test_nobody_costs_nothing() -> None:
    assert cost([], NIGHT).people == 0


def test_small_counts_are_few() -> None:
    assert [preflight.few(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


def test_the_attention_budget_counts_this_week_and_names_nobody(office: SimpleNamespace) -> None:
    Person.objects.bulk_create([Person(name=f"组员{number}", unit=office.east) for number in range(6)])
    people = audience.present({"unit": office.street.pk, "below": True}, NOON)
    story.write(written(office), NOON - timedelta(days=7))
    for _number in range(2):
        story.write(written(office, audience={"unit": office.east.pk}), NOON)
    story.write(written(office), NOON)
    found = preflight.budget(people, NOON)
    assert (found.people, found.median, found.most) == (9, 3, 3)


def test_another_offices_notice_is_found_with_what_this_one_adds(office: SimpleNamespace) -> None:
    text = "请各社区主任3月13日上午九点到街道三楼会议室参加安全生产会议。"
    first = story.write(written(office, unit=office.east, title="安全生产会议", text=text), NOON)
    people = audience.present({"unit": office.street.pk, "below": True}, NOON)
    same = preflight.copies(Draft(title="安全生产会议", text=text), people, NOON)
    more = preflight.copies(Draft(title="安全生产会议", text=text + "请带一季度台账。"), people, NOON)
    assert [(one.notice, one.same, one.people) for one in same] == [(first.notice, True, 3)]
    assert not more[0].same
    assert "一季度台账" in "".join(more[0].added)
    assert more[0].gone == ()


def test_another_matter_or_another_audience_is_no_copy(office: SimpleNamespace) -> None:
    story.write(written(office), NOON)
    here, there = (audience.present({"unit": unit.pk}, NOON) for unit in (office.street, office.other))
    assert preflight.copies(Draft(title="防汛演练", text="周六下午三点在水利站演练,请网格员参加。"), here, NOON) == []
    assert preflight.copies(Draft(title="报送统计表", text="请各社区于周五前报送统计表。"), there, NOON) == []
