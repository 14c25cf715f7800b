"""CSV as broken programs and cut downloads leave it: every row of the file is a message or a problem, never a part of another row."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import intake
from qingqun.intake.opened import MAX_LINE, Opened
from qingqun.intake.rows import header, records
from qingqun.words import Problem

Load = Callable[..., intake.Loaded]
NAMES = [
    "localId",
    "TalkerId",
    "Type",
    "SubType",
    "IsSender",
    "CreateTime",
    "Status",
    "StrContent",
    "StrTime",
    "Remark",
    "NickName",
    "Sender",
]
HEAD = ",".join(NAMES) + "\n"
GRANT = intake.Grant("张主任", "群组减负核查", "街道办公会议纪要", datetime(2026, 7, 5, tzinfo=UTC))


def row(number: int, text: str = "", second: int = 0) -> str:
    return f"{number},3,1,0,0,{1783040000 + (second or number)},,{text or f'第{number}句'},,,小李,wx1\n"


FIVE = [row(number) for number in range(1, 6)]


def said(loaded: intake.Loaded) -> list[str]:
    return loaded.messages["text"].to_list()


def wrong(loaded: intake.Loaded) -> list[tuple[int, str]]:
    return loaded.problems.select("line", "code").rows()


def test_a_quote_that_is_never_closed_loses_its_own_row_and_no_other(text: Load) -> None:
    broken = HEAD + FIVE[0] + row(9, '"没有结束') + "".join(FIVE[1:])
    loaded = text(broken, "a.csv", default_group="群")
    assert said(loaded) == [f"第{n}句" for n in range(1, 6)]
    assert wrong(loaded) == [(3, "bad_row")]


def test_a_quote_closed_by_a_later_rows_quote_hides_no_row_between_them(text: Load) -> None:
    broken = HEAD + row(1, '"没有结束') + FIVE[1] + FIVE[2] + row(4, '"他说""好"""') + FIVE[4]
    loaded = text(broken, "a.csv", default_group="群")
    assert said(loaded) == ["第2句", "第3句", '他说"好"', "第5句"]
    assert wrong(loaded) == [(2, "bad_row")]


def test_a_file_cut_inside_a_quoted_cell_ends_with_a_problem(text: Load) -> None:
    loaded = text(HEAD + FIVE[0] + '9,3,1,0,0,1783040009,,"请各社区于', "a.csv", default_group="群")
    assert said(loaded) == ["第1句"]
    assert wrong(loaded) == [(3, "bad_row")]


def test_a_file_cut_inside_a_number_ends_with_a_problem_of_time(text: Load) -> None:
    loaded = text(HEAD + FIVE[0] + "9,3,1,0,0,178304", "a.csv", default_group="群")
    assert wrong(loaded) == [(3, "bad_time")]


def test_quotes_that_an_exporter_forgot_to_double_stay_in_their_row(text: Load) -> None:
    loaded = text(HEAD + FIVE[0] + row(2, '"请看"通知"第三条"') + FIVE[2], "a.csv", default_group="群")
    assert len(said(loaded)) == 3
    assert "通知" in said(loaded)[1]
    assert loaded.problems.is_empty()


def test_a_message_of_several_lines_is_one_message_with_the_line_it_begins_on(text: Load) -> None:
    loaded = text(HEAD + row(1, '"一、报表\n二、值班\n\n三、安全"') + FIVE[1], "a.csv", default_group="群")
    assert said(loaded) == ["一、报表\n二、值班\n\n三、安全", "第2句"]
    assert loaded.messages["line"].to_list() == [2, 6]


