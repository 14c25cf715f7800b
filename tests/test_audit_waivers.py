"""Waivers in the first story: a unit's messages, what is counted, and what is named because it covers nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from qingqun import audit, intake, packs
from qingqun.clock.hours import Hours
from qingqun.words import Waiver

DAY = date(2026, 3, 16)
BASE = Waiver("L-1", "offhours", None, "青松街道办事处", "汛期值班", "小李", "张主任", date(2026, 3, 1), date(2026, 3, 31))
CHAT = """周三 22:10 张主任: 请各村明早八点前报送统计表。"""
REGISTER = """单位,群名称,平台,群主,群性质
青松街道办事处,街道工作群,微信,小李,综合群
青松街道办事处,街道二群,微信,小李,综合群
东社区,社区群,微信,小李,综合群
"""


def said(tmp_path: Path, group: str) -> None:
    line = f"2026-03-11 22:10:00 张主任\n请各村明早八点前报送统计表。({group})\n"
    (tmp_path / f"{group}.txt").write_text(line, encoding="utf-8")


def made(tmp_path: Path, *waivers: Waiver) -> audit.Audited:
    for group in ("街道工作群", "社区群"):
        said(tmp_path, group)
    register = tmp_path / "台账.csv"
    register.write_text(REGISTER, encoding="utf-8")
    request = audit.Request(
        exports=tuple(tmp_path.glob("*群.txt")),
        registers=(register,),
        pack=packs.load(["xiangzhou"], date(2026, 7, 1), waivers),
        grant=intake.Grant(by="张主任", purpose="自查", basis="区委文件", at=datetime(2026, 3, 16, tzinfo=UTC)),
        hours=Hours.default(),
        stated=intake.Stated(groups={"街道工作群.txt": "街道工作群", "社区群.txt": "社区群"}, platform="wechat"),
        on=DAY,
    )
    return audit.audit(request, lambda _step, _done: None)


def broken(audited: audit.Audited, rule: str) -> set[str]:
    gathered = audited.report.gathered
    both = pl.concat([gathered.findings, gathered.hints])
    return set(both.filter(rule=rule)["group"])


def sheet(audited: audit.Audited) -> dict[object, tuple[object, object]]:
    rows = next(table.rows for table in audited.report.annexes if table.header[2].startswith("群、"))
    return {row[0]: (row[9], row[10]) for row in rows}


def test_a_units_waiver_covers_what_is_said_in_its_groups_and_is_counted(tmp_path: Path) -> None:
    assert broken(made(tmp_path), "offhours") == {"街道工作群", "社区群"}
    waived = made(tmp_path, BASE)
    assert broken(waived, "offhours") == {"社区群"}
    assert sheet(waived) == {"L-1": (1, "有效")}
    assert any("放过 1 处" in note for note in waived.report.notes)


def test_a_register_is_covered_on_the_day_of_inspection_not_on_the_day_of_the_audit(tmp_path: Path) -> None:
    assert broken(made(tmp_path), "secondmain") == {"街道二群"}
    waived = made(tmp_path, replace(BASE, rule="secondmain"))
    assert broken(waived, "secondmain") == set()
    assert sheet(waived)["L-1"][0] == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"until": date(2026, 3, 12)}, "到期"),
        ({"rule": "nosuchrule"}, "规则"),
        ({"unit": "西社区"}, "没有名为“西社区”的单位"),
        ({"unit": None, "name": "没有的群"}, "没有名为“没有的群”的群"),
    ],
)
def test_what_covers_nothing_is_named(change: dict[str, object], why: str, tmp_path: Path) -> None:
    audited = made(tmp_path, replace(BASE, **change))  # type: ignore[arg-type]  # a test names the fields
    assert [why in one.reason for one in audited.idle] == [True]
    assert why in str(sheet(audited)["L-1"][1])


def test_one_that_is_over_at_the_inspection_still_covered_its_days(tmp_path: Path) -> None:
    audited = made(tmp_path, replace(BASE, until=date(2026, 3, 12)))
    assert broken(audited, "offhours") == {"社区群"}
    assert sheet(audited)["L-1"][0] == 1
