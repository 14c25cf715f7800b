"""A heading may go where the notice says all that it says: 【食堂】, 关于召开家长会的通知."""

import re

from qingqun.enrich.repeats.layers import SOURCE, TITLE
from qingqun.enrich.repeats.token import Read
from qingqun.enrich.repeats.wording import STATE

_ENOUGH = 8  # tokens that must remain to say what the notice is about
_GENRE = re.compile(
    r"通知|公告|通告|提[示醒]|安排|说明|事[项宜]|关于|开展|做好|进行|[举召]开|举行|工作|有关|情况|信息|活动|会议|温馨|重要|紧急|最新|部署|要求|预告"
    r"|[的了及和与]|[^0-9A-Za-z\u3400-\u9fff]+"
)

_LETTER = re.compile(r"[^,。:;!?\n]{0,12}关于[^,。:;!?\n0-9]{2,30}的(?:通知|公告|通告|函|提示)")
_NAMES = re.compile("小[区学组]|大[会厅棚队学]|新(?:生儿?|区|村|闻)|[高初]中|中[学心秋]|内[科部]|外[科包]|上[学报班岗]|下[乡课]|东风|安全")
_TURNS = frozenset("不未没无勿非免别禁停暂缓上下左右前后东西南北大小多少男女内外新旧单双先晚早")

# A unit that is called or speaks, where the copy greets everybody instead: 营销部：, 各位小伙伴，
_OF_UNIT = re.compile("[^0-9一二三四五六七八九十,。:【\\[]{1,8}(?:[部科室处办股局委会]|中心|公司)")
_GREETS = re.compile("[^\u3400-\u9fff0-9A-Za-z]*(?:各位|诸位|大家|同事|小?伙伴|家人|老师|领导|同志)[^,:!。~]{0,10}[,:!。~]")


def implied(one: Read, two: Read) -> bool:
    """Return whether the heading of the first text, if it has any, says nothing that the second text does not say."""
    heading = [token for token in one.tokens if token.layer == TITLE]
    if not heading:
        return True
    if len(one.tokens) - len(heading) < _ENOUGH:
        return False
    other = [token for token in two.tokens if token.layer == TITLE]
    if 0 < len(other) < len(heading) and [t.value for t in heading[-len(other) :]] == [t.value for t in other]:
        heading, other = heading[: -len(other)], []
    written = one.text[heading[0].start : heading[-1].end]
    if other and [t.value for t in heading if t.key] != [t.value for t in other if t.key]:  # two headings with facts: the same ones
        return False
    known = {token.value for token in two.tokens}
    if any(token.key and token.value not in known for token in heading) or any(m not in two.text for m in STATE.findall(written)):
        return False
    parts = [part for part in _GENRE.split(written) if part]
    if any(STATE.fullmatch(part) for part in parts):  # 【取消】 says more than that the word occurs
        return False
    return all(_said(part, two.text) for part in parts) or (
        not other and (_greeted(written, two) or _formal(_line(one.text, heading[0].start), parts, two.text))
    )


def letter(read: Read) -> bool:
    """Return whether the heading of a text is the formal one of a letter: 关于…的通知."""
    heading = next((token for token in read.tokens if token.layer == TITLE), None)
    return heading is not None and _LETTER.fullmatch(_line(read.text, heading.start).strip(" :\n")) is not None


def _line(text: str, at: int) -> str:
    """Return the line around a place, up to a colon."""
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].partition(":")[0]


def _greeted(written: str, two: Read) -> bool:
    """Return whether a heading only names a unit, and the other text greets in general or relays from that unit."""
    if not _OF_UNIT.fullmatch(written):
        return False
    source = "".join(token.value for token in two.tokens if token.layer == SOURCE).removeprefix("转").removeprefix("发")
    relayed = len(source) > 1 and (source in written or written in source)
    return relayed or _GREETS.match(two.text) is not None


def _formal(written: str, parts: list[str], text: str) -> bool:
    """Return whether a letter's own heading (关于…的通知) names what the text is about: half of its characters, nothing that turns it."""
    said = "".join(parts)
    if not _LETTER.fullmatch(written.strip(" :\n")) or _TURNS & set(_NAMES.sub("", said)) or len(said) < 2:
        return False
    return 2 * sum(char in text for char in said) >= len(said)


def _said(part: str, text: str) -> bool:
    """Return whether a text says these words: short ones as they stand, a longer phrase character by character.

    What denies or has an opposite (不, 上, 前) must stand between the same characters in both.
    """
    if len(part) <= 3:
        return part in text
    turns = [n for n, char in enumerate(part) if char in _TURNS]
    return all(char in text for char in part) and all(part[max(0, n - 1) : n + 1] in text and part[n : n + 2] in text for n in turns)
