"""Processes are killed and stopped at random while notices are written, released, rung and confirmed. Nothing is lost, nothing comes twice.

Among them is the web server that `qingqun serve` runs, with two people writing and confirming through it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from house import SHARE, Plan, survive

DAY = Plan(kills=180, pauses=75, web_kills=20, web_pauses=5)
DAY_POSTGRES = Plan(kills=55, pauses=18, web_kills=5, web_pauses=2)
NIGHT = Plan(kills=3_000, pauses=1_000, web_kills=150, web_pauses=50).times(SHARE)
Tell = Callable[[str], None]


def test_two_hundred_kills_and_eighty_pauses_lose_nothing_on_sqlite(lite: Any, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, "", DAY))


def test_sixty_kills_and_twenty_pauses_lose_nothing_on_postgresql(postgres: Any, hub_url: str, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, hub_url, DAY_POSTGRES))


@pytest.mark.nightly
def test_three_thousand_kills_lose_nothing_on_sqlite(lite: Any, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, "", NIGHT))


@pytest.mark.nightly
def test_three_thousand_kills_lose_nothing_on_postgresql(postgres: Any, hub_url: str, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, hub_url, NIGHT))


@pytest.mark.nightly
def test_three_hundred_kills_lose_nothing_where_people_are_rung_at_an_offices_pace(lite: Any, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, "", Plan(kills=300, pauses=100, paced=True).times(SHARE)))
