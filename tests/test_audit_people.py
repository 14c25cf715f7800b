"""Persons in the first story: two accounts of one person count once, and a decision of the office parts them again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import polars as pl
import pytest

from qingqun import audit, intake, packs
from qingqun.clock.hours import Hours
from qingqun.findings.annex.people import load

DAY = date(2026, 3, 16)


def export(folder: Path, platform: str, group: str, card: str) -> None:
    head = {
        "_type": "header",
        "chatlab": {"version": "0.0.2", "exportedAt": 1},
        "meta": {"name": group, "platform": platform, "type": "group", "groupId": group},
    }
    names = [f"员工{n}" for n in range(11)]
    members = [{"_type": "member", "platformId": f"{platform}{n}", "accountName": f"{group}{name}"} for n, name in enumerate(names)]
    members.append({"_type": "member", "platformId": f"{platform}x", "accountName": f"{group}某", "groupNickname": card})
    said = {
        "_type": "message", "sender": f"{platform}x", "accountName": f"{group}某", "timestamp": 1773216000, "type": 0,
        "content": "请各社区于3月13日17:00前将防汛值班表报应急办。", "platformMessageId": f"{group}1",
    }  # fmt: skip
    (folder / f"{group}.jsonl").write_bytes(b"\n".join(orjson.dumps(row) for row in [head, *members, said]))


@pytest.fixture
def request_of(tmp_path: Path) -> audit.Request:
    export(tmp_path, "wechat", "甲群", "三里社区 李敏")
    export(tmp_path, "qq", "乙群", "三里社区 李敏")
    return audit.Request(
        exports=tuple(tmp_path.glob("*.jsonl")),
        registers=(),
        pack=packs.load(["xiangzhou"], DAY),
        grant=intake.Grant(by="张主任", purpose="自查", basis="区委文件", at=datetime(2026, 3, 16, tzinfo=UTC)),
        hours=Hours.default(),
        stated=intake.Stated(),
        on=DAY,
    )


def told(request: audit.Request) -> audit.Audited:
    return audit.audit(request, lambda _step, _done: None)


def test_accounts_of_one_person_count_once_and_are_listed_to_be_confirmed(request_of: audit.Request, tmp_path: Path) -> None:
    made = told(request_of)
    assert made.report.burden.people == 23
    rows = made.report.confidential[0].rows
    assert [row[3:5] for row in rows] == [["群名片上的单位和姓名相同", 0.9]]
    files = audit.write(made, tmp_path / "out")
    assert "三里社区" not in next(path for path in files.values() if path.suffix == ".html").read_text(encoding="utf-8")
    assert load(tmp_path / "out" / "report.xlsx").is_empty(), "a sheet nobody filled in decides nothing"


def test_a_decision_parts_them_and_is_shown_with_who_and_when(request_of: audit.Request, tmp_path: Path) -> None:
    number = told(request_of).report.confidential[0].rows[0][0]
    (tmp_path / "人员.csv").write_text(f"编号,是否同一人,确认人,确认日期\n{number},否,张主任,2026-03-15\n", encoding="utf-8")
    made = told(replace(request_of, decisions=load(tmp_path / "人员.csv")))
    assert made.report.burden.people == 24
    assert made.report.confidential[0].rows[0][6:] == ["否", "张主任", date(2026, 3, 15)]
    assert told(request_of).report.burden.people == 23


def test_findings_are_the_same_whoever_is_who(request_of: audit.Request) -> None:
    nobody = pl.DataFrame(schema={"id": pl.String, "joined": pl.Boolean, "by": pl.String, "on": pl.Date})
    one, two = (told(replace(request_of, decisions=given)).report.gathered.findings for given in (None, nobody))
    assert one.equals(two)


UNITS = "单位,上级单位,简称\n青松街道三里社区,青松街道,三里\n青松街道,东区,\n"
PERSONS = "单位,姓名,工号,微信号,QQ号\n三里,王强,A1,wechat0,qq0\n三里,赵静,A2,wechat1,qq1\n"
GROUPS = "单位,群名称,平台,群性质\n三里,甲群,微信,综合群\n青松街道,乙群,QQ,综合群\n"


def test_registers_of_units_and_persons_are_read_with_the_others(request_of: audit.Request, tmp_path: Path) -> None:
    paths = []
    for name, text in (("单位", UNITS), ("人员", PERSONS), ("群", GROUPS)):
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    made = told(replace(request_of, registers=tuple(paths))).report
    assert made.problems.is_empty()
    assert made.unit == "青松街道等 2 个单位"
    assert made.roster["unit"].to_list() == ["青松街道三里社区", "青松街道"], "the short name is the unit's own"
    assert made.burden.people == 21, "two more pairs of accounts are two persons"
    rolled = dict(made.burden.rolled.filter(pl.col("metric") == "groups").select("unit", "people").iter_rows())
    assert rolled == {"东区": 21, "青松街道": 21}
    assert "人员台账 2 人，其中 2 人在导出中认出了账号。" in made.notes
    assert any("东区" in note and "没有自己的一行" in note for note in made.notes)
