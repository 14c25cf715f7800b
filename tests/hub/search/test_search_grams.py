"""What is searched: the same form for text and query, whatever stands around a sign."""

from hypothesis import given
from hypothesis import strategies as st

from qingqun.enrich.normal import trace
from qingqun.hub.search.grams import WIDTH, grams, key, traced, wanted

TEXTS = st.text(
    st.one_of(st.sampled_from("请各社区报送統計表回覆答复 .-・·ＡｂC1２\u200b\n，。"), st.characters(exclude_categories=["Cs"])),
    max_size=30,
)


def test_width_case_traditional_signs_and_gaps_make_no_difference() -> None:
    assert key("请 报·送\u200b ＡＢ表") == key("請报送ab表") == "请报送ab表"
    assert key("请回覆") == key("请回复")


@given(TEXTS)
def test_the_way_back_leads_to_the_same_signs(text: str) -> None:
    known = traced(text)
    assert known.text == key(text)
    assert known.places == sorted(known.places)


@given(TEXTS)
def test_what_the_judge_reads_alike_is_searched_alike(text: str) -> None:
    assert key(trace(text).text) == key(text)


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_a_piece_changes_nothing(before: str, piece: str, after: str) -> None:
    assert key(before) + key(piece) + key(after) == key(before + piece + after)


@given(st.text(min_size=1, max_size=30))
def test_a_text_has_the_grams_of_each_of_its_pieces(text: str) -> None:
    have = grams(text).split()
    whole, begun = wanted([text[:4], text[-1]])
    assert set(whole) <= set(have)
    assert all(any(one.startswith(begin) for one in have) for begin in begun)
    assert {len(one) for one in have} <= {WIDTH, 2 * WIDTH}


def test_grams_are_letters_and_digits_that_no_database_reads_as_words_of_its_own() -> None:
    assert grams("'表\U0001f600 & !*").replace(" ", "").isalnum()
    assert grams("") == ""
