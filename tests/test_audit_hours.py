"""Several units with hours of their own in one audit: the same minute is working time in one and not in another."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pytest

from qingqun import audit, intake, packs
from qingqun.clock import unit as units
from qingqun.clock.hours import Hours
from qingqun.words import Refused

DAY = date(2026, 3, 16)
LATE = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)  # a Wednesday, 17:00 in Shanghai
GROUPS = "单位,群名称,平台,群性质\n青松街道,街道群,微信,综合群\n青松小学,学校群,微信,综合群\n青松小学东校区,东校区群,微信,综合群\n"
UNITS = "单位,上级单位,简称\n青松小学,青松街道,青小\n青松小学东校区,青松小学,\n"


def export(folder: Path, group: str) -> None:
    meta = {"name": group, "platform": "wechat", "type": "group"}
    head = {"_type": "header", "chatlab": {"version": "0.0.2", "exportedAt": 1}, "meta": meta}
    members = [{"_type": "member", "platformId": f"p{n}", "accountName": f"员工{n}"} for n in range(12)]
    said = {
        "_type": "message", "sender": "p1", "accountName": "员工1", "timestamp": int(LATE.timestamp()), "type": 0,
        "content": "请各科室于3月13日17:00前将防汛值班表报应急办。", "platformMessageId": group,
    }  # fmt: skip
    (folder / f"{group}.jsonl").write_bytes(b"\n".join(orjson.dumps(row) for row in [head, *members, said]))


def school(folder: Path, name: str) -> Hours:
    path = folder / "学校.toml"
    path.write_text(
        f'name = "{name}"\n[[season]]\nname = "全年"\nfrom = "01-01"\nto = "12-31"\nhours = ["07:30-11:30", "13:00-16:30"]\n',
        encoding="utf-8",
    )
    return units.load(path)


@pytest.fixture
def request_of(tmp_path: Path) -> audit.Request:
    for group in ("街道群", "学校群", "东校区群"):
        export(tmp_path, group)
    for name, text in (("群", GROUPS), ("单位", UNITS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return audit.Request(
        exports=tuple(tmp_path.glob("*.jsonl")),
        registers=(tmp_path / "群.csv", tmp_path / "单位.csv"),
        pack=packs.load(["xiangzhou"], DAY),
        grant=intake.Grant(by="张主任", purpose="自查", basis="区委文件", at=datetime(2026, 3, 16, tzinfo=UTC)),
        hours=Hours.default(),
        stated=intake.Stated(),
        on=DAY,
    )


def offhours(request: audit.Request, *others: Hours) -> tuple[set[str], audit.Audited]:
    made = audit.audit(replace(request, others=others), lambda _step, _done: None)
    found = made.report.gathered.findings
    return set(found.filter(found["rule"] == "offhours")["group"]), made


def test_with_the_hours_of_one_for_all_nobody_is_late(request_of: audit.Request) -> None:
    assert offhours(request_of)[0] == set()


@pytest.mark.parametrize("name", ["青松小学", "青小"])
def test_a_unit_and_those_below_it_have_their_own_hours(request_of: audit.Request, tmp_path: Path, name: str) -> None:
    late, made = offhours(request_of, school(tmp_path, name))
    assert late == {"学校群", "东校区群"}
    assert f"{name}及下级：" in made.report.hours.text
    assert made.report.roster["messages"].sum() == 3


def test_hours_of_a_unit_that_nobody_has_registered_are_refused(request_of: audit.Request, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有的学校"):
        offhours(request_of, school(tmp_path, "没有的学校"))
