"""A clerk's slips: the wrong file, the wrong sheet, the wrong name. Each is told with its file, its reason and what to do."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from qingqun.cli import main
from qingqun.intake.registers import write_template

WHO = ["--by", "张主任", "--purpose", "自查", "--basis", "区委文件"]
CHAT = "张主任 2026-09-14 21:40:11\n请各社区明早8点前报送统计表，收到请回复\n\n小李 2026-09-14 21:41:00\n收到\n"
TIMES = "张主任 21:40:11\n请各社区明早8点前报送统计表，收到请回复\n\n小李 21:41:00\n收到\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["qingqun", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(str(stopped.value.code)), said.out, said.err

    return ran


def book(path: Path, rows: Sequence[Sequence[str | int]]) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("一季度")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


WRONG = [
    ("文件.pdf", b"%PDF-1.7\n1 0 obj", "这是 PDF", "请从聊天软件导出"),
    ("随笔.txt", "今天天气不错，大家吃了吗。".encode(), "看不出是谁在什么时候说的", "连同姓名和时间一起复制"),
    ("空.txt", b"", "空文件", "请重新导出"),
    ("空白.txt", b" \n\n ", "只有空白", "请从聊天软件导出"),
    ("表头.csv", "编号,对话,内容\n".encode(), "第一行不是认得的导出格式的表头", "docs/sources.md"),
    (
        "记录.csv",
        b"localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n",
        "只有表头",
        "重新导出",
    ),
    ("记录.json", b'{"a": 1}', "这是 JSON", "docs/sources.md"),
    ("截图.png", b"\x89PNG\r\n\x1a\n\0\0", "这是图片", "请从聊天软件导出"),
    ("打包.rar", b"Rar!\x1a\x07\0", "这是压缩包", "请先解压"),
    ("微信.db", b"SQLite format 3\0\0\0", "数据库", "请从聊天软件导出"),
    ("页面.html", b"<html><body>", "这是网页", "请从聊天软件导出"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=[one[0] for one in WRONG])
@pytest.mark.parametrize("command", [["audit", *WHO], ["digest", "--me", "小李"]], ids=["audit", "digest"])
def test_a_file_that_is_no_export_is_named_with_what_it_is_and_what_to_do(
    run: Run, tmp_path: Path, command: list[str], wrong: tuple[str, bytes, str, str]
) -> None:
    name, content, what, do = wrong
    (tmp_path / name).write_bytes(content)
    status, out, err = run(command[0], name, *command[1:])
    assert (status, out) == (2, "")
    assert f"{name}：" in err
    assert what in err
    assert do in err
    assert "--group" not in err
    assert not (tmp_path / "report").exists()


def test_what_somebody_wrote_is_not_quoted_in_the_refusal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "随笔.txt").write_text("小李住院了,别告诉外人\n", encoding="utf-8")
    assert "住院" not in run("audit", "随笔.txt", *WHO)[2]


def test_a_register_given_as_a_chat_is_told_where_it_belongs(run: Run, tmp_path: Path) -> None:
    write_template(tmp_path / "台账.xlsx")
    status, _out, err = run("audit", "台账.xlsx", *WHO)
    assert status == 2
    assert "这是表格" in err
    assert "--register" in err


def test_a_paste_without_a_day_is_asked_for_the_day_and_with_it_for_the_group(run: Run, tmp_path: Path) -> None:
    (tmp_path / "粘贴.txt").write_text(TIMES, encoding="utf-8")
    status, _out, err = run("audit", "粘贴.txt", *WHO)
    assert status == 2
    assert "粘贴.txt：第 1 行" in err
    assert "--day 2026-09-14" in err
    assert "--group" not in err
    assert "--group" in run("audit", "粘贴.txt", "--day", "2026-09-14", *WHO)[2]


def test_a_name_mistyped_is_answered_with_the_likest_there_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "街道工作群.txt").write_text(CHAT, encoding="utf-8")
    assert "是不是 街道工作群.txt？" in run("audit", "街道工作裙.txt", *WHO)[2]
    elsewhere = run("audit", "导出", *WHO)[2]
    assert str(tmp_path) in elsewhere
    assert "核对名称" in elsewhere
    assert "不存在" in run("audit", "没有/导出", *WHO)[2]


@pytest.fixture
def chat(tmp_path: Path) -> list[str]:
    (tmp_path / "群.txt").write_text(CHAT, encoding="utf-8")
    return ["audit", "群.txt", "--group", "云溪工作群", "--platform", "wechat", *WHO]


def test_a_register_with_other_headings_stops_the_audit_and_says_what_it_met(run: Run, tmp_path: Path, chat: list[str]) -> None:
    book(tmp_path / "台账.xlsx", [["群", "老板", "多少"], ["云溪工作群", "张主任", 30]])
    status, out, err = run(*chat, "--register", "台账.xlsx")
    assert (status, out) == (2, "")
    for part in ("台账.xlsx[一季度]", "没有认出表头", "群、老板、多少", "qingqun template"):
        assert part in err
    assert "第 0 行" not in err


def test_a_text_that_is_called_xlsx_is_told_to_be_none(run: Run, tmp_path: Path, chat: list[str]) -> None:
    (tmp_path / "台账.xlsx").write_text("这是说明，不是台账", encoding="utf-8")
    status, _out, err = run(*chat, "--register", "台账.xlsx")
    assert status == 2
    assert "不是 Excel 表格" in err
    assert "另存为 xlsx" in err


def test_one_register_that_can_be_read_does_not_make_up_for_one_that_cannot(run: Run, tmp_path: Path, chat: list[str]) -> None:
    book(tmp_path / "好.xlsx", [["群名称", "平台", "群主"], ["云溪工作群", "微信", "张主任"]])
    book(tmp_path / "坏.xlsx", [["甲", "乙"], ["一", "二"]])
    assert run(*chat, "--register", "好.xlsx")[0] == 0
    status, _out, err = run(*chat, "--register", "好.xlsx", "--register", "坏.xlsx")
    assert status == 2
    assert "坏.xlsx" in err


def test_an_empty_register_is_no_mistake(run: Run, tmp_path: Path, chat: list[str]) -> None:
    write_template(tmp_path / "空台账.xlsx")
    assert run(*chat, "--register", "空台账.xlsx")[0] == 0


def test_checking_a_sheet_that_is_no_register_lists_the_headings_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    book(tmp_path / "台账.xlsx", [["群", "老板", "多少"], ["云溪工作群", "张主任", 30]])
    status, out, err = run("template", "--check", "台账.xlsx")
    assert status == 2
    assert "群名称" in out
    assert "账号名称" in out
    assert "台账.xlsx[一季度]：没有认出表头" in err
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_checking_a_register_with_a_wrong_row_names_it_and_fails(run: Run, tmp_path: Path) -> None:
    rows = [["群名称", "平台", "群主", "建群时间"], ["云溪工作群", "微信", "张主任", "2026-01-05"], ["防汛群", "微信", "小李", "某天"]]
    book(tmp_path / "台账.xlsx", rows)
    status, out, _err = run("template", "--check", "台账.xlsx")
    assert status == 1
    assert "台账.xlsx[一季度] 第 3 行：" in out
    assert (tmp_path / "台账-检查.xlsx").exists()
    book(tmp_path / "台账.xlsx", rows[:2])
    assert run("template", "--check", "台账.xlsx")[0] == 0


def test_one_file_among_others_that_is_no_export_is_named_beside_the_result(run: Run, tmp_path: Path, chat: list[str]) -> None:
    (tmp_path / "附件.pdf").write_bytes(b"%PDF-1.7")
    status, out, _err = run(*chat, "附件.pdf")
    assert status == 0
    assert "附件.pdf：这是 PDF" in out
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "整个文件" in page
    assert ">导入人<" in page
    assert ">批准人<" not in page


@pytest.mark.parametrize("command", [["audit"], ["digest"]])
def test_a_folder_without_files_says_so(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "导出").mkdir()
    more = WHO if command == ["audit"] else ["--me", "小李"]
    status, _out, err = run(*command, "导出", *more)
    assert status == 2
    assert "导出：文件夹里没有文件" in err
