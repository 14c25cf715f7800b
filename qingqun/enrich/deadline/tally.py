"""A moment at which somebody looks, counts or locks: 十点我点数, 九点锁表, 半小时后再数一遍. What is asked is due by then."""

import re

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.spec import At, On

_READILY = r"(?:再|就|来|去|准时|统一|最后|会|要|得|开始|重新|当面|挨个|逐个|直接|马上|一次|先|整|钟){0,4}"
_COUNT = (
    r"(?:数(?=人|头|一|名|票|完|图|份|[,。!]|$)|点(?:数|名|卯|人头|一[遍下次])|清点|盘点|抓数|取数|取值|结榜|刷新|刷一[遍下次]|抽查|抽人|核对|核数|清算|结算|结账|关账|轧账|锁"
    r"|封(?:标|榜|盘|账|箱|版|存|系统|表)|收(?:[,。!]|$|图|表|齐|卷|材料|作业|单|数|网|口)|截(?:屏|图|数|止|稿)|汇(?:总|给|报到|到)|导(?:数|出|表|名单)|拉(?:数|名单|表)"
    r"|定稿|停收|关(?:系统|通道|表|窗口|接龙|入口|群)|下线)"
)
_MINE = r"(?:看|查|收|念|贴|挑|抽|截|盯|问|来|数|点|关|锁|抓|报|核|统计|要|验)"
_BY_ME = re.compile(rf",?(?:我|咱|咱们|我们|本人)[^,。;]{{0,5}}?(?:{_COUNT}|{_MINE})")
_I_COUNT = re.compile(rf",?(?:我|咱们?|我们){_READILY}{_COUNT}")
_BY_SOME = re.compile(rf",?(?:(?:由|请)?[^,。;我他她]{{1,6}})?{_READILY}{_COUNT}")
_STILL = re.compile(
    r"(?:还|仍|再|要是|如果|若)[^,。;]{0,4}(?:不|没|未|挂着|飘|空着|停着|堆|摆着|是空)|(?:过|到|达|完成)不了|达不到|够不上|不[交报回填投装办缴传签][^,。;]{0,3}的|,?看(?:谁|哪)"
)
_ELSE = re.compile(
    r"(?!看|参加|直播)[^,。;了]{0,4},(?:再不|再没|还不|还没|没[^,。;]{1,8}的|未[^,。;]{1,8}的|不(?!是)[^,。;]{1,6}的|逾期|过时|过期|过后|过了)"
)
_TALLY_DAY = re.compile(
    rf"(?:{_COUNT}|验收|检查|督查|通报|统计|公示|上会)[^,。;]{{0,6}},(?:[还仍]?[没未][^,。;]{{1,8}}的|[^,。;]{{0,8}}(?:抓紧|赶紧))"
)
_SHUT = re.compile(r"(?:以|之)?后,?[^,。;]{0,8}(?:不(?:再|予|收|受理|算|候|等|认|办)|关闭|停止|锁定|视为|作废|一律不|按[^,。;]{1,8}处理)")
_PASSED = re.compile(r"过了?$")
_NO_MORE = re.compile(r"(?:整|钟)?,?(?:就|一律|概|恕)?不(?:再|收|受理|算|候|等|认|办|补)")
_NODE = re.compile(r"(?:这|的)?(?:个|一)?(?:最后)?(?:时间)?(?:节点|死线|底线|大限|关口)")
_LAST = re.compile(r"(?:就|是|即|为)?(?:最后(?:一天|期限|一刻)|结束|收官|收尾|截止)(?:了|啦|哦|哈)?(?:[,。!]|$)")
_OPEN = re.compile(r"票|接龙|报名|没[^,。;]{1,4}的|答题|填报|征集|打卡|问卷|报送|缴|申报|打榜|名额")
_WINDOW = re.compile(
    r"(?:报名|填报|申报|征集|提交|报送|接龙|投票|受理|缴费|收集|反馈|选课|登记|上报|自查|补报|采集|录入|征订|认领)(?:的|工作)?(?:起止|截止|开放)?(?:时间|期限|日期|窗口|通道|期)?(?:安排|开放|定|从|自|为|是|在|:| )*$"
)
_GIVE = re.compile(r"(?:[再就只]给|给|再等|[就只]等|最多等|给(?:我|大家|你们|各位|你)|限[时期]?|宽限|限你们?)$")
_SPENT = re.compile(r",?(?:我[要得]|我看|要|必须|全部|统统|都|把|将|务必)")
_NOT_YET = re.compile(r"[还仍再](?:是)?[不没未]")
_LATER = re.compile(rf"(?:,?我?{_READILY}(?:{_COUNT}|{_MINE}))")


def given(found: Found) -> bool:
    """Return whether a bare span is the time given: 再给三十分钟, 15分钟里我要看到."""
    span = found.time.at is At.AFTER or (found.day.on is On.OFFSET and found.day.name == "")
    return span and bool(
        _GIVE.search(found.clause)
        or (found.time.at is At.AFTER and _NOT_YET.match(found.after))
        or (found.mark == "里" and _SPENT.match(found.after))
    )


def later(found: Found) -> bool:
    """Return whether somebody counts when a span is over: 二十分钟后我来数人头."""
    return bool(_LATER.match(found.after))


def by_me(found: Found) -> bool:
    """Return whether the sender looks or counts at the moment: 十点我点数."""
    return bool(_BY_ME.match(found.after))


def counted(found: Found) -> bool:
    """Return whether what is asked is looked at, counted or closed at the moment. A whole day must be one that ends something."""
    if found.ranged:
        return bool(_WINDOW.search(found.clause))
    exact = found.time.at in (At.CLOCK, At.LOOSE)
    if _NODE.match(found.after) or (exact and _ELSE.match(found.after)):
        return True
    if _SHUT.match(found.after) or (_PASSED.search(found.clause) and _NO_MORE.match(found.after)):
        return True
    if _TALLY_DAY.match(found.after):
        return True
    if _LAST.match(found.after) and _OPEN.search(found.sentence + found.after):
        return True
    if exact or found.day.on is On.DATE or (found.day.on is On.MONTH and found.day.b):
        return bool(_STILL.match(found.after) or by_me(found) or _BY_SOME.match(found.after))
    return found.day.on is not On.NONE and bool(_I_COUNT.match(found.after))
