"""Few people are never told of: at the very edge of k, in trees that are none, and in quotes, whose every letter is looked at."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.mask import CROSS, Names, mask
from qingqun.findings.quote import LIMIT, MORE, cut, quote, quotes, shown_whole
from qingqun.findings.report import words
from qingqun.findings.sums import shown as sums_shown
from qingqun.findings.suppress import EVERYBODY, FEW, FEW_SENSITIVE, NOWHERE, counted, shown

UNITS = ["街道", "甲社区", "乙社区", "丙社区", "丁村"]
PEOPLE = st.dictionaries(st.sampled_from(UNITS), st.integers(0, 14), max_size=5)
ABOVE = [*UNITS[::-1], "区", "没有的单位"]  # whoever stands above stands later: a tree of units has no circle
OVER = st.fixed_dictionaries({}, optional={unit: st.sampled_from(ABOVE[ABOVE.index(unit) + 1 :]) for unit in UNITS})


@pytest.mark.parametrize(("people", "told"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6)])
def test_a_count_is_told_from_five_people_on_and_where_there_is_nobody(people: int, told: int | None) -> None:
    assert counted(people) == told


def test_at_the_edge_of_k_one_person_more_or_less_decides() -> None:
    assert shown({"甲": FEW}, {}) == {("own", "甲"), EVERYBODY}
    assert shown({"甲": FEW - 1}, {}) == set()
    assert shown({"甲": FEW_SENSITIVE - 1}, {}, k=FEW_SENSITIVE) == set()
    assert shown({}, {}) == set()
    assert shown({"甲": 0}, {}) == set()


def test_those_of_no_unit_are_no_cell_but_hide_another_where_they_are_few() -> None:
    assert EVERYBODY in shown({"甲": 9}, {}, outside=9)
    assert NOWHERE not in shown({"甲": 9}, {}, outside=9)
    assert shown({"甲": 9}, {}, outside=3) == {EVERYBODY}  # 12 and 9 together would tell of the 3


@given(PEOPLE, OVER, st.integers(0, 14), st.sampled_from([FEW, FEW_SENSITIVE]))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_above_whom_no_difference_of_a_cell_and_those_in_it_is_small(
    people: Mapping[str, int], over: Mapping[str, str], outside: int, k: int
) -> None:
    cells = shown(people, over, outside, k)

    def line(unit: str) -> list[str]:
        found: list[str] = []
        while (unit := over.get(unit, "")) and unit not in found:
            found.append(unit)
        return found

    atoms = [*people, ""]
    sizes = {**people, "": outside}

    def inside(cell: tuple[str, str]) -> frozenset[str]:
        kind, unit = cell
        if cell == EVERYBODY:
            return frozenset(atoms)
        return frozenset(one for one in atoms if one == unit or (kind == "all" and unit in line(one)))

    told = {cell: sum(sizes[one] for one in inside(cell)) for cell in cells}
    assert all(n >= k for n in told.values())
    for a in cells:
        for b in cells:
            if inside(b) < inside(a):
                assert told[a] - told[b] not in range(1, k)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.data())
@settings(max_examples=80, deadline=None)
def test_what_a_table_shows_is_no_less_safe_for_being_asked_in_another_order(atoms: list[int], data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.frozensets(st.integers(0, len(atoms) - 1), min_size=1), max_size=5))
    order = data.draw(st.permutations(range(len(cells))))
    seen = {cells[i] for i in sums_shown(atoms, cells)}
    other = {cells[order[i]] for i in sums_shown(atoms, [cells[at] for at in order])}
    for some in (seen, other):
        counts = {cell: sum(atoms[a] for a in cell) for cell in some}
        assert all(n == 0 or n >= FEW for n in counts.values())
        assert all(counts[a] - counts[b] not in range(1, FEW) for a in some for b in some if b < a)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"few": True, "people": None, "subject": "messages", "grade": "work"}, "<5"),
        ({"few": True, "people": None, "subject": "messages", "grade": "night"}, "<10"),
        ({"few": True, "people": 3, "subject": "groups", "grade": None}, "<5"),
        ({"few": False, "people": None, "subject": "groups", "grade": None}, ""),
        ({"few": False, "people": 31, "subject": "messages", "grade": "work"}, "31"),
    ],
)
def test_the_people_of_a_finding_are_told_as_less_than_k_and_never_how_many(row: dict[str, object], said: str) -> None:
    assert words.people(row) == said


@pytest.mark.parametrize(("value", "said"), [(None, "—"), (0, 0), (0.04, 0), (-0.04, 0), (2.0, 2), (2.25, 2.2), (31.96, 32)])
def test_a_number_is_rounded_to_one_decimal_and_stays_a_number(value: float | None, said: float | str) -> None:
    assert words.rounded(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(None, "—"), (0.0, "0"), (1.5, "1.5"), (12.0, "12"), (99.96, "100"), (1234.5, "1,234"), (100, "100")]
)
def test_a_figure_has_no_needless_decimals(value: float | None, said: str) -> None:
    assert words.figure(value) == said


def test_hours_before_the_opening_and_moments_are_those_of_shanghai() -> None:
    assert words.grade("after", datetime(2026, 3, 9, 23, 0, tzinfo=UTC)) == "上班前"
    assert words.grade("after", datetime(2026, 3, 9, 11, 0, tzinfo=UTC)) == "下班后至 22 时"
    assert words.grade(None) == ""
    assert words.moment(datetime(2026, 3, 9, 16, 30, tzinfo=UTC)).endswith("00:30")
    assert (words.moment(None), words.day(None)) == ("", "")


NAMES = Names.of(["张建国", "小李", "欧阳", None, "", "  ", "★", "××"])
TEXTS = st.lists(
    st.sampled_from(
        ["请", "张建国", "小李", "欧阳主任", "13800138000", "报送", "\n", "440402199001011234", "×", "，", "a@b.cn", "建国", " "]
    ),
    max_size=30,
).map("".join)


@given(TEXTS, st.data())
@settings(max_examples=120, deadline=None)
def test_a_quote_is_short_and_names_nobody_wherever_it_is_cut(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    said = quote(text, (start, end), NAMES)
    assert quotes([(text, (start, end))], NAMES) == [said]
    if said is not None:
        assert 0 < len(said) <= LIMIT
        assert not [name for name in ("张建国", "小李", "欧阳", "13800138000", "440402199001011234") if name in said]
        assert "\n" not in said


@given(st.text(st.sampled_from("请各村报表，1"), min_size=1, max_size=200), st.data())
@settings(max_examples=80, deadline=None)
def test_a_cut_holds_its_words_and_says_where_something_was_left_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 20)))
    said = cut(text, start, end)
    assert text[start:end] in said
    assert said.strip(MORE) in text
    assert (said == text) == (len(text) <= LIMIT)


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_positions_can_be_followed_through_a_mask_and_never_go_back(text: str) -> None:
    masked = mask(text, NAMES)
    if masked is None:
        return
    places = [masked.position(at) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= at <= len(masked.text) for at in places)
    assert CROSS in masked.text or masked.text == "".join(" " if char.isspace() else char for char in text)


def test_names_of_nothing_cross_out_nothing() -> None:
    assert Names.of([None, "", " ", "★", "××某"]).by_first == {}
    assert Names.of(["张建国", "张"]).among("张建国报表") == ["张建国", "张"]
    assert shown_whole(pl.Series(["请报表", "长" * 61], dtype=pl.String), NAMES) == {"请报表": "请报表"}
