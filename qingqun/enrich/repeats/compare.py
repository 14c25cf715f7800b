"""The same notice again, a related one, or another? When unsure: related, never same."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qingqun.enrich.repeats.around import GREETED, agreed_layers, called, may_go, unclosed
from qingqun.enrich.repeats.chains import arranged
from qingqun.enrich.repeats.dated import undated
from qingqun.enrich.repeats.differ import Difference, differences
from qingqun.enrich.repeats.heading import implied
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, OPENING, SOURCE, TITLE, WEEKDAY, YEAR
from qingqun.enrich.repeats.light import LIGHT, plain
from qingqun.enrich.repeats.order import relisted, reordered
from qingqun.enrich.repeats.ordered import STEPS, ordered
from qingqun.enrich.repeats.parallel import permuted
from qingqun.enrich.repeats.retold import retold
from qingqun.enrich.repeats.retold.hopeless import hopeless
from qingqun.enrich.repeats.seated import regreeted, seated
from qingqun.enrich.repeats.token import Read, Token
from qingqun.enrich.repeats.tokens import read
from qingqun.enrich.repeats.wording import BACK

_LONGEST = 40_000  # characters: two longer texts are related unless they say the same word for word
_RELATED = 0.5  # of the tokens, facts left out
_EACH, _WHOLE = (re.compile(f"{word}[\u3400-\u9fff]{{0,2}}[0-9一二两三四五六七八九十]") for word in "各共")
_OPTIONAL = (AUDIENCE, CALL, SOURCE, OPENING, WEEKDAY, YEAR)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict (same, related, different) and, unless same, where the texts differ."""

    verdict: str
    differs: tuple[Difference, ...] = ()


def _droppable(extra: Counter[str], tokens: Sequence[Token]) -> set[str] | None:
    """Return the layers whose whole words are what one text has and the other has not; None if anything else is extra."""
    layers: set[str] = set()
    for name in _OPTIONAL:
        layer = [token for token in tokens if token.layer == name]
        words = Counter(_said(layer))
        if words and words <= extra and may_go(name, layer, tokens):
            extra = extra - words
            layers.add(name)
    return None if extra else layers


def _kept(tokens: Sequence[Token], dropped: set[str]) -> list[Token]:
    return [token for token in tokens if token.layer not in dropped]


def _said(tokens: Sequence[Token]) -> list[str]:
    return [token.value for token in tokens if token.value not in LIGHT]


def _values(tokens: Sequence[Token]) -> list[str]:
    return [token.value for token in tokens]


def _extra(one: Sequence[Token], two: Sequence[Token]) -> Counter[str]:
    return Counter(_said(one)) - Counter(_said(two))


def _counted(tokens: Sequence[Token]) -> Counter[str]:
    """Count the words, without days of the week, years and greetings."""
    return Counter(token.value for token in tokens if token.layer not in (WEEKDAY, YEAR, SOURCE) and token.value not in LIGHT | GREETED)


def _cores(a: Read, b: Read, *, headed: bool) -> tuple[list[Token], list[Token]] | None:
    """Return what remains of both without the layers that may be dropped; None where they disagree."""
    agreed, grouped = agreed_layers(a, b), called(a, b)
    if agreed is None or grouped is None:
        return None
    agreed |= grouped
    if not headed:
        agreed.add(TITLE)
    kept_a, kept_b = _kept(a.tokens, agreed), _kept(b.tokens, agreed)
    if _counted(kept_a) == _counted(kept_b):
        if (seat := seated(kept_a, kept_b)) is not None:
            kept_a, kept_b = _kept(kept_a, {AUDIENCE}), seat
        elif (seat := seated(kept_b, kept_a)) is not None:
            kept_a, kept_b = seat, _kept(kept_b, {AUDIENCE})
    return _trimmed(kept_a, kept_b) or _trimmed(*_without_lone(kept_a, kept_b))


def _trimmed(a: Sequence[Token], b: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    one, two = _droppable(_extra(a, b), a), _droppable(_extra(b, a), b)
    if one is None or two is None or one & two:
        return None
    return _kept(a, one), _kept(b, two)


def _without_lone(a: Sequence[Token], b: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return both without who relays and why, where one alone says it: 根据街道部署, beside 转街道通知: share words and are two layers."""
    lone = {name for name in (OPENING, SOURCE) if any(token.layer == name for token in a) != any(token.layer == name for token in b)}
    going = {name for name in lone if may_go(name, [token for token in (*a, *b) if token.layer == name], ())}
    return _kept(a, going), _kept(b, going)


def _shared_out(one: str, two: str) -> bool:
    """Return whether one says of each what the other says of all: 各留两人, 共留两人."""
    if "共" not in two or "各" not in one:
        return False
    each, whole = (len(found.findall(one)) - len(found.findall(two)) for found in (_EACH, _WHOLE))
    return each > 0 > whole


def same(a: Read, b: Read) -> bool:
    """Return whether two texts are sendings of one notice."""
    a, b = unclosed(a, b)
    if not a.tokens or not b.tokens:
        return a.text.strip() == b.text.strip()
    if _said(a.tokens) == _said(b.tokens):
        return True
    a, b = regreeted(a, b)
    if hopeless(a, b) or _shared_out(a.text, b.text) or _shared_out(b.text, a.text):
        return False
    return _told_again(*undated(a, b))


def _told_again(a: Read, b: Read) -> bool:
    """Return whether two texts with other tokens, or in another order, are sendings of one notice."""
    if _said(a.tokens) == _said(b.tokens):
        return True
    if implied(a, b) and implied(b, a) and _alike(a, b, _cores(a, b, headed=False)):
        return True
    return _alike(a, b, _cores(a, b, headed=True)) or retold(a, b)


def _alike(a: Read, b: Read, cores: tuple[list[Token], list[Token]] | None) -> bool:
    if cores is None or not cores[0]:
        return cores is not None and not cores[1] and a.text.strip() == b.text.strip()
    one, two = (_said(core) for core in cores)
    if one == two or sorted(one) != sorted(two):
        return one == two
    if all(sorted(token.value for token in core) == sorted(token.value for token in cores[0]) for core in cores) and _moved(a, b, cores):
        return True
    return _moved(a, b, (plain(cores[0]), plain(cores[1])))


def _moved(a: Read, b: Read, cores: tuple[list[Token], list[Token]]) -> bool:
    """Return whether the same tokens say the same in another order."""
    if ordered(a.text, b.text) or ordered(b.text, a.text):
        return False
    texts = a.text, b.text
    if relisted(*cores, texts) or _values(arranged(*cores, texts)) == _values(cores[0]):
        return True
    if any(pattern.search(read.text) for pattern in (BACK, STEPS) for read in (a, b)):
        return False
    if permuted(*cores):
        return True
    # Where pieces are cut may depend on the side it is looked from; the answer may not.
    return reordered(*cores, (a.labels, b.labels)) or reordered(cores[1], cores[0], (b.labels, a.labels))


def _shared(a: Read, b: Read) -> float:
    one, two = (Counter(token.value for token in read.tokens if not token.key) for read in (a, b))
    total = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / total if total else 0.0


def compare(a: str, b: str) -> Comparison:
    """Say whether b is the notice a again. Offsets of the differences count code points of the texts as given."""
    if max(len(a), len(b)) > _LONGEST:
        return Comparison("same" if a.split() == b.split() else "related")
    one, two = unclosed(read(a), read(b))
    if same(one, two):
        return Comparison("same")
    verdict = "related" if _shared(one, two) >= _RELATED else "different"
    return Comparison(verdict, differences(one, two))
