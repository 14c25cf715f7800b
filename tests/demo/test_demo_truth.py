from qingqun.demo.said import Said
from qingqun.demo.truth import Mark, marks
from qingqun.demo.week import DAY, MINUTE, SATURDAY, SUNDAY, clock

NOTICE = frozenset({"work", "notice"})
DEMAND = NOTICE | {"reply_demand"}
PHOTOS = NOTICE | {"photo_proof"}
RECEIPT = frozenset({"receipt"})
TEN = clock(2, 10)


def _said(at: int, labels: frozenset[str] = NOTICE, group: int = 1, sender: int = 1, kind: str = "text", **more: object) -> Said:
    return Said(at, group, sender, kind, "请各社区报表", labels, **more)  # type: ignore[arg-type]


def _broken(*week: Said) -> list[str]:
    return [mark.rule for mark in marks(list(week)) if mark.planted]


def _alike(*week: Said) -> list[str]:
    return [mark.rule for mark in marks(list(week)) if not mark.planted]


def test_a_notice_in_working_time_breaks_nothing() -> None:
    assert marks([_said(TEN)]) == []


def test_a_notice_at_night_or_at_lunch_or_on_saturday_is_off_hours() -> None:
    assert [_broken(_said(at)) for at in (clock(2, 22), clock(2, 13), clock(SATURDAY, 10))] == [["offhours"]] * 3


def test_a_notice_on_the_make_up_sunday_only_looks_off_hours() -> None:
    assert _alike(_said(clock(SUNDAY, 10))) == ["offhours"]


def test_an_emergency_at_night_breaks_nothing() -> None:
    night = _said(clock(2, 2), NOTICE | {"emergency", "reply_demand"}, due=clock(2, 3), at_once=True)
    assert _broken(night) == []
    assert "offhours" in _alike(night)


def test_a_demand_at_five_past_five_due_tonight_is_short() -> None:
    assert _broken(_said(clock(2, 17, 5), due=clock(2, 22))) == ["shortdeadline"]


def test_the_same_demand_due_next_week_is_not() -> None:
    assert _alike(_said(clock(2, 17, 5), due=clock(9, 12))) == ["shortdeadline"]


def test_a_demand_of_the_morning_due_at_noon_is_short_and_one_due_at_closing_is_not() -> None:
    assert _broken(_said(TEN, due=clock(2, 12))) == ["shortdeadline"]
    assert marks([_said(TEN, due=clock(2, 17, 30))]) == []


def test_an_answer_wanted_at_once_or_after_work_is_instant() -> None:
    assert _broken(_said(TEN, DEMAND, at_once=True)) == ["instantreply"]
    assert _broken(_said(clock(2, 20), DEMAND)) == ["offhours", "instantreply"]
    assert _alike(_said(TEN, at_once=True)) == ["instantreply"]


def test_only_the_second_copy_in_another_group_is_a_copy() -> None:
    first, again, other, dated = (
        _said(TEN, key="a"),
        _said(TEN + 60, key="a"),
        _said(TEN + 90, key="a", group=2),
        _said(TEN + 95, key="b", group=3),
    )
    assert [mark.said for mark in marks([first, again, other, dated])] == [other]


def test_five_receipts_after_a_demand_are_a_chain_and_four_only_look_like_one() -> None:
    week = [_said(TEN, DEMAND), *(_said(TEN + n * MINUTE, RECEIPT, sender=n + 2) for n in range(1, 6))]
    assert _broken(*week) == ["replychain"]
    assert _alike(*week[:-1]) == ["replychain"]


def test_receipts_nobody_asked_for_are_no_chain_nor_are_those_of_the_day_after() -> None:
    late = [_said(TEN + DAY + n * MINUTE, RECEIPT, sender=n + 2) for n in range(1, 6)]
    assert _broken(*late) == []
    assert _broken(_said(TEN, DEMAND), *late) == []


def test_three_people_with_pictures_are_a_race_and_one_with_three_is_not() -> None:
    def pictures(senders: list[int]) -> list[Said]:
        return [_said(TEN + MINUTE * (n + 1), frozenset(), sender=sender, kind="image") for n, sender in enumerate(senders)]

    assert _broken(_said(TEN, PHOTOS), *pictures([2, 3, 4])) == ["photoproof", "photorace"]
    assert _broken(_said(TEN, PHOTOS), *pictures([2, 2, 2])) == ["photoproof"]
    assert _broken(*pictures([2, 3, 4])) == []


def test_five_messages_of_one_in_five_minutes_flood_and_four_do_not() -> None:
    week = [_said(TEN + 20 * n, frozenset()) for n in range(5)]
    assert _broken(*week) == ["flooding"]
    assert _broken(*week[:4]) == []


def test_ten_receipts_in_ten_minutes_flood_the_group_once() -> None:
    found = marks([_said(TEN + 30 * n, RECEIPT, sender=n) for n in range(14)])
    assert [mark.rule for mark in found] == ["flooding"]
    assert found[0].until == found[0].said.at + 4 * 30


def test_a_night_call_for_forwarding_with_pictures_breaks_every_rule_it_breaks() -> None:
    labels = NOTICE | {"forced_promotion", "photo_proof", "shaming"}
    assert set(_broken(_said(clock(3, 21), labels))) == {"offhours", "forcedpromotion", "photoproof", "shaming"}


def test_a_look_alike_that_breaks_the_rule_after_all_is_none() -> None:
    assert [mark.rule for mark in marks([_said(clock(2, 22), near="offhours")]) if not mark.planted] == []


def test_a_mark_knows_its_rule() -> None:
    said = _said(clock(2, 22))
    assert marks([said]) == [Mark("offhours", True, said, said.at)]
