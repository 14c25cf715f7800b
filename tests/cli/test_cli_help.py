"""Help is read in the user's language, and to its end."""

from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command
from typer.testing import CliRunner

from qingqun.cli import app

run = CliRunner().invoke
COMMANDS: dict[str, Any] = vars(get_command(app))["commands"]  # typer does not name its group
FRAMES = ("Usage", "Options", "Arguments", "Commands", "required", "default", "Show this message")


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("columns", [50, 80])
def test_help_has_no_english_frame_cuts_nothing_off_and_keeps_its_width(
    command: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = run(app, [command, "--help"])
    assert said.exit_code == 0
    assert not [word for word in FRAMES if word in said.output]
    whole = "".join(said.output.split())
    for param in COMMANDS[command].params:
        assert "".join((param.help or "").split()) in whole
    assert max(cell_len(line) for line in said.output.splitlines()) <= columns + 2  # a stop may hang over


def test_the_program_lists_every_command_with_its_whole_line() -> None:
    said = run(app, ["--help"]).output
    whole = "".join(said.split())
    assert said.startswith("用法：")
    for name, command in COMMANDS.items():
        assert f"  {name}" in said
        assert "".join(command.help.split()) in whole


def test_what_must_be_given_and_what_is_taken_otherwise_are_told() -> None:
    said = run(app, ["audit", "--help"]).output
    assert "（必填）" in said
    assert "（默认 report）" in said
    assert "导入人" in said


def test_every_right_that_can_be_given_is_told() -> None:
    said = run(app, ["account", "--help"]).output
    assert all(right in said for right in ("author", "approver", "administrator", "auditor", "supervisor"))
