"""The first story, end to end on a small street office."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import polars as pl
import pytest

from qingqun import audit, intake, packs
from qingqun.clock.hours import Hours
from qingqun.findings import before
from qingqun.findings.report import told
from qingqun.words import Refused

DAY = date(2026, 3, 16)
OFFICE = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)  # a Wednesday, 16:00 in Shanghai


def export(folder: Path, group: str, *lines: tuple[float, str, str]) -> Path:
    """Write a ChatLab export: (hours after Wednesday 16:00, sender, text)."""
    head = {
        "_type": "header",
        "chatlab": {"version": "0.0.2", "exportedAt": 1},
        "meta": {"name": group, "platform": "wechat", "type": "group", "groupId": group},
    }
    members = [{"_type": "member", "platformId": f"p{n}", "accountName": f"员工{n}"} for n in range(12)]
    said = [
        {
            "_type": "message",
            "sender": who,
            "accountName": who,
            "timestamp": int(OFFICE.timestamp() + hours * 3600),
            "type": 0,
            "content": text,
            "platformMessageId": f"{group}{n}",
        }
        for n, (hours, who, text) in enumerate(lines)
    ]
    path = folder / f"{group}.jsonl"
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in [head, *members, *said]))
    return path


def request(*paths: Path, **changes: object) -> audit.Request:
    made = audit.Request(
        exports=paths,
        registers=(),
        pack=packs.load(["xiangzhou"], DAY),
        grant=intake.Grant(by="张主任", purpose="自查", basis="区委文件", at=datetime(2026, 3, 16, tzinfo=UTC)),
        hours=Hours.default(),
        stated=intake.Stated(),
        on=DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the fields


def silent(_step: str, _done: int) -> None:
    return


NOTICE = "请各社区于3月13日17:00前将防汛值班表报应急办。"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    export(tmp_path, "街道工作群", (0, "张主任", NOTICE), (6.5, "张主任", "请各村明早八点前报送统计表。"), (6.6, "小李", "收到"))
    export(tmp_path, "社区群", (0.1, "小李", "【转发】" + NOTICE), (6.7, "外人", "橙色预警,请值班人员立即到岗"))
    return tmp_path


def test_the_report_says_which_message_breaks_which_clause(office: Path) -> None:
    made = audit.audit(request(office), silent)
    gathered = made.report.gathered
    found = {(row["rule"], row["group"]) for row in pl.concat([gathered.findings, gathered.hints]).iter_rows(named=True)}
    assert ("offhours", "街道工作群") in found
    assert ("samenotice", "社区群") in found
    assert not {group for rule, group in found if rule == "offhours" and group == "社区群"}, "an emergency at night breaks nothing"


def test_every_finding_cites_a_clause_and_names_nobody(office: Path) -> None:
    findings = audit.audit(request(office), silent).report.gathered.findings
    assert findings.height
    assert all(row["clauses"] for row in findings.iter_rows(named=True))
    written = findings.drop("clauses", "numbers").write_csv()
    assert not {name for name in ("张主任", "小李", "外人") if name in written}


def test_four_files_are_written_and_the_kept_one_holds_no_text(office: Path, tmp_path: Path) -> None:
    files = audit.write(audit.audit(request(office), silent), tmp_path / "out")
    assert {path.suffix for path in files.values()} == {".html", ".xlsx", ".docx", ".parquet"}
    kept = (tmp_path / "out" / "facts.parquet").read_bytes()
    assert "值班表".encode() not in kept
    assert "街道工作群".encode() not in kept


def test_a_later_audit_compares_itself_with_an_earlier_one(office: Path, tmp_path: Path) -> None:
    first = audit.audit(request(office), silent)
    before.save(tmp_path / "facts.parquet", first.kept)
    export(office, "街道工作群", (0, "张主任", NOTICE))
    again = audit.audit(request(office, before=tmp_path / "facts.parquet"), silent)
    comparison = again.report.comparison
    assert comparison is not None
    rules = {row["rule"]: (row["before"], row["after"]) for row in comparison.rules.iter_rows(named=True)}
    assert rules["offhours"][0] > rules["offhours"][1]


def test_who_imports_and_why_is_asked_before_a_file_is_opened(tmp_path: Path) -> None:
    nobody = intake.Grant(by="", purpose="自查", basis="文件", at=OFFICE)
    with pytest.raises(Refused, match="何人"):
        audit.audit(request(tmp_path / "missing.jsonl", grant=nobody), silent)


def test_a_file_that_is_no_earlier_audit_is_refused(office: Path, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(Refused, match=r"x\.parquet"):
        audit.audit(request(office, before=tmp_path / "x.parquet"), silent)


def test_an_audit_of_nothing_is_refused_with_the_first_reason(tmp_path: Path) -> None:
    (tmp_path / "junk.bin").write_bytes(b"\x00\x01\x02")
    with pytest.raises(Refused, match=r"junk\.bin：这不是文字文件"):
        audit.audit(request(tmp_path), silent)


def test_the_terminal_gets_the_headline_and_the_cost(office: Path) -> None:
    assert "共核查" in told.spoken(audit.audit(request(office), silent).report)[0]


def test_the_same_export_twice_changes_nothing(office: Path) -> None:
    once = audit.audit(request(office), silent)
    twice = audit.audit(request(office, office), silent)
    assert once.report.gathered.findings.equals(twice.report.gathered.findings)


def test_judging_messages_alone_gives_the_same_findings(office: Path) -> None:
    whole = audit.audit(request(office), silent).report.gathered.findings
    loaded = intake.load([office], request().grant)
    alone = audit.findings(loaded.messages, Hours.default(), packs.load(["xiangzhou"], DAY))
    messages = whole.filter(pl.col("subject") == "messages")
    assert messages.select("rule", "at").sort("rule", "at").equals(alone.findings.select("rule", "at").sort("rule", "at"))


APPS = """主办单位,应用名称,使用对象,层级,使用层级,功能,建设方式,立项,备案号,上线时间,统一入口,投诉功能,能否使用,活跃率,等保,责任人,自查时间
青松街道办事处,青松通,干部职工,乡镇,村,"打卡签到、数据填报、轨迹定位、登录率通报、每日登录、考核、广告",自建,未立项,未备案,2026-02-01,未接入,无,否,3%,无,无,2024-01-01
青松街道办事处,青松办,干部职工,乡镇,村,"打卡签到、数据填报、轨迹定位",自建,青审〔2024〕1号,备1,2025-01-01,青松门户,有,是,80%,二级,小李,2026-03-01
"""


def test_apps_are_judged_from_their_register_and_from_what_the_chats_ask(office: Path, tmp_path: Path) -> None:
    (tmp_path / "应用.csv").write_text(APPS, encoding="utf-8")
    export(tmp_path, "社区群", (0.2, "张主任", "请各社区今天全部下载安装青松通并完成注册。"))
    pack = packs.load(["national", "sichuan", "xiangzhou"], DAY)
    made = audit.audit(request(office, registers=(tmp_path / "应用.csv",), pack=pack), silent).report
    both = pl.concat([made.gathered.findings, made.gathered.hints]).filter(subject="apps")
    rules = {name: set(found["rule"]) for (name,), found in both.group_by("group")}
    assert rules["青松通"] >= {
        "belowcounty", "checkinapp", "forcedlogin", "fillingdown", "nocomplaints", "ownerlessapp",
        "secondcollector", "trackingapp", "tradingapp", "unapprovedapp", "uncheckedapp", "unfiledapp", "unfiledpromoted", "unsecuredapp",
        "unusableapp", "usagerate", "assessingapp", "idleapp", "newlocalapp",
    }  # fmt: skip
    assert not rules["青松办"] & {"nocomplaints", "unfiledapp", "unapprovedapp", "idleapp", "ownerlessapp", "officeentry"}
    sheet = next(table for table in made.annexes if table.rows)
    assert [row[1] for row in sheet.rows] == ["青松通", "青松办"]


def test_an_audit_of_nothing_but_apps_is_one(tmp_path: Path) -> None:
    (tmp_path / "应用.csv").write_text(APPS, encoding="utf-8")
    made = audit.audit(request(registers=(tmp_path / "应用.csv",)), silent)
    assert set(made.report.gathered.findings["subject"]) == {"apps"}
    audit.write(made, tmp_path / "out")
