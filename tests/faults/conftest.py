"""The databases of the hub's own tests, on which everything is then broken."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HUB = Path(__file__).parents[1] / "hub"
sys.path[:0] = [str(HUB), str(Path(__file__).parent / "attack")]
_spec = importlib.util.spec_from_file_location("hub_conftest", HUB / "conftest.py")
assert _spec
assert _spec.loader
_hub = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_hub)

_loopback, lite_file, postgres_url, postgres_template = _hub._loopback, _hub.lite_file, _hub.postgres_url, _hub.postgres_template
lite, postgres, hub, clock, office, office_lite = _hub.lite, _hub.postgres, _hub.hub, _hub.clock, _hub.office, _hub.office_lite
on = _hub.on


@pytest.fixture
def hub_url(postgres_template: str) -> str:
    """Give the address of the database that `postgres` makes."""
    return postgres_template.rpartition("/")[0] + "/hub"


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say what was survived, whatever the run shows of a test that passes."""

    def said(figures: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{figures}\n")

    return said
