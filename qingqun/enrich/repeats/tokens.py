"""A notice as tokens: facts in one spelling, content characters, nothing else. Layers that a re-sending may drop are marked."""

import re
from dataclasses import dataclass

from qingqun.enrich.normal import trace
from qingqun.enrich.repeats.facts import START, read_fact
from qingqun.enrich.repeats.wording import FUNCTION, ORG, PHRASE, SYNONYM, SYNONYMS

_AT_NAME = re.compile(r"@([^ \n\u2000-\u200a\u00a0@,，。:：;；、!！]{1,20})[ \u2000-\u200a\u00a0]")
_CIRCLED = re.compile(r"[\u2460-\u2473\u3251-\u325f\u2776-\u277f]|[0-9]\ufe0f?\u20e3")
_STICKER = re.compile(r"\[[\u4e00-\u9fffA-Za-z]{1,4}\]")
_NUMBERING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、,]|第[一二三四五六七八九十]{1,2}[,、]|[一二三四五六七八九]是|\([一二三四五六七八九十0-9]{1,2}\)[、,.]?|[0-9]{1,2}(?:[、)]|\.))"
)
_TAG = re.compile(r"[ \n]*[【\[]([^【】\[\]\n]{1,14})[】\]]")
_SOURCE = re.compile(
    rf"(?:转发?|接|据|按)?[^,。:;\n0-9]{{1,12}}{ORG}(?:的)?(?:最新|紧急)?(?:通知|要求|消息|提示|安排)(?:-{{1,2}}|—{{1,2}}|:|,请照办:|,)"
)
_RELAY = re.compile(r"(?:转发?|fwd?|FW|Fw)(?:自|一下)?[:,]")
_SENDER = re.compile(r"发件人:([^\n]{2,14})\n")
_AUDIENCE = re.compile(r"(?:请)?(?:各|全体|所有)[^。;!?\n0-9]{1,40}?:|[^,。;:!?\n0-9]{2,14}(?:们|家长|同学|员工|人员):")
_MENTION = re.compile(r"@([^\n@,。:;、!]{1,20})\n")
_SIGNED = re.compile(
    rf"(?:[。!?~…\n]|谅解|配合)[—\- ]*((?:[^,。;:!?\n0-9@]{{1,16}}{ORG})?(?:\n?[ ]*(?:20[0-9]{{2}}年)?[0-9]{{1,2}}月[0-9]{{1,2}}日)?)[ \n。]*$"
)
_DASHED = re.compile(r"(?:——|--|——)([^,。;:!?\n]{2,14})[ \n。]*$")
_PUNCTUATION = re.compile(r"[^0-9A-Za-z\u3400-\u9fff→~@—–-]+")
_DASH = re.compile(r"[-—–~]{1,2}|至|到")
_STOPS = "。;!?\n"


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with its place in the normalised text."""

    value: str
    kind: str  # day weekday hour number link name, or word for a content character
    key: str  # facts of one key may not change places; empty for words
    start: int
    end: int
    layer: str  # audience source or empty
    edge: int  # how strong a boundary stands before it: 0 none, 1 comma, 2 sentence or item


@dataclass(frozen=True, slots=True)
class Read:
    """A text read into tokens."""

    text: str
    offsets: list[int]
    tokens: tuple[Token, ...]


def _layers(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of layers: who is addressed, who sent it."""
    spans = []
    at = 0
    moved = True
    while moved:
        moved = False
        for name, pattern in (("relay", _RELAY), ("sender", _SENDER), ("tag", _TAG), ("name", _MENTION), ("source", _SOURCE)):
            if found := pattern.match(text, at):
                spans.append((found.start(), found.end(), _layer(name, found)))
                at, moved = found.end(), True
        if (phrase := PHRASE.match(text, at)) and phrase.end() > at:
            at, moved = phrase.end(), True
        while at < len(text) and text[at] in " \n:,。!~":
            at, moved = at + 1, True
    if found := _AUDIENCE.match(text, at):
        spans.append((at, found.end(), "audience"))
    signed = _DASHED.search(text) or _SIGNED.search(text)
    if signed and signed[1] and signed.start(1) > at:
        spans.append((signed.start(1), signed.end(1), "source"))
    return spans


def _layer(name: str, found: re.Match[str]) -> str:
    if name == "tag":
        return "source" if re.search(ORG + "$", found[1]) else ""
    if name == "name":
        return "audience" if re.match(r"各|全体|所有", found[1]) else "name"
    return {"relay": "skip", "sender": "source", "source": "source"}[name]


def _prepared(text: str) -> str:
    """Mark what normalising would lose: the end of a mention, circled numbers. Lengths stay."""
    text = _AT_NAME.sub(lambda m: "@" + m[1] + "\n", text)
    return _CIRCLED.sub(lambda m: "\n" * len(m[0]), text)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.edge = 2
        self.period = ""
        self.spans = _layers(text)

    def layer(self, at: int) -> str:
        return next((name for start, end, name in self.spans if start <= at < end), "")

    def add(self, value: str, kind: str, key: str, at: int, end: int) -> None:
        layer = self.layer(at)
        if value and layer != "skip":
            self.tokens.append(Token(value, kind, key, at, end, layer, self.edge))
            self.edge = 0

    def run(self) -> tuple[Token, ...]:
        at = 0
        while at < len(self.text):
            at = self._step(at)
        return tuple(self.tokens)

    def _step(self, at: int) -> int:
        text = self.text
        if (
            self.edge == 2
            and (found := _NUMBERING.match(text, at))
            and not (found[0][-1] == "." and text[found.end() : found.end() + 1].isdigit())
        ):
            return found.end()
        if found := _STICKER.match(text, at) if at else None:
            return found.end()
        if found := PHRASE.match(text, at):
            self._bound(found[0])
            return found.end()
        if found := _PUNCTUATION.match(text, at):
            self._bound(found[0])
            return found.end()
        if self._dash(at):
            return at + 1
        if (text[at] in START or text[at].isascii()) and (fact := read_fact(text, at, self.period)):
            self.period = fact.period or self.period
            self.add(fact.value, fact.kind, fact.key, at, fact.end)
            return fact.end
        return self._word(at)

    def _dash(self, at: int) -> bool:
        if _DASH.match(self.text, at) and self.tokens and self.tokens[-1].key and self.tokens[-1].end >= at - 1 and at + 1 < len(self.text):
            after = self.text[at + 1]
            if after in START or after.isdigit():
                self.add("~", "word", "", at, at + 1)
                return True
        return False

    def _word(self, at: int) -> int:
        if found := SYNONYM.match(self.text, at):
            for char in SYNONYMS[found[0]]:
                self.add(char, "word", "", at, found.end())
            return found.end()
        char = self.text[at]
        if char in "把将":
            if self.tokens and not self.edge and not self.tokens[-1].key:
                self.add("把", "word", "", at, at + 1)
        elif char not in FUNCTION and char not in "-—–@":
            self.add(char, "word", "", at, at + 1)
        return at + 1

    def _bound(self, text: str) -> None:
        strong = any(stop in text for stop in _STOPS)
        if strong:
            self.period = ""
        self.edge = max(self.edge, 2 if strong or ":" in text or "、" in text else 1)


def read(text: str) -> Read:
    """Read a text as it was sent into tokens."""
    normal = trace(_prepared(text))
    return Read(normal.text, normal.offsets, _Scan(normal.text).run())
