"""Each message is judged by the clauses in force on its own day; registers by those in force on the day of inspection."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from qingqun import audit, intake, packs
from qingqun.clock.hours import Hours
from qingqun.words import Pack

DAY = date(2026, 3, 31)
CHANGED = date(2026, 3, 15)
CHAT = """2026-03-11 22:10:00 张主任
请各村明早八点前报送统计表。

2026-03-25 22:10:00 张主任
请各社区明早八点前报送人口表。
"""
REGISTER = """单位,群名称,平台,群主,群性质,建群时间
青松街道办事处,街道工作群,微信,小李,综合群,2023-01-01
青松街道办事处,街道二群,微信,小李,综合群,2024-01-01
"""


def pack(rule: str, since: date = date(2019, 1, 1), until: date | None = None) -> Pack:
    whole = packs.load(["xiangzhou"], DAY, ended=True)
    return replace(whole, clauses=tuple(replace(c, since=since, until=until) for c in whole.clauses if c.rule == rule))


def audited(tmp_path: Path, by: Pack) -> pl.DataFrame:
    chat, register = tmp_path / "街道工作群.txt", tmp_path / "台账.csv"
    chat.write_text(CHAT, encoding="utf-8")
    register.write_text(REGISTER, encoding="utf-8")
    request = audit.Request(
        exports=(chat,),
        registers=(register,),
        pack=by,
        grant=intake.Grant(by="张主任", purpose="自查", basis="区委文件", at=datetime(2026, 3, 31, tzinfo=UTC)),
        hours=Hours.default(),
        stated=intake.Stated(groups={chat.name: "街道工作群"}, platform="wechat"),
        on=DAY,
    )
    gathered = audit.audit(request, lambda _step, _done: None).report.gathered
    return pl.concat([gathered.findings, gathered.hints])


def days(found: pl.DataFrame, rule: str) -> list[int]:
    return sorted(found.filter(rule=rule)["at"].dt.convert_time_zone("Asia/Shanghai").dt.day())


def test_a_clause_that_has_ended_still_judges_what_was_said_before(tmp_path: Path) -> None:
    assert days(audited(tmp_path, pack("offhours")), "offhours") == [11, 25]
    assert days(audited(tmp_path, pack("offhours", until=CHANGED)), "offhours") == [11]


def test_a_clause_judges_nothing_that_was_said_before_it_began(tmp_path: Path) -> None:
    assert days(audited(tmp_path, pack("offhours", since=CHANGED)), "offhours") == [25]


def test_a_register_is_judged_by_what_binds_on_the_day_of_inspection(tmp_path: Path) -> None:
    assert audited(tmp_path, pack("secondmain")).filter(rule="secondmain")["group"].to_list() == ["街道二群"]
    assert audited(tmp_path, pack("secondmain", until=CHANGED)).filter(rule="secondmain").is_empty()
