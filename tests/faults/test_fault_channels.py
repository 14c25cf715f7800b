"""The ten channels fail in every way their platforms document while web, workers and emergency worker are killed and stopped.

Nobody's inbox lacks a notice or has it twice, no ring comes early, no platform is asked more than it allows, and no secret is found anywhere.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from channelled import survive
from house import SHARE, Plan

DAY = Plan(kills=24, pauses=10, web_kills=2, web_pauses=1)
NIGHT = Plan(kills=300, pauses=100, web_kills=15, web_pauses=5).times(SHARE)
SEEDS = range(1, 11)
Tell = Callable[[str], None]


def test_no_channels_fault_loses_doubles_or_hurries_anything(lite: Any, tmp_path: Path, tell: Tell) -> None:
    tell(survive(tmp_path, "", DAY, seed=7))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", SEEDS)
def test_three_thousand_kills_among_raging_channels_lose_nothing_on_sqlite(lite: Any, tmp_path: Path, tell: Tell, seed: int) -> None:
    tell(survive(tmp_path, "", NIGHT, seed))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", SEEDS)
def test_three_thousand_kills_among_raging_channels_lose_nothing_on_postgresql(
    postgres: Any, hub_url: str, tmp_path: Path, tell: Tell, seed: int
) -> None:
    tell(survive(tmp_path, hub_url, NIGHT, seed))
