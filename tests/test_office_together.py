"""Files that belong together take their places together, or none does."""

from pathlib import Path

import pytest

from qingqun.office.atomic import together
from qingqun.office.plainly import bare
from qingqun.words import Refused

NAMES = ("甲.html", "乙.xlsx")


def fill(folder: Path, text: str) -> None:
    with together(folder, NAMES) as part:
        for name in NAMES:
            (part / name).write_text(text, encoding="utf-8")


def fill_up(folder: Path) -> None:
    with together(folder, NAMES) as part:
        (part / NAMES[0]).write_text("新", encoding="utf-8")
        raise OSError(28, "No space left on device")


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_the_set_replaces_the_old_one_and_leaves_other_files(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").write_text("别的", encoding="utf-8")
    fill(tmp_path, "旧")
    fill(tmp_path, "新")
    assert texts(tmp_path) == {"甲.html": "新", "乙.xlsx": "新", "别的.txt": "别的"}


def test_a_disk_that_fills_up_while_writing_leaves_the_old_set_whole(tmp_path: Path) -> None:
    fill(tmp_path, "旧")
    with pytest.raises(OSError, match="No space"):
        fill_up(tmp_path)
    assert texts(tmp_path) == dict.fromkeys(NAMES, "旧")


@pytest.mark.parametrize("old", [True, False])
def test_a_file_that_cannot_take_its_place_gives_back_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, old: bool) -> None:
    folder = tmp_path / "报告"
    if old:
        fill(folder, "旧")
    moved = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == max(NAMES) and self.parent.name.endswith(".part") and target.parent == folder:
            raise PermissionError(13, "in use", str(target))
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        fill(folder, "新")
    assert texts(folder) == dict.fromkeys(NAMES, "旧") if old else not folder.exists()


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / NAMES[1]).mkdir()
    with pytest.raises(Refused, match="不是普通文件"):
        fill(tmp_path, "新")
    assert [path.name for path in tmp_path.iterdir()] == [NAMES[1]]


def test_marks_that_turn_text_around_are_taken_out() -> None:
    assert bare("请\u202e各村\u2066报\u202c送\U000e0041") == "请各村报送"
