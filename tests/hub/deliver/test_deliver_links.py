"""A signed link opens one delivery until its deadline, and nothing else."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.core import signing
from hub_help import beijing
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.hub import links
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
TOKEN = links.sign(7, NOW + timedelta(days=1))


def test_it_opens_its_delivery_until_the_deadline() -> None:
    assert links.read(TOKEN, NOW) == 7
    assert links.read(TOKEN, NOW + timedelta(hours=23)) == 7
    with pytest.raises(Refused, match="已过期"):
        links.read(TOKEN, NOW + timedelta(days=1))


@settings(max_examples=30)
@given(st.integers(1, 2**62), st.integers(0, 4_000_000_000), st.integers(0, 4_000_000_000))
def test_a_token_is_what_django_signs(delivery: int, until: int, at: int) -> None:
    with mock.patch("time.time", return_value=at + 0.5):
        ours = links.signer(datetime.fromtimestamp(until, UTC))(delivery)
        assert ours == signing.dumps([delivery, until], salt="qingqun.door", compress=False)


def test_it_ends_at_the_deadline_or_with_the_validity_or_after_thirty_days() -> None:
    first, second = NOW + timedelta(days=1), NOW + timedelta(days=2)
    assert links.ends(NOW, first, second) == first
    assert links.ends(NOW, None, second) == second
    assert links.ends(NOW, None, None) == beijing("2026-04-11 00:00")


@settings(max_examples=30)
@given(marks=st.lists(st.text("0123456789abcdef", min_size=28, max_size=28), min_size=2, max_size=2), later=st.integers(0, 13 * 3_600))
def test_every_try_of_a_ring_has_the_same_link_and_another_ring_another_one(marks: list[str], later: int) -> None:
    """From ten in the morning until eleven in the evening of one day."""
    first, second = (links.signer(links.ends(NOW + timedelta(seconds=more), None, None)) for more in (0, later))
    assert first(7, marks[0]) == second(7, marks[0])
    assert (first(7, marks[0]) == second(7, marks[1])) == (marks[0][: links.STAMP] == marks[1][: links.STAMP])
    assert links.read(first(7, marks[0]), NOW) == 7


@settings(max_examples=60)
@given(place=st.integers(0, len(TOKEN) - 1), letter=st.sampled_from("aB9-_:."))
def test_any_other_letter_anywhere_opens_nothing(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if _opened(changed) not in {None, 7}:  # base64 has spellings that mean the same
        pytest.fail(changed)


@pytest.mark.parametrize("text", ["", ":", "a:b:c", "x" * 10_000, "7"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="打不开"):
        links.read(text, NOW)


def _opened(text: str) -> int | None:
    try:
        return links.read(text, NOW)
    except Refused:
        return None
