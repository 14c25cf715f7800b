"""Who is one person: by staff number, telephone, or name and unit; scored, never by a name two people share, and undone by a decision."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.annex import people as sheet
from qingqun.findings.decided import DECISIONS
from qingqun.findings.people import Office, People, people
from qingqun.findings.roster import roster
from qingqun.office import Sheet, write_book
from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES, Refused

Account = tuple[str, str, str, str, str | None]  # platform, group, id, name, card


def members(*rows: Account) -> pl.DataFrame:
    full = [(platform, None, group, number, name, card, None) for platform, group, number, name, card in rows]
    return pl.DataFrame(full, schema=MEMBERSHIPS, orient="row")


def found(*rows: Account, decisions: pl.DataFrame | None = None, register: pl.DataFrame | None = None) -> People:
    listed, none = members(*rows), MESSAGES.to_frame()
    return people(none, listed, roster(none, listed, GROUPS.to_frame() if register is None else register), Office(decisions=decisions))


def parts(result: People) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in result.accounts.group_by("person").agg("id")["id"].to_list()}


def said(result: People) -> list[tuple[str, float]]:
    return result.joins.filter("joined").select("by", "score").rows()


def decided(result: People, *, joined: bool) -> pl.DataFrame:
    return pl.DataFrame([(result.joins["id"][0], joined, "张主任", date(2026, 3, 16), None, None)], schema=DECISIONS, orient="row")


@pytest.mark.parametrize(
    ("rows", "by", "score"),
    [
        ([("wecom", "甲", "A1023", "李敏", None), ("dingtalk", "乙", "A1023", "李敏", None)], "account", 0.95),
        ([("wechat", "甲", "w1", "阿敏", "工号A1023"), ("wecom", "乙", "A1023", "李", None)], "staff", 0.98),
        ([("wechat", "甲", "w1", "小李13800000001", None), ("qq", "乙", "q1", "李", "办公室 13800000001")], "phone", 0.95),
        ([("wechat", "甲", "w1", "风", "三里社区 李敏"), ("qq", "乙", "q1", "雨", "三里社区-李敏")], "card", 0.9),
        ([("wechat", "甲", "w1", "李敏", None), ("qq", "乙", "q1", "李敏", None)], "name", 0.5),
    ],
)
def test_each_key_joins_with_its_score(rows: list[Account], by: str, score: float) -> None:
    result = found(*rows)
    assert said(result) == [(by, score)]
    assert len(parts(result)) == 1


def test_a_unit_and_a_name_join_across_card_and_group() -> None:
    register = pl.DataFrame([{"name": "乙", "unit": "三里社区", "platform": "qq", "managers": [], "file": "", "line": 1}], schema=GROUPS)
    result = found(("wechat", "甲", "w1", "风", "三里社区 李敏"), ("qq", "乙", "q1", "李敏", None), register=register)
    assert said(result) == [("group", 0.7)]


def test_one_account_name_on_two_offices_platforms_joins_nobody() -> None:
    assert found(("wecom", "甲", "1001", "小李", None), ("dingtalk", "乙", "1001", "小王", None)).joins.is_empty()


def test_two_of_one_name_on_a_platform_join_nobody() -> None:
    joins = found(("qq", "甲", "q1", "李敏", None), ("qq", "甲", "q2", "李敏", None), ("wechat", "乙", "w1", "李敏", None)).joins
    assert joins.select("by", "joined").rows() == [("same", False)] * 3, "they are proposed, and not joined"


def test_a_decision_parts_two_and_without_it_they_are_together_again() -> None:
    rows = ("wechat", "甲", "w1", "李敏", None), ("qq", "乙", "q1", "李敏", None)
    before = found(*rows)
    assert parts(found(*rows, decisions=decided(before, joined=False))) == {frozenset({"w1"}), frozenset({"q1"})}
    assert parts(found(*rows, decisions=decided(before, joined=True))) == parts(before) == {frozenset({"w1", "q1"})}


ROWS: tuple[Account, ...] = ("wechat", "甲", "w1", "李敏", None), ("qq", "乙", "q1", "李敏", None)
STRANGERS: tuple[Account, ...] = ("wechat", "甲", "w1", "风", None), ("qq", "乙", "q1", "雨", "办公室 小李"), ("qq", "乙", "q2", "雪", None)


def written(result: People, path: Path) -> pl.DataFrame:
    made = sheet.table(result)
    write_book(path, [Sheet(made.title, made.header, made.rows, made.title, made.notes)])
    return sheet.load(path)


def csv(folder: Path, *rows: str) -> pl.DataFrame:
    (folder / "a.csv").write_text("\n".join(["编号,账号甲,账号乙,是否同一人,确认人,确认日期", *rows, ""]), encoding="utf-8")
    return sheet.load(folder / "a.csv")


def test_the_sheet_filled_in_is_read_again_with_who_and_when(tmp_path: Path) -> None:
    said = decided(found(*ROWS), joined=False)
    again = written(found(*ROWS, decisions=said), tmp_path / "a.xlsx")
    assert again.drop("a", "b").equals(said.drop("a", "b"))


def test_what_nobody_has_decided_decides_nothing(tmp_path: Path) -> None:
    assert written(found(*ROWS), tmp_path / "a.xlsx").is_empty()


@pytest.mark.parametrize(("one", "other"), [("微信 w1", "QQ q1"), ("qq q1", "微信 风"), ("微信 w1", "QQ 办公室 小李")])
def test_two_that_no_key_joined_are_joined_by_who_knows_them_and_parted_again(one: str, other: str, tmp_path: Path) -> None:
    said = csv(tmp_path, f",{one},{other},是,小王,2026-03-16")
    result = found(*STRANGERS, decisions=said)
    assert parts(result) == {frozenset({"w1", "q1"}), frozenset({"q2"})}
    assert result.joins.select("by", "score").rows() == [("said", 1.0)]
    assert sheet.table(result).rows[0][6:] == ["是", "小王", date(2026, 3, 16)]
    again = written(result, tmp_path / "b.xlsx")
    assert parts(found(*STRANGERS, decisions=again)) == parts(result), "the sheet is the next audit's file"
    assert len(parts(found(*STRANGERS))) == 3, "without the row they are apart again"


def test_a_telephone_as_an_account_is_hidden_in_the_sheet_and_known_by_its_number(tmp_path: Path) -> None:
    rows: tuple[Account, ...] = ("wechat", "甲", "13800000001", "风", None), ("qq", "乙", "q1", "雨", None)
    result = found(*rows, decisions=csv(tmp_path, ",微信 13800000001,QQ q1,是,小王,2026-03-16"))
    assert "微信 138****01" in sheet.table(result).rows[0]
    assert parts(found(*rows, decisions=written(result, tmp_path / "b.xlsx"))) == {frozenset({"13800000001", "q1"})}


@pytest.mark.parametrize("row", [",微信 w9,QQ q1,是,小王,2026-03-16", "0123456789,,,是,小王,2026-03-16"])
def test_a_decision_on_an_account_that_is_not_there_is_kept_and_said(row: str, tmp_path: Path) -> None:
    result = found(*STRANGERS, decisions=csv(tmp_path, row))
    assert len(parts(result)) == 3
    assert any("没有采用" in line for line in sheet.told(result))
    assert written(result, tmp_path / "b.xlsx").height == 1


def test_a_spelling_that_means_two_accounts_decides_nothing(tmp_path: Path) -> None:
    twins: tuple[Account, ...] = (*STRANGERS, ("qq", "乙", "q3", "雪", None))
    assert found(*twins, decisions=csv(tmp_path, ",微信 w1,QQ 雪,是,小王,2026-03-16")).unfound.height == 1


def test_a_row_without_a_number_must_spell_both_accounts(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="第 2 行"):
        csv(tmp_path, ",微信,QQ q1,是,小王,2026-03-16")


@pytest.mark.parametrize("row", ["x,是,,2026-03-16", "x,是,张主任,", "x,也许,张主任,2026-03-16"])
def test_a_decision_without_who_when_or_what_is_refused(row: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"编号,是否同一人,确认人,确认日期\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused, match="第 2 行"):
        sheet.load(tmp_path / "a.csv")


def test_two_that_were_parted_stay_apart_whatever_others_they_share(tmp_path: Path) -> None:
    card = "东社区 李敏"
    rows: tuple[Account, ...] = ("wechat", "甲", "w1", "风", card), ("qq", "乙", "q1", "雨", card), ("wecom", "丙", "c1", "雪", card)
    assert len(parts(found(*rows))) == 1
    result = found(*rows, decisions=csv(tmp_path, ",微信 w1,QQ q1,否,小王,2026-03-16"))
    assert all(not {"w1", "q1"} <= part for part in parts(result))
    assert len(parts(result)) == 2, "the third stays with one of them"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["wechat", "qq", "wecom"]),
            st.sampled_from(["李敏", "王强", "风"]),
            st.sampled_from([None, "东社区 李敏", "13800000001"]),
        ),
        max_size=8,
    )
)
def test_persons_do_not_depend_on_the_order_of_rows(rows: list[tuple[str, str, str | None]]) -> None:
    made: list[Account] = [(platform, "群", f"{platform}x{n}", name, card) for n, (platform, name, card) in enumerate(rows)]
    assert parts(found(*made)) == parts(found(*reversed(made)))
