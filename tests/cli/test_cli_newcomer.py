"""What a newcomer does wrong at first: an empty register, a place that no pack is for; and what the demo tells of itself."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from qingqun import packs
from qingqun.cli import main
from qingqun.intake import registers
from qingqun.judge.discovery import find, rules, subjects

WHO = ["--by", "张主任", "--purpose", "自查", "--basis", "区委文件"]
CHAT = "张主任 2026-09-14 21:40:11\n请各社区明早8点前报送统计表，收到请回复\n"


def empty(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet()
    return path


@pytest.mark.parametrize("command", ["audit", "check"])
def test_an_empty_workbook_given_as_register_is_refused_with_its_name(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "群.txt").write_text(CHAT, encoding="utf-8")
    empty(tmp_path / "台账.xlsx")
    rest = ["--group", "工作群", "--platform", "wechat", *WHO] if command == "audit" else ["--audience", "工作群"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["qingqun", command, "群.txt", "--register", "台账.xlsx", *rest])
    with pytest.raises(SystemExit) as stopped:
        main()
    said = capsys.readouterr()
    assert (stopped.value.code, said.out) == (2, "")
    assert "台账.xlsx：没有台账" in said.err
    assert not (tmp_path / "report").exists()


def test_an_empty_register_beside_a_good_one_is_a_problem_too(tmp_path: Path) -> None:
    (tmp_path / "群.csv").write_text("单位,群名称,平台,群性质\n三里社区,工作群,微信,综合群\n", encoding="utf-8")
    found = registers.load([tmp_path / "群.csv", empty(tmp_path / "空.xlsx")])
    assert found.groups.height == 1
    assert found.problems.select("file", "code").rows() == [("空.xlsx", "no_register")]


@pytest.mark.parametrize(
    ("name", "near"), [("zhuhai", "珠海市香洲区 xiangzhou"), ("珠海", "珠海市香洲区 xiangzhou"), ("贵州", "贵州省贵阳市 guiyang")]
)
def test_a_larger_place_suggests_what_lies_in_it_and_all_places_are_listed(name: str, near: str) -> None:
    with pytest.raises(packs.NoSuchPackError) as refused:
        packs.load([name], date(2026, 3, 1))
    asked, _mark, every = str(refused.value).partition("有这些地方：")
    assert near in asked
    assert "黄石" not in asked
    assert all(f"{one.title} {one.name}" in every for one in packs.listing())


def test_what_is_like_nothing_suggests_nothing() -> None:
    with pytest.raises(packs.NoSuchPackError, match=r"^没有规则包“dongguan”，有这些地方："):
        packs.load(["dongguan"], date(2026, 3, 1))


def test_no_rule_speaks_of_seconds_to_a_clerk() -> None:
    assert [rule.name for subject in subjects() for rule in rules(subject) if "秒数" in rule.reason] == []
    assert find("offhours").title == "非工作时间发布工作信息"


def test_a_small_audit_says_less_than_a_tenth_and_how_to_name_the_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"外人{n}" for n in range(12)]
    lines = ["张主任 2026-09-14 22:35:00\n请各社区明早8点前报送统计表。\n"]
    lines += [f"{name} 2026-09-15 09:{n:02}:00\n今天中午一起吃面\n" for n, name in enumerate(names)]
    (tmp_path / "群.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "sys.argv", ["qingqun", "audit", "群.txt", "--group", "工作群", "--platform", "wechat", "--pack", "xiangzhou", *WHO]
    )
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    assert "--register" in capsys.readouterr().out
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "不到 0.1" in page
