"""The same judgement in plain Python, one message at a time, with dictionaries for what came before: what the columns are measured against.

It calls the same functions (labels, clock, deadline) and evaluates the same predicates of the rules. A text seen before is not labelled
again, as any programmer would do. What it leaves out (copies with cosmetic changes, quotes, clauses) makes it faster, not slower.
"""

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import FunctionType
from typing import Any

from qingqun.clock import moment
from qingqun.clock.grade import Grade
from qingqun.clock.hours import Hours
from qingqun.enrich import labels
from qingqun.enrich.deadline import deadline
from qingqun.enrich.labels.label import THRESHOLD
from qingqun.judge.judge import Binding, bind
from qingqun.words import Kind, Pack

KEPT = 32  # times of earlier messages kept for each sender and group
WEEK = 7 * 86_400
_SILENT = (Kind.SYSTEM.value, Kind.RECALL.value)


class Value:
    """A fact of one message under the operators of narwhals; None makes every comparison false."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __and__(self, other: "Value") -> "Value":
        return Value(bool(self.value) and bool(other.value))

    def __or__(self, other: "Value") -> "Value":
        return Value(bool(self.value) or bool(other.value))

    def __invert__(self) -> "Value":
        return Value(self.value is not None and not self.value)

    def __le__(self, other: int) -> "Value":
        return Value(self.value is not None and self.value <= other)

    def __lt__(self, other: int) -> "Value":
        return Value(self.value is not None and self.value < other)

    def __ge__(self, other: int) -> "Value":
        return Value(self.value is not None and self.value >= other)

    def __gt__(self, other: int) -> "Value":
        return Value(self.value is not None and self.value > other)

    def __eq__(self, other: object) -> "Value":  # type: ignore[override]
        return Value(self.value is not None and self.value == other)

    __hash__ = None  # type: ignore[assignment]

    def is_null(self) -> "Value":
        """Say whether it is unknown."""
        return Value(self.value is None)

    def is_in(self, words: Iterable[str]) -> "Value":
        """Say whether it is one of some words."""
        return Value(self.value in words)


class Facts:
    """The facts of one message by name; an unknown one is None."""

    def __init__(self, known: Mapping[str, Any], past: Mapping[str, list[int]]) -> None:
        self._known, self._past = known, past

    def __getattr__(self, name: str) -> Any:
        if name in ("seconds_since_earlier", "seconds_since_receipt"):
            return lambda n: Value(self._past[name][-n] if len(self._past[name]) >= n else None)
        return Value(self._known.get(name))


class Judge:
    """Judges message after message, in order of time."""

    def __init__(self, pack: Pack, hours: Hours) -> None:
        self._bindings, self._hours = bind("messages", pack), hours
        self._scores: dict[str, dict[str, float]] = {}
        self._copies: dict[str, dict[str, float]] = defaultdict(dict)
        self._times: dict[tuple[str, ...], deque[float]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._asked: dict[str, int] = {}

    def __call__(self, row: Mapping[str, Any]) -> list[str]:
        """Return the rules this message breaks."""
        facts = self._facts(row)
        return [binding.rule.name for binding in self._bindings if _breaks(binding, facts)]

    def _facts(self, row: Mapping[str, Any]) -> Facts:
        sent, text = row["sent_at"], row["text"] if row["kind"] not in _SILENT else ""
        if text not in self._scores:
            self._scores[text] = labels.scores(text)
        known: dict[str, Any] = {f"is_{name}": score >= THRESHOLD for name, score in self._scores[text].items()}
        at = moment.answer(sent, self._hours)
        known["in_worktime"], known["grade"] = at.grade is Grade.WORK, at.grade.value
        known["is_publishing"] = known["is_work"] and not known["is_receipt"]
        if known["is_work"] and (due := deadline(text, sent, self._hours)):
            known["seconds_to_deadline"] = int((due - sent).total_seconds())
            known["due_before_next_workday"] = bool(at.next_open and due <= at.next_open)
        return Facts(known | self._back(row, known, sent.timestamp()), self._past(row, known, sent))

    def _back(self, row: Mapping[str, Any], known: Mapping[str, Any], now: float) -> dict[str, Any]:
        group, found = row["group_id"], {}
        if known["is_publishing"]:
            groups = self._copies[row["text"]]
            found["copies_in_other_groups"] = sum(other != group and now - then <= WEEK for other, then in groups.items())
            groups[group] = now
        if known["is_reply_demand"]:
            self._asked[group] = 0
        elif known["is_receipt"] and group in self._asked:
            self._asked[group] += 1
            found["receipts_since_demand"] = self._asked[group]
        return found

    def _past(self, row: Mapping[str, Any], known: Mapping[str, Any], sent: datetime) -> dict[str, list[int]]:
        now, found = sent.timestamp(), {}
        for fact, key, counts in (
            ("seconds_since_earlier", (row["group_id"], row["sender_id"] or row["sender_name"]), row["kind"] == Kind.TEXT.value),
            ("seconds_since_receipt", (row["group_id"],), known["is_receipt"]),
        ):
            times = self._times[key]
            found[fact] = [int(now - then) for then in times] if counts else []
            if counts:
                times.append(now)
        return found


def _breaks(binding: Binding, facts: Facts) -> bool:
    predicate = binding.rule.predicate
    alone = FunctionType(predicate.__code__, predicate.__globals__ | {"m": facts})
    answer = alone(binding.rule.numbers(binding.numbers)) if binding.rule.defaults else alone()
    return bool(answer.value)


def judged_within(rows: Iterable[Mapping[str, Any]], judge: Judge, seconds: float) -> int:
    """Judge until the time is over; return how many messages were judged."""
    ends, count = time.perf_counter() + seconds, 0
    for row in rows:
        judge(row)
        count += 1
        if time.perf_counter() > ends:
            break
    return count
