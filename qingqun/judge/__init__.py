"""Rules over facts: one rule = one file = one word, found by walking the folders."""

from qingqun.judge.catalogue import explain
from qingqun.judge.discovery import NoSuchRuleError, find, rules, subjects
from qingqun.judge.judge import Binding, Judged, asked, bind, judge
from qingqun.judge.verdict import input_hash, verdict

__all__ = [
    "Binding",
    "Judged",
    "NoSuchRuleError",
    "asked",
    "bind",
    "explain",
    "find",
    "input_hash",
    "judge",
    "rules",
    "subjects",
    "verdict",
]
