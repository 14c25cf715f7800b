"""Are readers told to do something at the time named? The words around it decide."""

import re

from qingqun.enrich.restdays.innocent import led, others, spared
from qingqun.enrich.restdays.place import Place
from qingqun.enrich.restdays.words import ATTEND, COME, DO, GOES, HEED, JOIN, NO_REST, PLURAL, WHO

_LAST = re.compile(r"(?:截止|最迟|最晚|不晚于|期限|时限|限于|宽限|截至|有效期)[^,。;]{0,6}$")
_PART_OF = re.compile(r"(?:[把将对]|关于)[^,。;]{0,6}$")
_NOT_THEN = re.compile(
    r"[^,。;]{0,3}(?:值班|值守|坚守|留守|留校|加班|到岗|在岗|当班|轮班)[^,。;]{0,4}的?[^,。;]{0,4}(?:人员|同志|干部|职工|员工|分包|队伍)"
    r"|的(?![^。;]{0,14}(?:参加|到场|准时|照常|别忘|提前到))|之?前|以前|过?后|结束|[^。;]{0,12}(?:节|假期?|放假)前|[^,。;]{0,3}(?:前后|左右)"
)
_HEAD = re.compile(r"(?:时间|日期|(?:会议|培训|活动|演练|学习)(?:通知|安排|提醒)?)(?:为|定于|:| )+$")
_BIDDEN = re.compile(
    r"(?:参会|参加|出席|参训|与会)(?:人员|对象|范围)|(?:请|务必|准时|按时)[^。;\n]{0,16}(?:参[会加]|到会|出席|到场)|各(?:来|派|出)|全[体员]"
)
_SET = re.compile(
    r"(?:会|党日|培训|扫除|演练|检查|活动|学习|搬[家迁]|盘点|走访|考核|验收|评议|劳动|植树|调研|督查)"
    r"[^,。;]{0,8}(?:定|放|安排|排|选|设|改|挪|调整|推迟|提前)(?:在|到|于)$"
)
_BRINGS = re.compile(r"(?:[上中下]午|全天|早上|晚上|就|再|先|全部|都)*(?:把|将(?![在于有会对到被开举召]))[^,。;]{2,}")
_THERE = re.compile(rf"[^,。;]{{0,14}}?{ATTEND}")
_COMING = re.compile(rf"[^,。;]{{0,14}}?(?:{ATTEND}|{GOES})")
_NO_REST = re.compile(rf"[^,。;]{{0,12}}?{NO_REST}")
_SEEN = re.compile(r"[室厅楼口场部馆站门点半]见$")
_PRESSED = re.compile(rf"{COME}|,(?:务必|必须)[^,。;]{{0,4}}[把将]")
_WAIT = re.compile(r",[^,。;]{0,14}(?:等候|候着|等着|陪同|迎接|在现场|在岗|到场|到岗)")
_THEY = re.compile(rf"日?{PLURAL}[^,。;]{{2,}}")
_THEY_BEFORE = re.compile(rf"{PLURAL}(?:于|在|利用|从|要|须|务必|必须|都|统一|定于|最好)*$")
_HEED, _HEEDED = re.compile(HEED), re.compile(r"[^,。;]*请(?:注意|知悉|留意|周知)[^,。;]*,")
_TOLD, _JOIN, _THEM, _WORK = re.compile(WHO), re.compile(JOIN), re.compile(PLURAL), re.compile(DO)
_DONE = re.compile(rf"[^,。;]{{0,24}}?(?:{DO}|{GOES})")
_TOPIC = re.compile(
    r"[^,。;]{0,8}?(?:管理|安全|工作(?!队|组|者|人员|专班|站)|方案|活动|物资|保障|供应|市场|客流|客运|经费|福利|慰问品|人员|安排)"
)


def ordered(text: str, where: Place) -> bool:
    """Tell whether readers are told to do something at the time that stands there."""
    if _LAST.search(where.clause) or _PART_OF.search(where.clause) or _NOT_THEN.match(where.rest) or spared(where):
        return False
    if others(where):
        return bool(led(where) and _WAIT.search(where.tail))
    if _HEAD.search(where.clause):
        return bool(_BIDDEN.search(text))
    if _NO_REST.match(where.head):
        return _unresting(where)
    return _summoned(where) or _done(where)


def topical(where: Place) -> bool:
    """Tell whether a run of days off only tells of what its arrangements are: 国庆期间安全管理."""
    return bool(_TOPIC.match(where.after)) and not _THEY.match(where.head)


def coming(where: Place) -> bool:
    """Tell whether readers are to be somewhere then."""
    return bool(_COMING.match(where.head))


def _unresting(where: Place) -> bool:
    said = where.sentence + where.after
    return any(pattern.search(said) for pattern in (_TOLD, _WORK, _THEM)) or bool(_BRINGS.search(where.sentence))


def _summoned(where: Place) -> bool:
    """Tell whether they are to be there, or a thing is to be brought about then."""
    if _SET.search(where.clause) and (_BIDDEN.search(where.rest) or _TOLD.search(where.rest)):
        return True
    there = _BRINGS.match(where.head) or _THERE.match(where.head) or _SEEN.search(where.head)
    return bool(there or _PRESSED.search(where.tail))


def _done(where: Place) -> bool:
    """Tell whether readers are the subject of what is done then, or work is what is done and they are told to."""
    they = _THEY.match(where.head) or (_THEY_BEFORE.search(where.clause) and len(where.head) > 1)
    if they and not _HEED.search(where.head):
        return True
    told = they or _TOLD.search(_HEEDED.sub("", where.sentence) + where.head) or _JOIN.search(where.tail)
    return bool(told) and bool(_DONE.match(where.head))
