"""The people's sheet may name accounts on platforms: one person each, never a list, never everybody."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing

from qingqun.hub.deliver import CHANNELS
from qingqun.hub.governance import roster
from qingqun.hub.governance.roster.read import ACCOUNTS
from qingqun.hub.models import Contact
from qingqun.office import Sheet, write_book

NOW = beijing("2026-03-12 10:00")


def _book(folder: Path, **cells: str) -> Any:
    path = folder / "roster.xlsx"
    row = {"姓名": "小李", "单位": "和平街道", **cells}
    write_book(path, [Sheet("人员", list(row), [list(row.values())])])
    return roster.read(path)


def test_every_account_column_is_a_channel() -> None:
    assert set(ACCOUNTS.values()) <= set(CHANNELS)


def test_accounts_become_ways_to_ring_and_change_without_losing_the_order(office_lite: SimpleNamespace, tmp_path: Path) -> None:
    found = _book(tmp_path, 邮箱="li@office.example", 企业微信="li", 飞书="ou_1")
    roster.take(found, NOW)
    rows = list(Contact.objects.filter(person=office_lite.li).order_by("rank").values_list("channel", "address"))
    assert rows == [("smtp", "li@office.example"), ("wecom", "li"), ("feishu", "ou_1")]
    Contact.objects.filter(channel="feishu").update(rank=-1)
    roster.take(_book(tmp_path, 企业微信="lixiao", 飞书="ou_2"), NOW)
    assert Contact.objects.get(channel="feishu").rank == -1
    assert Contact.objects.get(channel="wecom").address == "lixiao"


@pytest.mark.parametrize("account", ["@all", "li|wang", "li,wang", "小李 小王", "a" * 121])
def test_an_account_is_one_person(tmp_path: Path, account: str) -> None:
    found = _book(tmp_path, 企业微信=account)
    assert [one.reason for one in found.wrong] == ["“企业微信”请填一个人在该平台的账号"]
    assert found.persons == []
