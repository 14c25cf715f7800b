"""Where in a text a time is named: the words before it in its sentence, those that follow up to the next day named."""

import re
from typing import NamedTuple

STOP = re.compile(r"[。;!?\n]")
_BREAK = re.compile(r"[,()]")
_LEADING = re.compile(
    r"(?:[,): 、]|[上中下]午|早上|晚上|晚间|夜间|全天|整天|连续|开始|开?起"
    r"|[0-9一二三四五六七八九十两]{1,3}(?:天|日|点半?|时半?|:[0-9]{2}|分)整?|[至到—-](?=[0-9]))*"
)
"""Further words of the time itself."""


class Place(NamedTuple):
    """The words around a time named."""

    sentence: str  # before it, from the last stop
    clause: str  # before it, from the last comma
    head: str  # the first clause behind it, the comma left out where it stands alone
    tail: str  # behind the head, up to the next day named or the stop
    rest: str  # all behind it up to the stop
    asked: bool  # the sentence is a question

    @property
    def after(self) -> str:
        """Return what stands behind it up to the next day named."""
        return self.head + self.tail


def place(text: str, start: int, end: int, until: int) -> Place:
    """Return the words around a time that stands from `start` to `end`; the next day is named at `until`."""
    sentence = text[max(text.rfind(stop, 0, start) for stop in "。;!?\n") + 1 : start]
    stop = STOP.search(text, end)
    close = stop.start() if stop else len(text)
    begin = _LEADING.match(text, end, min(close, until))
    after = text[begin.end() if begin else end : min(close, until)]
    head = _BREAK.split(after, maxsplit=1)[0]
    asked = stop is not None and stop[0] == "?"
    return Place(sentence, _BREAK.split(sentence)[-1], head, after[len(head) :], text[end:close], asked)
