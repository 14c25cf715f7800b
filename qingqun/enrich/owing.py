"""A reader in a list of names: called on together with others, or named, also by unit, as one from whom something is still wanted."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from qingqun.enrich.audience.words import HAN
from qingqun.enrich.normal import trace

_JOIN = r"\s*[、和及与/]\s*"
_TITLE = "(?:同志|老师|主任|书记|等)?"
_NAME = f"{HAN}{{2,4}}?{_TITLE}"
_OTHER = f"{HAN}{{2,10}}?{_TITLE}"  # a person with the unit before the name
_OF_UNIT = f"(?:{HAN}{{1,8}}?(?:社区|街道|[村镇乡办科所站局校组室院]|中心|小学|中学))?"
_MOST = 30  # names before the reader's
_COUNT = "(?:[一两二三四五六七八九十0-9]+(?:位|个|名)?(?:同志|人|家)?|几位(?:同志)?)?"
_STILL = "(?:你们?|均|都|也|至今|到现在|目前|今天|昨天)*"
_NOT = "(?:还|仍|尚|依然|仍然)?(?:没有|没(?!有)|未)"
_NOT_DONE = f"(?:{_NOT}(?!问题|事|关系|错|意见|必)|还[差欠缺]|[欠漏缺迟](?:交|报|填|签|考|席|勤)|逾期|超期|拖欠|迟迟)"
_WANTING = f"(?:{_NOT}|[欠漏缺迟](?=[交报填签席勤考])|逾期|超期)"
_OF_WHOM = "(?:的(?:人员|人|同志)?(?:有|是|为|如下)?|人员|名单|者|有|如下)(?:有|是|为|如下)?"
_BEFORE = rf"(?:{_WANTING}{HAN}{{1,8}}?{_OF_WHOM}\s*[:：]?|(?:还|就|只|仅)(?:差|缺|剩|欠|有)|(?:点名|通报)(?:批评)?|批评)\s*[:：]?\s*"
_HAND_IN = (
    "(?:上?报(?!名|警|销|考|废)|[上提]?交(?!付|通|接|叉|易|流|往)|填|反馈|完成|上传|[回答]复|提供|录入|整改|销号|清零|落实|签[收到字])"
)
_ASK = "(?:请|麻烦|有劳|劳烦|辛苦|务必)"
_ORDER = r"\s*(?:[:：]|请|马上|立即|立刻|务必|尽快|抓紧|赶紧|速|今天|今日|明天|把|将|到)"


def owes(text: str, names: Iterable[str]) -> bool:
    """Say whether the text names somebody as one who has not done it yet: 李四还没有报, 未交的有：赵一、李四, 还差李四."""
    return _found(_owing, text, names)


def behind(text: str, units: Iterable[str]) -> bool:
    """Say whether the text names a unit that has not done it yet: 三里社区还没有报送, 就差三里社区. 三里社区没有发现隐患 is none."""
    return _found(_arrears, text, units)


def called(text: str, names: Iterable[str]) -> bool:
    """Say whether the text calls on somebody behind others in a list: 请赵一、李四马上报. Who the others are need not be known."""
    return _found(_calling, text, names)


def _found(pattern: Callable[[str], re.Pattern[str]], text: str, names: Iterable[str]) -> bool:
    plain = trace(text).text
    return any(pattern(name).search(plain) for name in names if name in plain)


@lru_cache(64)
def _owing(name: str) -> re.Pattern[str]:
    who, others = re.escape(name), f"(?:{_JOIN}{_OTHER})*?"
    before = f"{_BEFORE}(?:{_OTHER}(?:{_JOIN}|[ ,，])){{0,{_MOST}}}?{_OF_UNIT}"
    return re.compile(f"{who}{_TITLE}{others}{_COUNT}{_STILL}{_NOT_DONE}|{before}{who}(?!以外|之外|外)")


@lru_cache(64)
def _calling(name: str) -> re.Pattern[str]:
    who, before = re.escape(name), f"(?:{_NAME}{_JOIN}){{1,{_MOST}}}?"
    after = f"{_TITLE}(?:{_JOIN}{_NAME})*?{_COUNT}{_ORDER}"
    return re.compile(rf"{_ASK}{before}{who}|(?:^|[。!！?？;；\n])\s*{before}{who}{after}")


@lru_cache(64)
def _arrears(unit: str) -> re.Pattern[str]:
    who, others = re.escape(unit), f"(?:{_JOIN}{_OTHER})*?"
    thing = f"(?:的{HAN}{{1,10}}?)?"
    undone = f"(?:{_NOT}{HAN}{{0,3}}?{_HAND_IN}|[欠漏缺迟](?:交|报|填|签)|迟迟[不未没])"
    wanting = f"(?:{_NOT}{HAN}{{0,3}}?{_HAND_IN}|[欠漏缺迟][交报填签])"
    before = f"(?:{wanting}{HAN}{{0,12}}?(?:[:：]|的|有|是|为|如下)|(?:还|就|只|仅)(?:差|缺|剩|欠))"
    listed = rf"\s*[:：]?\s*(?:{_OTHER}(?:{_JOIN}|[ ,，])){{0,{_MOST}}}?"
    return re.compile(f"{who}{others}{_COUNT}{thing}{_STILL}{undone}|{before}{listed}{who}(?!以外|之外|外|的|居民)")
