"""Where the order of a list may be a fact: 依次, 分别, as many names as places in one sentence."""

import re

from qingqun.enrich.personal import PLAIN_SURNAMES

ORDERED = re.compile(
    r"依次|顺序|步骤|流程|先后|排名|名次|次序|前者|后者|同上|第一名|由高到低|由低到高|→|其余"
    r"|第[一二三四五六1-6][项条个点类件步]|[前后][两二三四五2-5][项条个点类件名位]"
)
# What is done 分别 with parallel values has its order: 张三、李四分别负责东门、西门. What is only done apart has none: 三类案件分别统计.
_RESPECTIVE = re.compile(
    "分别(?!(?:统计|填[写报]?|报送|上报|装袋|打包|存放|登记|签字|标注|注明|列出|说明|汇总|核对|投放|放置|清点|上传|处理)(?![^。;!?\n]*[、0-9和与及]))"
)
_BY = re.compile("由[^,。;:!?\n]{1,20}分别")
_TWO_LISTS = re.compile("、[^、]*[,:].*、")
_OWN = re.compile("、[^、]*(?:分别).*、")
_MARKS = re.compile("[^0-9A-Za-z\u3400-\u9fff、]")
_NAME = (
    f"(?:(?<![\u3400-\u9fff])|(?<=[由请派是为]))(?:[小老阿][\u3400-\u9fff]|"
    f"[{PLAIN_SURNAMES}][\u3400-\u9fff]{{1,2}}(?<![站所科室局办部社村镇区厂院校园路街桥河场]))(?=[、\u3400-\u9fff])"
)
_COUNTED = "[0-9一二三四五六七八九十两:]+[点日号楼个人辆台份名天]"
_VALUES = re.compile(
    f"(?:{_NAME}(?:、{_NAME})+|(?:周[一二三四五六日](?:、周?[一二三四五六日])+|{_COUNTED}(?:、{_COUNTED})+))(?![\u3400-\u9fff]{{0,12}}、)"
)
_CLAUSE = re.compile("[,:]")
_SENTENCE = re.compile("[。;!?\n]")
# Steps in their order; a list elsewhere has none: 先断电再清水；水泵、沙袋放门卫室.
STEPS = re.compile("先[^,。;]{1,20}再")


def ordered(text: str, other: str) -> bool:
    """Return whether the order in which a text lists things may be a fact. A sentence that both say with both its lists binds no other."""
    return (
        ORDERED.search(text) is not None or ("分别" in text and _respective(_without_own(text, other))) or ("、" in text and _paired(text))
    )


def _without_own(text: str, other: str) -> str:
    """Leave out the sentences with both lists of a 分别 that the other text says too: 一、二等奖，分别奖励2000元、1200元."""
    there = _MARKS.sub("", other)
    own = (sentence for sentence in _SENTENCE.split(text) if not (_OWN.search(sentence) and _MARKS.sub("", sentence) in there))
    return "。".join(own)


def _paired(text: str) -> bool:
    """Return whether a sentence lists as many people, days or numbers as other things: 一号岗、二号岗，由老周、老吴值守."""
    return any(_lists_twice(sentence, found) for sentence in _SENTENCE.split(text) for found in _VALUES.finditer(sentence))


def _lists_twice(sentence: str, found: re.Match[str]) -> bool:
    size = found[0].count("、") + 1
    rest = sentence[: found.start()] + "," + sentence[found.end() :]
    return any(part.count("、") + 1 == size for part in _CLAUSE.split(rest)) and size > 1


def _respective(text: str) -> bool:
    """Return whether 分别 may tie the members of two lists to one another."""
    if _RESPECTIVE.search(text) or _BY.search(text):
        return True
    return any("分别" in sentence and _TWO_LISTS.search(sentence) for sentence in _SENTENCE.split(text))
