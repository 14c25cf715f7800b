"""What an account register says of review, readers' answers and whose the account is."""

from pathlib import Path

from qingqun.intake import registers

HEAD = "主办单位,账号名称,平台,开通时间,主要内容,先审后发,互动功能,持证亮牌\n"


def test_yes_and_no_are_read_and_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "东社区,东社区发布,微信,2020-01-05,办事指南,有,无,\n", encoding="utf-8")
    row = registers.load([path]).accounts.row(0, named=True)
    assert (row["content"], row["reviewed"], row["interactive"], row["badge"]) == ("办事指南", True, False, None)
