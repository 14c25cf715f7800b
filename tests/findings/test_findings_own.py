from typing import Any

import polars as pl
import pytest

from qingqun.findings.burden import persons
from qingqun.findings.own import sealed
from qingqun.findings.roster import roster
from qingqun.findings.sealed import new_pair, seal, unseal
from qingqun.words import GROUPS, MEMBERSHIPS, Refused


def test_only_the_person_opens_their_own_sheet(street: Any) -> None:
    secret, public = new_pair()
    other, _ = new_pair()
    who = street.memberships["person_id"][0]
    paper = sealed(street.facts, street.memberships, street.roster, who, public)
    told = unseal(paper, secret).decode()
    assert "工作群数" in told
    assert "产品默认" in told
    assert told.encode() not in paper
    with pytest.raises(Refused, match="另一个人"):
        unseal(paper, other)


def test_the_sheet_is_the_persons_own_however_often_it_is_asked_for(street: Any) -> None:
    secret, public = new_pair()
    who = street.memberships["person_id"][0]
    other = street.memberships.filter(pl.col("person_id") != who)["person_id"][0]
    asked = [other, *[who] * 12, other]
    told = [unseal(sealed(street.facts, street.memberships, street.roster, one, public), secret) for one in asked]
    assert len(set(told[1:-1])) == 1
    assert told[0] == told[-1]


def test_a_changed_sheet_does_not_open() -> None:
    secret, public = new_pair()
    paper = bytearray(seal("九个群".encode(), public))
    paper[-1] ^= 1
    with pytest.raises(Refused, match="改动"):
        unseal(bytes(paper), secret)


@pytest.mark.parametrize("key", [b"", b"short", bytes(32)])
def test_what_is_no_key_seals_nothing(key: bytes) -> None:
    with pytest.raises(Refused, match="密钥"):
        seal(b"paper", key)


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(Refused, match="不是本人负担表"):
        unseal(b"report", new_pair()[0])


def test_an_outsider_has_no_sheet(street: Any) -> None:
    with pytest.raises(Refused, match="没有这个人"):
        sealed(street.facts, street.memberships, street.roster, "外人", new_pair()[1])


def test_a_task_in_three_groups_is_one_and_a_plain_one_counts_too(facts: Any) -> None:

    sent = facts(
        [{"group_id": g, "notice_no": 7, "is_notice": True} for g in "abc"] + [{"group_id": "a"}, {"group_id": "a", "notice_no": 8}]
    )
    due = pl.Series([3600, 3600, 3600, 60, None], dtype=pl.Int64)
    timed = sent.with_columns(seconds_to_deadline=due)
    listed = pl.DataFrame(
        [("wechat", g, None, f"p{i}", f"某{i}", None, None) for g in "abc" for i in range(6)], schema=MEMBERSHIPS, orient="row"
    )
    assert persons(timed, listed, roster(timed, listed, GROUPS.to_frame()))["tasks"].unique().to_list() == [14]
