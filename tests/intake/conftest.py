from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qingqun import intake

DATA = Path(__file__).parent.parent / "data" / "intake"
GRANT = intake.Grant("张主任，街道党政办", "群组减负核查", "街道办公会议纪要第三期", datetime(2026, 7, 5, tzinfo=UTC))

Load = Callable[..., intake.Loaded]


@pytest.fixture
def sample() -> Load:
    """Load a sample by its file name."""

    def load(name: str, **stated: object) -> intake.Loaded:
        return intake.load([DATA / name], GRANT, intake.Stated(**stated))  # type: ignore[arg-type]

    return load


@pytest.fixture
def text(tmp_path: Path) -> Load:
    """Load a file of this text."""

    def load(content: str | bytes, name: str = "a.txt", encoding: str = "utf-8", **stated: object) -> intake.Loaded:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return intake.load([path], GRANT, intake.Stated(**stated))  # type: ignore[arg-type]

    return load


@pytest.fixture
def read() -> Load:
    """Load samples and paths together."""

    def load(*paths: str | Path, **more: object) -> intake.Loaded:
        return intake.load([DATA / path for path in paths], GRANT, **more)  # type: ignore[arg-type]

    return load


@pytest.fixture
def data() -> Path:
    """The folder of samples."""
    return DATA
