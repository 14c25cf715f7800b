"""Layers around a notice that a re-sending may drop or add: who relays it, who is addressed, who signs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qingqun.enrich.personal import SURNAMES
from qingqun.enrich.repeats.closing import ACTS, closing
from qingqun.enrich.repeats.wording import ORG, PHRASE, STICKER

AUDIENCE, CALL, SOURCE, NAME, YEAR, WEEKDAY, TITLE, SKIP = "audience", "call", "source", "name", "year", "weekday", "title", "skip"
OPENING, CLOSING = "opening", "closing"
_RELAY = re.compile(r"(?:转发?|[Ff][Ww]d?)(?:自|一下)?[:,]|\(转发?\)")
_SENDER = re.compile(r"发件人:([^\n]{2,14})\n")
_NO_RELAY = "[学岗账院诊移让正租户制型运业专班]"
_TAG = re.compile(
    rf"[ \n]*[【\[](?:[^【】\[\]\n]{{1,12}}{ORG}"
    rf"|转(?!{_NO_RELAY})[^【】\[\]\n0-9]{{0,12}}|[^【】\[\]\n0-9]{{1,9}}[^运周旋流逆好扭翻]转发?)[】\]]"
)
_ANY_TAG = re.compile(r"【[^【】\n]{1,14}】|\[[^\[\]\n]{1,14}\]")
_NAMED = r"(?:(?<=的通知|的公告|的通告|的提示|的提醒|的安排):|:(?![0-9])|\n)"  # but 9:30
_TITLE = re.compile(
    rf"(?!{STICKER})[【\[]([^【】\[\]\n]{{1,20}})[】\]]:?|关于[^\n:。!?]{{2,40}}{_NAMED}|[^,。:;!?\n【】\[\]]{{2,16}}{_NAMED}"
)
# Why, and on whose word: 为进一步做好防汛准备, / 根据县局统一部署, It names no day and no number, and nobody for whom something is done.
_AIM = (
    "切实|进一步|全面|深入|扎实|有效|更好|认真|积极|确保|保障|保证|做好|加强|强化|贯彻|落实|推进|推动|提高|提升|防范|防止|预防|避免"
    "|维护|营造|规范|掌握|了解|摸清|弄清|迎接|配合|方便|便于|丰富|巩固|完善|促进|加快|严格|响应|充分|及时|尽快|顺利|准确|持续|严防|抓好|搞好|庆祝|纪念|欢庆"
)
_OPENING = re.compile(
    rf"(?:为了[^,。;:!?\n0-9不未]{{2,30}}|为(?:{_AIM})[^,。;:!?\n0-9不未]{{2,28}}"
    r"|经[^,。;:!?\n0-9不未]{1,14}(?:研究|商议|讨论|会商|研判|协商)后?(?:决定|同意|确定)?"
    r"|(?:根据|按照?|依据|遵照|结合)[^,。;:!?\n0-9不未]{2,22}(?:安排|要求|部署|精神|规定|计划|意见|需要|工作|提示|通报|文件|预报)),"
)
_FOR = re.compile(rf"([^,。;:!?\n0-9不未]{{1,12}}{ORG})(为(?:{_AIM})[^,。;:!?\n0-9不未]{{2,28}},)")
_GROUP = re.compile("^请?(?:各|全体|所有)")
_NAME = re.compile(r"@([^\n@,。:;、!]{1,20})\n")
_COLON = r"(?:[-—]{1,2}|:|\n|,请照办:)"
_SOURCE = re.compile(
    rf"(?:转发?|接|据|按)?[^,。:;\n0-9【】\[\]]{{1,12}}{ORG}(?:的)?(?:最新|紧急)?(?:通知|要求|消息|提示|提醒|安排)(?:大家|各位|您)?(?:{_COLON}|,)"
    rf"|转[^,。:;\n0-9【】\[\]]{{1,12}}(?:通知|要求|消息){_COLON}|转[^,。:;\n0-9【】\[\]]{{1,12}}:"
    r"|接[^,。:;\n0-9【】\[\]]{1,10}(?:通知|要求|消息|电话)[,:]"
    r"|(?:刚刚?)?(?:接到?|收到)[^,。:;\n0-9【】\[\]]{0,8}(?:最新)?消息[:,]"
)
_AUDIENCE = re.compile(
    r"[^,。;:!?\n0-9不未]{1,12}们[,!~]|"
    r"[^,。;:!?\n不未]{2,14}(?:住户|业主|居民|家长|同学|员工|职工|用户|师傅|老师)(?:朋友)?们?请?注意[了啦]?[,!:。~]|"
    r"(?:请)?(?:各|全体|所有)[^。;,!?\n0-9:]{1,40}(?:,(?:大家|你们|您们?)?(?:早上|上午|中午|下午|晚上)?好)?:|(?:各|全体|所有)(?!位)[^。;!?\n0-9:,请不未]{1,10}(?:(?:[们您]?好|请?注意|都?看一?下|看看|辛苦了?)[,!~\n]|(?<=[们员长户生民工人师亲友位村区科室局处办委部队站所院校园厅厂司镇乡街社馆组团企班级支店路线点群代表企业家属商贩户主])[,!~\n])|[^,。;:!?\n0-9]{2,14}(?:们|家长|同学|员工|人员|用户|住户|业主|客户|商户|居民|村民|代表|单位|部门)(?:都?看一?下|看看)?:"
    r"|[^,。:;!?\n0-9不未]{2,6}各[^,。:;!?\n0-9不未]{1,8}:"
    r"|(?:各位|诸位|尊敬的|亲爱的){0,2}(?:老师|领导|邻居|业主|家长|同学|居民|乡亲|村民|商户|战友)(?:朋友)?们?,?"
    r"(?:早上|上午|中午|下午|晚上|大家|你们?|您)?好?[,!:。~]"
    r"|(?:尊敬的|亲爱的)[^,。;:!?\n0-9]{1,10}[,!:。~]"
    r"|(?:各位|诸位)[^,。;:!?\n0-9不]{1,10}?们?(?:早上|上午|中午|下午|晚上|大家|你们?|您们?)?(?:好|辛苦了?)?(?:请?注意)?[,!:。~]"
    r"|请?[^,。;:!?\n0-9不]{2,12}(?:们(?:早上|上午|中午|下午|晚上|你|您)?好|注意[了啦]?)[,!:。~]"
    r"|(?:各位?|全体)?[^,。;:!?\n0-9不]{0,8}(?:[长员民主工师]|老师|家长|同学|用户)们?(?:早上|上午|中午|下午|晚上|大家|你们|您们?)好(?:[,!:。~\n]|(?=请|各))"
)
_OFFICES = "后勤|人事|财务|行政|总务|保卫|前台|客服|团委|纪委|党委|支委"
_THANKED = "辛苦|感谢|谢谢|多谢|麻烦|烦请|有劳|劳烦|拜托|各|大家"  # 辛苦各位经理去南区 is no signature
_SIGNED = re.compile(
    rf"(?:[。!?~…\n]|谅解|配合|支持)[—\- ]*((?:(?:(?!{ACTS}|{_THANKED})[^,。;:!?\n0-9@]{{1,16}}{ORG}|{_OFFICES})"
    r"(?:[小老][\u3400-\u9fff])?)?"
    r"(?:\n?[ ]*(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日)?)[ \n。\u2600-\u27bf\U0001f000-\U0001faff]*$"
)
_ROLE = (
    "(?:[安保调仓库资信统设质巡宣后器档][\u3400-\u9fff]{0,2}员|主管|经理|助理|专员|管家|文员|内勤|会计|出纳|教务|总务"
    "|[舍宿]管|[园校厂]医|客服|工程师|护士长|[店班园厂院所部科]长)"
)
_POST = r"(?:管理员|值班员?|值班调度|调度|网格员|楼长|班主任|书记|主任|秘书|干事|站长|队长|组长)"
_BY_POST = re.compile(
    rf"(?:[。!?~…] *\n*|\n)([^,。:;!?\n0-9@请不未找问报交送给由带联]{{0,4}}{_POST}"
    rf"(?:[{SURNAMES}阿小老][\u3400-\u9fff]{{1,2}})?)[ \n。\u2600-\u27bf\U0001f000-\U0001faff]*$"
)
_BY_ROLE = re.compile(
    rf"(?:[。!?~…] *\n*|\n)([^,。:;!?\n0-9@请不未找问报交送给由带联去到向归让派叫跟是]{{0,7}}"
    rf"{_ROLE}[小老阿][\u3400-\u9fff])[ \n。\u2600-\u27bf\U0001f000-\U0001faff]*$"
)
_DASHED = re.compile(r"[-—]{2}([^-—,。;:!?\n]{2,14})[ \n。\u2600-\u27bf\U0001f000-\U0001faff]*$")
_LAST_TAG = re.compile(rf"(?!{STICKER})[【\[][^【】\[\]\n0-9]{{2,8}}[】\]][ \n]*$")
_LAST_CALL = re.compile(r"@(?:各|全体|所有)[^\n,。:;、!@]{1,10}[ \n]*$")
_GROUP_CALL = re.compile(
    r"各|全体|所有|[^,]{0,6}(?:员|们)$"
    r"|(?:楼组|楼|楼栋|单元|班组|小组|年级组|教研组|护士|网格|科|站|队|店|段|工段|校|园|所|村小组|支部|片)长$|(?:村支?|支部|党支部|社区|村)?书记$"
    r"|(?:班|车间|社区|村|教导|科室)主任$|(?:任课|科任)?老师$|家长$|业主$|门卫$|保安$|(?:村)?文书$|会计$|护士$|医生$|司机$|师傅$|(?:部门|科室|车间|项目)?负责人$"
)
_HEADS = ((SKIP, _RELAY), (SOURCE, _SENDER), (SOURCE, _TAG), (NAME, _NAME), (OPENING, _OPENING), (SOURCE, _SOURCE))

_MOST = 12  # layers: nobody relays a notice so often


class Layer(NamedTuple):
    """One layer and its span in the normalised text."""

    name: str
    start: int
    end: int


def _purpose(text: str, at: int) -> Iterator[Layer]:
    """Yield the opening behind the name of who writes: 社区卫生服务中心为迎接年度考核，"""
    if (found := _FOR.match(text, at)) and not _GROUP.search(found[1]):
        yield Layer(OPENING, found.start(2), found.end(2))


def _head(text: str, at: int) -> Layer | None:
    for name, pattern in _HEADS:
        if found := pattern.match(text, at):
            called = name == NAME and _GROUP_CALL.match(found[1])
            return Layer(CALL if called else name, at, found.end())
    return None


def _skip(text: str, at: int) -> int:
    if found := PHRASE.match(text, at):
        at = found.end()
    if found := _ANY_TAG.match(text, at):
        at = found.end()
    while at < len(text) and text[at] in " \n:,。!~":
        at += 1
    return at


def _audience(text: str, at: int, found: list[Layer]) -> Layer | None:
    called = None if any(layer.name == AUDIENCE for layer in found) else _AUDIENCE.match(text, at)
    return Layer(AUDIENCE, at, called.end()) if called else None


def _title(text: str, at: int, found: list[Layer]) -> Layer | None:
    """Read a heading, where there are fewer than two so far."""
    if sum(layer.name == TITLE for layer in found) > 1 or PHRASE.match(text, at):
        return None
    title = _TITLE.match(text, at)
    return Layer(TITLE, at, title.end()) if title else None


def layers(text: str) -> list[Layer]:
    """Return the layers of a normalised text in which a line end stands after each mention."""
    found: list[Layer] = []
    at, before = 0, -1
    while at > before and len(found) < _MOST:
        before = at
        layer = _head(text, at) or _audience(text, at, found) or _title(text, at, found)
        if layer:
            found.append(layer)
        at = layer.end if layer else _skip(text, at)
    return [*found, *_purpose(text, at), *_ending(text, at)]


def _ending(text: str, at: int) -> Iterator[Layer]:
    """Yield the layers behind the notice, which begin after a place: a call, a tag, a signature, closing clauses before or behind it."""
    if (call := _LAST_CALL.search(text)) and call.start() > at:
        yield Layer(CALL, call.start(), len(text))
    if (tag := _LAST_TAG.search(text)) and tag.start() > at:
        yield Layer(TITLE, tag.start(), tag.end())
    signed = _signature(text, len(text))
    end = signed[0] if signed and signed[0] > at else len(text)
    closed, behind = closing(text, end)
    if at < closed < end:
        signed = behind or (signed if end < len(text) else _signature(text, closed))
        yield Layer(CLOSING, closed, behind[0] if behind else end)
    if signed and signed[0] > at:
        yield Layer(SOURCE, *signed)


def _signature(text: str, end: int) -> tuple[int, int] | None:
    signed = _DASHED.search(text, 0, end) or _BY_POST.search(text, 0, end) or _BY_ROLE.search(text, 0, end) or _SIGNED.search(text, 0, end)
    return (signed.start(1), signed.end(1)) if signed and signed[1] else None
