from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qingqun import intake

COMPLETE = intake.Grant("张主任", "减负核查", "会议纪要", datetime(2026, 7, 5, tzinfo=UTC))


@pytest.mark.parametrize("missing", [{"by": ""}, {"purpose": "  "}, {"basis": ""}, {"at": datetime(2026, 7, 5)}])  # noqa: DTZ001  without a zone on purpose
def test_nothing_is_opened_without_who_why_and_on_what_basis(missing: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(intake.IncompleteGrantError, match="导入前须说明"):
        intake.load([tmp_path / "there is no such file"], COMPLETE._replace(**missing))


def test_the_grant_is_kept_with_what_was_loaded() -> None:
    assert intake.load([], COMPLETE).grant == COMPLETE


def test_no_files_give_empty_tables() -> None:
    loaded = intake.load([], COMPLETE)
    assert loaded.messages.is_empty()
    assert loaded.problems.is_empty()
