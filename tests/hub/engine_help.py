"""What Chromium learned since 78, the engine of web views in WeCom (XWeb) and DingTalk (U4) on phones some years old.

Versions are the first Chrome releases that browser-compat-data, the tables behind MDN's pages, gives for a feature ("Chrome", not
"Chrome Android": the engine is the same). A feature that is missing here is taken as known: whoever uses a new one adds its line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

FLOOR = 78
# True in Chromium from 87 on, false before: what stands in `@supports not` of it is for the engines that lack flex gap (84), too.
LATER = "@supports not (inset: 0)"


class Feature(NamedTuple):
    """Something an engine may not know: a pattern, and the Chrome release it came with."""

    pattern: str
    since: int


AT = (
    Feature(r"@layer\b", 99), Feature(r"@container\b", 105), Feature(r"@scope\b", 118), Feature(r"@starting-style\b", 117),
    Feature(r"@property\b", 85), Feature(r"@counter-style\b", 91), Feature(r"@position-try\b", 125), Feature(r"@view-transition\b", 126),
    Feature(r"@media[^{]*[<>]", 104), Feature(r"@media[^{]*\b(?:prefers-contrast|forced-colors)\b", 89),
    Feature(r"@media[^{]*\b(?:update|scripting|overflow-block)\b", 113), Feature(r"@supports[^{]*selector\(", 83),
)  # fmt: skip
SELECTORS = (
    Feature(r":has\(", 105), Feature(r":(?:is|where)\(", 88), Feature(r":not\([^()]*(?:\([^()]*\)[^()]*)*,", 88), Feature(r"&", 112),
    Feature(r":focus-visible\b", 86), Feature(r"::marker\b", 86), Feature(r":user-(?:in)?valid\b", 119), Feature(r":popover-open\b", 114),
    Feature(r":modal\b", 105), Feature(r":dir\(", 120), Feature(r":nth-(?:last-)?child\([^)]* of ", 111), Feature(r":autofill\b", 110),
    Feature(r"::file-selector-button\b", 89), Feature(r":(?:open|state\()", 125), Feature(r"::details-content\b", 131),
)  # fmt: skip
PROPERTIES = (
    Feature(r"inset(?:-.+)?", 87), Feature(r"(?:margin|padding)-(?:inline|block)", 87), Feature(r"border-(?:inline|block)(?:-(?:color|style|width))?", 87),
    Feature(r"border-(?:start|end)-(?:start|end)-radius", 89), Feature(r"aspect-ratio", 88), Feature(r"appearance", 84),
    Feature(r"translate|rotate|scale", 104), Feature(r"content-visibility|contain-intrinsic-.+", 85), Feature(r"container(?:-.+)?", 105),
    Feature(r"mask(?:-.+)?", 120), Feature(r"field-sizing", 123), Feature(r"anchor-name|position-anchor|position-area", 125),
    Feature(r"animation-timeline|view-timeline|scroll-timeline", 115), Feature(r"view-transition-name", 111),
    Feature(r"overflow-clip-margin", 90), Feature(r"scrollbar-(?:color|width)", 121), Feature(r"math-.+", 109),
)  # fmt: skip
VALUES = (
    Feature(r"\b(?:min|max|clamp)\(", 79), Feature(r"\d(?:d|s|l)v(?:h|w|min|max|b|i)\b", 108), Feature(r"\dcq(?:w|h|i|b|min|max)\b", 105),
    Feature(r"\d(?:r?lh|rcap|rch|rex|ric|cap)\b", 109), Feature(r"\b(?:color-mix|oklch|oklab|lch|lab|color)\(", 111), Feature(r"\blight-dark\(", 123),
    Feature(r"\b(?:sin|cos|tan|asin|acos|atan2?|pow|sqrt|hypot|log|exp)\(", 111), Feature(r"\b(?:round|mod|rem|abs|sign)\(", 125), Feature(r"\blinear\(", 113),
    Feature(r"(?<!-)\bimage-set\(", 113), Feature(r"\bfrom var\(|\bfrom #", 119), Feature(r"\bcalc-size\(", 129), Feature(r"\bsubgrid\b", 117),
    Feature(r"^anywhere$", 80), Feature(r"^revert$", 84), Feature(r"^revert-layer$", 99), Feature(r"^clip$", 90), Feature(r"^stretch$", 138),
    Feature(r"^(?:flow-root|inline|block) (?:flex|grid|flow)", 115),
)  # fmt: skip
ALIGNED = Feature(r"^(?:start|end)$", 93)  # in a row of boxes; in a grid since 57
ROW_GAP = Feature(r"gap|row-gap|column-gap", 84)  # same; in a grid since 66
# An engine that passes these over shows the same page, a little plainer.
HARMLESS = frozenset(
    [
        "accent-color",
        "color-scheme",
        "text-underline-offset",
        "text-decoration-thickness",
        "text-wrap",
        "hanging-punctuation",
        "overscroll-behavior",
        "scrollbar-gutter",
        "print-color-adjust",
        "forced-color-adjust",
        "font-palette",
        "text-size-adjust",
    ]
)
INSTEAD = {"inset": {"top", "right", "bottom", "left"}, "inset-inline": {"left", "right"}, "inset-block": {"top", "bottom"}}
MARKUP = (
    Feature(r"<[a-z]+[^<>]*\spopover(?:target)?\b", 114), Feature(r"<search\b", 118), Feature(r"<[a-z]+[^<>]*\sinert\b", 102), Feature(r"<details[^<>]*\sname=", 120),
    Feature(r"type=[\"']importmap", 89), Feature(r"\s(?:commandfor|closedby)=", 134), Feature(r"<selectedcontent\b", 135), Feature(r"shadowrootmode=", 111),
)  # fmt: skip
SCRIPT = (
    Feature(r"\?\.(?!\d)", 80), Feature(r"\?\?(?!=)", 80), Feature(r"(?:\?\?|\|\||&&)=", 85), Feature(r"\bstatic\s*\{", 94), Feature(r"(?m)^(?:const .{1,40} = )?await ", 89),
    Feature(r"\bget #|\bset #|^\s*#[a-z]\w*\(", 84), Feature(r"#[a-z]\w* in ", 91), Feature(r"\.replaceAll\(", 85), Feature(r"\bstructuredClone\(", 98),
    Feature(r"\.at\(-?\d", 92), Feature(r"\bObject\.hasOwn\(", 93), Feature(r"\.findLast(?:Index)?\(", 97), Feature(r"\.to(?:Sorted|Reversed|Spliced)\(", 110),
    Feature(r"\b(?:Object|Map)\.groupBy\(", 117), Feature(r"\bPromise\.any\(", 85), Feature(r"\bPromise\.withResolvers\(", 119), Feature(r"\.replaceChildren\(", 86),
    Feature(r"\bcrypto\.randomUUID\(", 92), Feature(r"\bAbortSignal\.(?:timeout|any)\(", 103), Feature(r"\.showPopover\(|\.togglePopover\(", 114),
    Feature(r"\.moveBefore\(", 133), Feature(r"\.startViewTransition\(", 111), Feature(r"\bWeakRef\b", 84), Feature(r"\bnew Set\([^)]*\)\.union\(", 122),
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A rule of a style sheet: the at-rules around it, its selectors, its declarations in order."""

    around: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Return the values of a property, in order."""
        return [value for found, value in self.declarations if found == name]


def rules(text: str, around: tuple[str, ...] = ()) -> Iterator[Rule]:
    """Read a style sheet; a rule inside a rule keeps its mark &."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    place = 0
    while (begin := text.find("{", place)) >= 0:
        end, head = _closed(text, begin), " ".join(text[place:begin].rpartition(";")[2].split())
        body, place = text[begin + 1 : end], end + 1
        if head.startswith("@") and "{" in body and "keyframes" not in head:
            yield from rules(body, (*around, head))
        elif "{" in body:
            yield Rule(around, (f"& {head}",), ())
        else:
            yield Rule(around, tuple(_parts(head)), tuple(_declarations(body)))


