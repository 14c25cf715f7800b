"""The score names each rule by its Chinese title, its word behind it."""

from datetime import date

from qingqun import packs
from qingqun.demo import score


def test_a_rule_is_named_by_its_title() -> None:
    row = dict.fromkeys(("planted", "hit", "missed", "alarms", "alike", "fooled"), 1)
    assert score.told(row | {"rule": "offhours"}).startswith("非工作时间发布工作信息（offhours）：应有 1，")
    for rule in {clause.rule for clause in packs.load(["xiangzhou"], date(2026, 9, 21)).clauses}:
        assert not score.told(row | {"rule": rule})[0].isascii()
