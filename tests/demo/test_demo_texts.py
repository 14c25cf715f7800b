import re
from random import Random

from qingqun.demo.edits import dress, retouch
from qingqun.demo.people import staff
from qingqun.demo.repertoire import Body, bodies, look_alikes, table
from qingqun.demo.slots import Due, Filler

LABELS = {
    "work",
    "receipt",
    "notice",
    "reply_demand",
    "shaming",
    "forced_promotion",
    "assessed_promotion",
    "photo_proof",
    "leader_publicity",
    "emergency",
}
NOTICES = [
    "notices",
    "requests",
    "forced",
    "forced_photo",
    "assessed",
    "photo",
    "shaming",
    "hurry",
    "reply_now",
    "instant",
    "publicity",
    "emergency",
    "alarm",
    "cry",
    "secret",
]
RULES = {"", "offhours", "forcedpromotion", "assessedpromotion", "photoproof", "leaderpublicity", "shaming", "replychain", "secretmark"}


def _all() -> list[Body]:
    return [body for name in [*NOTICES, "work", "chatter", "receipts", "files", "system"] for body in bodies(name)] + list(look_alikes())


def test_the_repertoire_is_rich() -> None:
    assert len({body.text for name in NOTICES for body in bodies(name)} | {body.text for body in look_alikes()}) >= 150
    assert len({body.text for body in bodies("chatter")}) >= 200


def test_labels_are_known_and_a_notice_is_work() -> None:
    for body in _all():
        assert body.labels <= LABELS, body.id
        assert "notice" not in body.labels or "work" in body.labels, body.id
        assert "receipt" not in body.labels or body.labels == {"receipt"}, body.id


def test_every_look_alike_names_a_known_rule_and_does_not_break_it() -> None:
    breaks = {
        "forcedpromotion": "forced_promotion",
        "assessedpromotion": "assessed_promotion",
        "photoproof": "photo_proof",
        "shaming": "shaming",
    }
    assert {body.near for body in look_alikes()} <= RULES
    assert not [body for body in look_alikes() if breaks.get(body.near) in body.labels]


def test_every_slot_is_filled() -> None:
    people = staff(Random(1))
    filler = Filler(Random(1), people)
    for body in _all():
        filled = filler.fill(body.text.replace("{grp}", "群"), 0, people[0], Due("今天下班前", 0))
        assert not re.search(r"[{}]", filled), body.id


def test_a_retouched_notice_keeps_every_fact() -> None:
    rng = Random(3)
    text = "请各社区9月18日17:00前报李敏，电话8213，共12户。"
    for _ in range(200):
        plain = retouch(dress(text, rng), rng).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        assert re.findall("[0-9]+", plain) == ["9", "18", "17", "00", "8213", "12"]
        assert "各社区" in plain
        assert "李敏" in plain


def test_lists_of_words_are_not_empty() -> None:
    assert all(table("words").values())
