"""Text tables: as many rows as the file has, or a refusal that says where; never a table cut short in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingqun.office import Limits, OfficeError
from qingqun.office.delimited import read_delimited

CELLS = st.lists(st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs"))), min_size=2, max_size=4), min_size=1, max_size=6)


def read(text: str) -> list[list[str]]:
    return read_delimited(text.encode(), Limits())


def test_a_quote_that_is_never_closed_is_refused_with_its_line() -> None:
    with pytest.raises(OfficeError, match="第 2 行"):
        read('群名称,平台\n"东塔群,微信\n西塔群,微信\n南塔群,微信\n')


def test_a_quoted_cell_may_hold_line_ends() -> None:
    assert read('群名称,说明\n"东塔群","上午\n下午"\n') == [["群名称", "说明"], ["东塔群", "上午\n下午"]]


def test_a_single_inch_mark_in_the_last_row_is_a_character() -> None:
    assert read('名称,尺寸\n电视,55"\n') == [["名称", "尺寸"], ["电视", '55"']]


@given(CELLS)
def test_what_is_quoted_as_it_should_be_is_read_whole(rows: list[list[str]]) -> None:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    assert read(text) == rows