def test_of_two_columns_of_one_name_the_first_counts(text: Load) -> None:
    doubled = HEAD.replace("Remark", "StrContent") + row(1, "正文").replace(",,,小李", ",,别的,小李")
    assert said(text(doubled, "a.csv", default_group="群")) == ["正文"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_line_ends_encodings_and_delimiters_change_no_word(text: Load, end: str, encoding: str, mark: str) -> None:
    content = (HEAD + "".join(FIVE)).replace("\n", end).replace(",", mark)
    loaded = text(content, "a.csv", encoding, default_group="群")
    assert said(loaded) == [f"第{n}句" for n in range(1, 6)]
    assert loaded.messages["line"].to_list() == [2, 3, 4, 5, 6]


def test_rows_before_the_header_are_named_and_a_row_longer_than_it_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("导出说明\nName,Text\n小李,好\n小李,好,多出来\n", encoding="utf-8")
    found = list(records(Opened(path), ("Name", "Text")))
    assert [(one.line, one.code) for one in found if isinstance(one, Problem)] == [(1, "no_header"), (4, "bad_row")]
    assert [one for one in found if not isinstance(one, Problem)] == [(3, {"Name": "小李", "Text": "好"})]


def test_a_line_over_the_limit_keeps_the_numbers_of_the_lines_after_it(text: Load) -> None:
    loaded = text(HEAD + FIVE[0] + row(2, "长" * MAX_LINE) + FIVE[2], "a.csv", default_group="群")
    assert loaded.messages["line"].to_list() == [2, 4]
    assert wrong(loaded) == [(3, "line_too_long")]


def test_a_cell_over_the_csv_limit_is_a_problem_and_the_next_row_is_read(text: Load) -> None:
    loaded = text(HEAD + row(1, '"' + "长" * 140_000 + '"') + FIVE[1], "a.csv", default_group="群")
    assert said(loaded) == ["第2句"]
    assert wrong(loaded) == [(2, "bad_row")]


def test_a_header_that_is_no_csv_is_no_header() -> None:
    assert header(b"") == []
    assert header(b'"never closed') == ["never closed"]
    assert header(("长" * 2000).encode()) == ["长" * 1365]  # only the head is looked at, a cut character left out


def test_nothing_but_a_header_says_so(text: Load) -> None:
    loaded = text(HEAD, "a.csv", default_group="群")
    assert loaded.problems["code"].to_list() == ["no_messages"]
    assert loaded.files[0].source == "wechatmsg_csv"


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_read_again_word_for_word(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["Name", "Text"])
    writer.writerows(["小李", words] for words in texts)
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    found = list(records(Opened(path), ("Name", "Text")))
    assert [one[1]["Text"] for one in found if not isinstance(one, Problem)] == texts
    assert len(found) == len(texts)


BROKEN = st.sampled_from(['"', '""', '"x', 'x"', '"x"y', "x,y,z", "", " ", ",", "好", '"多\n行"'])


@settings(max_examples=60, deadline=None)
@given(st.lists(BROKEN, max_size=12))
def test_every_broken_line_is_a_row_or_a_problem_and_good_rows_after_it_are_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text("\n".join(["Name,Text", *lines, "小李,最后"]) + "\n", encoding="utf-8")
    found = list(records(Opened(path), ("Name", "Text")))
    last = [one for one in found if not isinstance(one, Problem) and one[1] == {"Name": "小李", "Text": "最后"}]
    assert len(last) == 1
    numbers = [one.line if isinstance(one, Problem) else one[0] for one in found]
    assert numbers == sorted(set(numbers))


def test_of_the_rows_of_a_file_each_is_counted_once_as_read_or_refused(tmp_path: Path) -> None:
    mixed = [row(1), row(2, '"开着'), row(3), "x,y\n", row(4).replace("1783040004", "昨天"), row(5) + row(6).replace("\n", ",多,余\n")]
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "".join(mixed), encoding="utf-8")
    loaded = intake.load([path], GRANT, intake.Stated(default_group="群"))
    assert (loaded.files[0].messages, loaded.files[0].refused) == (3, 4)
    assert sorted([*loaded.messages["line"], *loaded.problems["line"]]) == [2, 3, 4, 5, 6, 7, 8]
