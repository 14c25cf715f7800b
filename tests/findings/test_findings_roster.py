from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from qingqun.findings.roster import members, roster
from qingqun.findings.table import ROSTER
from qingqun.words import GROUPS, MEMBERSHIPS

Made = Callable[..., pl.DataFrame]
NOBODY = MEMBERSHIPS.to_frame()
EMPTY: dict[str, Any] = dict.fromkeys(GROUPS) | {"name": "镇工作群", "unit": "镇政府", "managers": [], "file": "台账.xlsx", "line": 3}


def register(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([EMPTY | row for row in rows], schema=GROUPS)


@pytest.mark.parametrize(
    "row",
    [{"platform": "wechat", "group_id": "g1", "name": "旧名"}, {"platform": "wechat"}, {}],
    ids=["by its id", "by platform and name", "by its name alone"],
)
def test_a_group_of_an_export_is_found_in_the_register(row: dict[str, Any], facts: Made) -> None:
    found = roster(facts([{}]), NOBODY, register(row))
    assert found.schema == ROSTER
    assert found.select("unit", "registered", "seen", "messages").rows() == [("镇政府", True, True, 1)]


def test_a_name_that_stands_twice_in_the_register_decides_nothing(facts: Made) -> None:
    found = roster(facts([{}]), NOBODY, register({}, {"unit": "村委会"}))
    assert found.select("registered", "seen").rows() == [(True, False), (True, False), (False, True)]


def test_another_platforms_group_of_the_same_name_is_another_group(facts: Made) -> None:
    found = roster(facts([{}]), NOBODY, register({"platform": "qq"}))
    assert found["registered"].to_list() == [True, False]


def test_members_come_from_the_list_else_the_register_else_those_who_spoke(facts: Made) -> None:
    listed = pl.DataFrame([("wechat", "g1", None, f"p{i}", "某", None, None) for i in range(7)], schema=MEMBERSHIPS, orient="row")
    spoke = facts([{"sender_id": "p1"}, {"sender_id": "p2"}, {"sender_id": "sys", "kind": "system"}])
    sizes = [
        roster(spoke, listed, register({"members": 9})).select("members", "members_from").row(0),
        roster(spoke, NOBODY, register({"members": 9})).select("members", "members_from").row(0),
        roster(spoke, NOBODY, register({})).select("members", "members_from").row(0),
        roster(facts([]), NOBODY, register({})).select("members", "members_from").row(0),
    ]
    assert sizes == [(7, "list"), (9, "register"), (2, "senders"), (None, None)]


def test_somebody_listed_twice_is_one_member(facts: Made) -> None:
    row = ("wechat", "g1", None, "p1", "某", None, None)
    assert len(members(facts([]), pl.DataFrame([row, row], schema=MEMBERSHIPS, orient="row"))) == 1


def listed(*rows: tuple[str, str, str | None, str]) -> pl.DataFrame:
    full = [(platform, group, None, account, name, None, None) for platform, group, account, name in rows]
    return pl.DataFrame(full, schema=MEMBERSHIPS, orient="row")


def test_one_full_name_on_two_platforms_is_one_person(facts: Made) -> None:
    rows = [("wechat", "a", "wx1", "林晓芸"), ("qq", "b", "10001", "林晓芸"), ("wechat", "c", None, "林晓芸")]
    assert members(facts([]), listed(*rows))["person"].n_unique() == 1


def test_two_accounts_of_one_name_on_a_platform_stay_two_people(facts: Made) -> None:
    rows = [("wechat", "a", "wx1", "王伟"), ("wechat", "a", "wx2", "王伟"), ("qq", "b", "10001", "王伟")]
    assert members(facts([]), listed(*rows))["person"].n_unique() == 3


def test_a_nickname_joins_nobody_and_a_renamed_account_stays_one(facts: Made) -> None:
    nicknames = [("wechat", "a", "wx1", "Sunny"), ("qq", "b", "10001", "Sunny")]
    renamed = [("wechat", "a", "wx1", "林晓芸"), ("wechat", "b", "wx1", "林主任")]
    assert members(facts([]), listed(*nicknames))["person"].n_unique() == 2
    assert members(facts([]), listed(*renamed))["person"].n_unique() == 1


def test_only_receipts_keep_no_group_alive(facts: Made) -> None:
    rows = [{"is_receipt": True}]
    assert roster(facts(rows), NOBODY, register({"last_active": date(2025, 1, 1)}))["last_active"].to_list() == [date(2025, 1, 1)]


def test_an_empty_audit_has_an_empty_roster(facts: Made) -> None:
    assert roster(facts([]), NOBODY, GROUPS.to_frame()).schema == ROSTER
