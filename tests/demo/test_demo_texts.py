import re
import tomllib
from pathlib import Path
from random import Random

import pytest

from qingqun.demo.edits import dress, retouch
from qingqun.demo.people import staff
from qingqun.demo.repertoire import SHIPPED, Body, Repertoire
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


SECOND = Repertoire(Path(__file__).parents[1] / "data" / "demo" / "second")
PLAIN = ["work", "chatter", "receipts", "files", "system"]
both = pytest.mark.parametrize("texts", [SHIPPED, SECOND], ids=["street", "county"])


def _all(texts: Repertoire) -> list[Body]:
    return [body for name in [*NOTICES, *PLAIN] for body in texts.bodies(name)] + list(texts.look_alikes())


@both
def test_the_repertoire_is_rich(texts: Repertoire) -> None:
    assert len({body.text for name in NOTICES for body in texts.bodies(name)} | {body.text for body in texts.look_alikes()}) >= 150
    assert len({body.text for body in texts.bodies("chatter")}) >= 200


@both
def test_labels_are_known_and_a_notice_is_work(texts: Repertoire) -> None:
    for body in _all(texts):
        assert body.labels <= LABELS, body.id
        assert "notice" not in body.labels or "work" in body.labels, body.id
        assert "receipt" not in body.labels or body.labels == {"receipt"}, body.id


@both
def test_every_look_alike_names_a_known_rule_and_does_not_break_it(texts: Repertoire) -> None:
    breaks = {
        "forcedpromotion": "forced_promotion",
        "assessedpromotion": "assessed_promotion",
        "photoproof": "photo_proof",
        "shaming": "shaming",
    }
    assert {body.near for body in texts.look_alikes()} <= RULES
    assert not [body for body in texts.look_alikes() if breaks.get(body.near) in body.labels]


@both
def test_every_slot_is_filled(texts: Repertoire) -> None:
    people = staff(Random(1), texts)
    filler = Filler(Random(1), people, texts)
    for body in _all(texts):
        filled = filler.fill(body.text.replace("{grp}", "群"), 0, people[0], Due("今天下班前", 0))
        assert not re.search(r"[{}]", filled), body.id


@both
def test_a_retouched_notice_keeps_every_fact(texts: Repertoire) -> None:
    rng = Random(3)
    text = "请各社区9月18日17:00前报李敏，电话8213，共12户。"
    for _ in range(200):
        plain = retouch(dress(text, rng, texts), rng, texts).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        assert re.findall("[0-9]+", plain) == ["9", "18", "17", "00", "8213", "12"]
        assert "各社区" in plain
        assert "李敏" in plain


@both
def test_lists_of_words_are_not_empty(texts: Repertoire) -> None:
    assert all(texts.table("words").values())


def test_the_county_says_as_much_as_the_street_in_every_category_and_nothing_in_its_words() -> None:
    for name in [*NOTICES, *PLAIN]:
        assert len(SECOND.bodies(name)) >= len(SHIPPED.bodies(name)), name
    kinds = {body.id.rpartition("/")[0] for body in SHIPPED.look_alikes()}
    assert {body.id.rpartition("/")[0] for body in SECOND.look_alikes()} == kinds
    said = {body.text for body in _all(SHIPPED) if body.labels - {"receipt"}}
    assert not [body.text for body in _all(SECOND) if body.text in said]


def test_labels_of_a_category_are_the_same_in_both() -> None:
    for name in [*NOTICES, *PLAIN]:
        assert SECOND.bodies(name)[0][2:] == SHIPPED.bodies(name)[0][2:], name


def test_a_folder_without_its_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"notices\.toml"):
        Repertoire(tmp_path).bodies("notices")


def test_a_file_that_is_no_toml_or_has_no_labels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notices.toml").write_text("texts = [", encoding="utf-8")
    (tmp_path / "work.toml").write_text('texts = ["明天开会"]', encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        Repertoire(tmp_path).bodies("notices")
    with pytest.raises(KeyError, match="labels"):
        Repertoire(tmp_path).bodies("work")