def newer(text: str, features: Iterable[Feature], floor: int = FLOOR, *, whole: bool = False) -> list[str]:
    """Return what an engine of a release does not know of a text, with the release that does."""
    found = [(re.fullmatch if whole else re.search)(one.pattern, text) for one in features if one.since > floor]
    return [
        f"{match[0].strip()} ({one.since})" for one, match in zip((f for f in features if f.since > floor), found, strict=True) if match
    ]


class Sheet:
    """A style sheet, as an engine of some release sees it."""

    def __init__(self, text: str, floor: int = FLOOR) -> None:
        self.floor = floor
        self.rules = list(rules(text))
        self._rows = {name for rule in self.rules for name in rule.selectors if any("flex" in value for value in rule.all("display"))}

    def unknown(self) -> list[str]:
        """Return what an old engine does not know and nothing stands in for."""
        return [found for rule in self.rules if not self._unseen(rule) for found in self._lacking(rule)]

    def reduced(self) -> str:
        """Return the sheet as an old engine reads it: what it does not know is gone."""
        kept = [(self._wrappers(rule), self._said(rule)) for rule in self.rules if not self._unseen(rule) and not self._dropped(rule)]
        return "\n".join("".join(f"{head} {{ " for head in heads) + said + " }" * len(heads) for heads, said in kept)

    def _newer(self, text: str, features: Iterable[Feature], *, whole: bool = False) -> list[str]:
        return newer(text, features, self.floor, whole=whole)

    def _lacking(self, rule: Rule) -> Iterator[str]:
        where = ", ".join(rule.selectors)
        yield from (f"{head}: {one}" for head in rule.around if not head.startswith("@supports") for one in self._newer(head, AT))
        for name in rule.selectors:
            yield from (f"{name}: {one}" for one in self._newer(name, SELECTORS) if not self._otherwise(name, rule))
        for place, (name, value) in enumerate(rule.declarations):
            yield from (f"{where}: {name}: {one}" for one in self._new(rule, name, value) if not self._stood_in(rule, place))

    def _new(self, rule: Rule, name: str, value: str) -> list[str]:
        if name in HARMLESS or name.startswith("--"):
            return []
        row = self._is_row(rule)
        found = [*self._newer(name, PROPERTIES, whole=True), *self._newer(value, VALUES)]
        found += self._newer(name, (ROW_GAP,), whole=True) if row and value != "0" else []
        return found + (self._newer(value, (ALIGNED,)) if row and name in {"justify-content", "align-items", "align-content"} else [])

    def _stood_in(self, rule: Rule, place: int) -> bool:
        """Tell whether a declaration before says the same in old words, or margins stand in for a gap."""
        name, _value = rule.declarations[place]
        before = {found for found, value in rule.declarations[:place] if not self._new(rule, found, value)}
        gap = bool(re.fullmatch(ROW_GAP.pattern, name))
        return name in before or INSTEAD.get(name, {""}) <= before or (gap and all(map(self._spaced, rule.selectors)))

    def _spaced(self, selector: str) -> bool:
        """Tell whether, for engines without gap in a row, its children have margins, and no gap is added to them."""
        old = [rule for rule in self.rules if LATER in rule.around]
        closed = any(selector in rule.selectors and rule.all("gap") == ["0"] for rule in old)
        inner = (f"{selector} > ", f"{selector}::before")
        return closed and any(
            name.startswith(inner) and any(found.startswith("margin") for found, _value in rule.declarations)
            for rule in old
            for name in rule.selectors
        )

    def _otherwise(self, selector: str, rule: Rule) -> bool:
        """Tell whether a rule for older engines gives on focus what this one gives on visible focus."""
        plain = selector.replace(":focus-visible", ":focus")
        wanted = {name for name, _value in rule.declarations}
        return plain != selector and any(
            plain in one.selectors and wanted <= {name for name, _value in one.declarations} for one in self.rules
        )

    def _is_row(self, rule: Rule) -> bool:
        own = rule.all("display")
        return "flex" in own[-1] if own else not self._rows.isdisjoint(rule.selectors) or not any(map(self._known, rule.selectors))

    def _known(self, selector: str) -> bool:
        return any(selector in rule.selectors and rule.all("display") for rule in self.rules)

    def _unseen(self, rule: Rule) -> bool:
        """Tell whether the rule is meant for newer engines alone: inside @supports of something new."""
        asked = [head.removeprefix("@supports") for head in rule.around if head.startswith("@supports") and " not " not in head]
        return any(
            self._newer(name.strip("( "), PROPERTIES, whole=True) or self._newer(value.strip(") "), VALUES)
            for head in asked
            for name, _colon, value in [head.partition(":")]
        )

    def _dropped(self, rule: Rule) -> bool:
        heads = [head for head in rule.around if not head.startswith("@supports")]
        return any(self._newer(head, AT) for head in heads) or any(self._newer(name, SELECTORS) for name in rule.selectors)

    def _wrappers(self, rule: Rule) -> list[str]:
        return [head for head in rule.around if head != LATER]  # an engine of such a release takes what stands there

    def _said(self, rule: Rule) -> str:
        kept = [f"{name}: {value}" for name, value in rule.declarations if name in HARMLESS or not self._new(rule, name, value)]
        return f"{', '.join(rule.selectors)} {{ {'; '.join(kept)} }}"


def _closed(text: str, begin: int) -> int:
    """Return where the brace that opens at a place is closed."""
    depth = 0
    for match in re.finditer(r"[{}]", text[begin:]):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return begin + match.start()
    return len(text)


def _parts(head: str) -> Iterator[str]:
    """Split a list of selectors at its own commas."""
    depth, part = 0, ""
    for letter in head:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for one in body.split(";"):
        name, colon, value = one.partition(":")
        if colon:
            yield name.strip().lower(), " ".join(value.replace("!important", "").split())
