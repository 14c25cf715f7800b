"""The school's and the hospital's week: texts of their own, people from outside, the same kinds of truth."""

import re
from random import Random

import pytest

from qingqun.demo.groups import OUTSIDE, groups
from qingqun.demo.office import imagine
from qingqun.demo.people import staff
from qingqun.demo.registers import account_truth, accounts
from qingqun.demo.repertoire import SHIPPED, WEEKS, Body, Repertoire
from qingqun.demo.slots import Due, Filler
from qingqun.demo.truth import marks

LEAST = 200
PLAIN = ("chatter", "receipts", "system", "files")
PLANTED = {
    "assessedpromotion", "flooding", "forcedpromotion", "instantreply", "leaderpublicity", "offhours", "photoproof", "photorace", "replychain",
    "samenotice", "secretmark", "shaming", "shortdeadline",
}  # fmt: skip
beside = pytest.mark.parametrize("name", ["school", "hospital"])


def _bodies(texts: Repertoire) -> list[Body]:
    names = [
        "alarm", "assessed", "chatter", "cry", "emergency", "files", "forced", "forced_photo", "hurry", "instant", "notices", "photo",
        "publicity", "receipts", "reply_now", "requests", "secret", "shaming", "system", "work", "outside", "homework", "parenttask",
    ]  # fmt: skip
    return [body for name in names if texts.has(name) for body in texts.bodies(name)] + list(texts.look_alikes())


@beside
def test_it_has_texts_enough_and_shares_none_that_says_something_with_the_street(name: str) -> None:
    own = {body.text for body in _bodies(WEEKS[name])}
    telling = {body.text for body in _bodies(WEEKS[name]) if not body.id.startswith(PLAIN)}
    assert len(own) >= LEAST
    assert not telling & {body.text for body in _bodies(SHIPPED)}


@beside
def test_every_slot_of_its_texts_is_filled(name: str) -> None:
    texts = WEEKS[name]
    people = staff(Random(1), texts)
    filler = Filler(Random(1), people, texts)
    for body in _bodies(texts):
        assert not re.search(r"[{}]", filler.fill(body.text.replace("{grp}", "群"), 0, people[0], Due("今天下班前", 0))), body.id


@beside
def test_its_people_from_outside_sit_in_groups_of_their_own_kind(name: str) -> None:
    kinds = {place.kind for place in groups(Random(1), WEEKS[name])} & OUTSIDE
    assert kinds == ({"家长"} if name == "school" else {"患者"})


@beside
def test_every_rule_about_messages_is_planted_in_its_week(name: str) -> None:
    texts = WEEKS[name]
    found = {mark.rule for mark in marks(imagine(texts=texts).week) if mark.planted}
    assert found == PLANTED | ({"homework", "parenttask"} if texts.has("homework") else set())


@beside
def test_the_names_of_its_groups_and_accounts_are_its_own(name: str) -> None:
    texts = WEEKS[name]
    people = staff(Random(1), texts)
    said = "".join([*(place.name for place in groups(Random(1), texts)), *(row[1] for row in accounts(people, texts))])
    assert not re.search("云溪|社区|街道|网格", said)
    assert {row["account"] for row in account_truth(texts)} <= {row[1] for row in accounts(people, texts)}


def test_the_street_is_the_week_that_is_made_when_none_is_named() -> None:
    assert WEEKS["street"] is SHIPPED
