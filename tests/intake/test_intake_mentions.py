import polars as pl
import pytest

from qingqun.intake.mentions import mention


def _mention(text: str, given: list[str] | None = None) -> tuple[list[str], bool]:
    frame = pl.DataFrame(
        {"text": [text], "mentions": [given or []], "mention_all": [False]},
        schema={"text": pl.String(), "mentions": pl.List(pl.String()), "mention_all": pl.Boolean()},
    )
    return mention(frame).select("mentions", "mention_all").row(0)


@pytest.mark.parametrize("text", ["@所有人 请报送", "请报送 @全体成员", "@all please", "@All请报送", "@everyone", "通知\n@所有人请报送"])
def test_everybody_is_called(text: str) -> None:
    assert _mention(text) == ([], True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@小李 请报送", ["小李"]),
        ("@小李\u2005@张主任\u2005请报送", ["小李", "张主任"]),
        ("@柳溪社区 小李\u2005请报送", ["柳溪社区 小李"]),
        ("请@小李，报送", ["小李"]),
        ("发到 office@street.gov.cn", []),
        ("@", []),
        ("收到", []),
        ("@alliance 请报送", ["alliance"]),
    ],
)
def test_people_are_called_by_name(text: str, names: list[str]) -> None:
    assert _mention(text) == (names, False)


def test_what_the_source_knows_is_kept() -> None:
    assert _mention("@小李 请报送", ["u_li"]) == (["u_li"], False)
