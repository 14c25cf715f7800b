"""A moment that looks due and is not: taken back, forbidden, asked about, told of, or somebody else's."""

import re

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.spec import At, On

_TAKEN_BACK = re.compile(r"[.,…—]*(?:不对|算了|说错|写错|打错|哦不|噢不|啊不|更正|还是(?:改|算)|就(?=[^,。;]{2,8}吧))")
_FORBIDDEN = re.compile(
    r"(?:之?前)?[^,。;]{0,3}(?:不得|不准|不许|不要(?!我|的|[,。;])|禁止|严禁|请勿|切勿)(?!迟|晚|少|低|忘|漏|缺|再?拖|超)"
)
_WHETHER = re.compile(r"(?:是不是|是否|要不要|用不用|需不需要|有没有必要)[^,。;]{0,10}$")
_YES_NO = re.compile(r"^(?![^。;]*(?:给我|发我|给一下|能|帮|麻烦))[^,。;]{0,20}(?:吗|么)$")
_WHAT = re.compile(r"[^,。;看数查]{0,14}(?:哪些|什么|多少|几[份个张]|怎么|谁|哪[个里])[^,。;]{0,6}$")
_I_WILL = re.compile(
    r",?我(?:们|这边)?[^,。;]{0,10}(?:(?:给|发|交|回|送|转|拿|带)[^,。;]{0,4}[你您]|(?:搞定|弄好|做好|完成|到位)(?:[,。]|$))"
)
_UNTIL_NOW = re.compile(r"(?:到|至|截至)$")
_NOT_YET = re.compile(r"(?:为止)?(?:还|仍|都)?(?:没|未|有)")
_LISTED = re.compile(r"[^,。;]{0,2},?(?:没|未)[^,。;:]{0,12}的[^,。;:]{0,10}:")
_DONE = re.compile(r"[^,。;]{0,6}[^,。;会能别]完了(?:[,。;]|$)")
_SENT_OUT = re.compile(
    r"[^,。;不没]{0,4}(?:派(?:人|车|员)|上门(?:来|帮))|[^,。;]{0,8}不用(?:自己|你们|大家|各)|发[到给至](?:各位|大家|你们|每)"
)
_SHIFT = re.compile(r"[、和或及与,](?:早|晚|上午|下午|晚上|每晚|夜里)?[0-9一二三四五六七八九十两]{1,3}(?:点|时|:[0-9]{2})半?(?:以|之)?后")
_COMERS = re.compile(r"(?:车|疾控|专家|领导|队|货|组|急救|消防|师傅|厂家|快递|物资|设备|人员|客户|家长|记者)$")
_COMES = re.compile(r"(?:就|能|会|将|可)?到(?:达|校|场|现场|位|货|站|村|家|院|$|[,;!])")
_READERS = re.compile(r"各|请|全|所有|大家|你|务必|须|要|都|@|必须|其他|[一二三四1-9]组")
_OTHERS = re.compile(r"(?<!其)(?:他们?|她们?|对方|客户|厂家|供应商|专家|老板|导师)[^,。;]?$")
_MY_PLAN = re.compile(
    r"(?:^|[,。;])(?:好的?,?|行,?|嗯,?|可以,?|收到,?|明白,?)?我(?:们)?(?:按|来|去|会|先|这就|负责|马上|回去|这边|争取|尽量)[^。;]*$"
)
_ANSWER = re.compile(r"(?:收到|好的?|明白|行|嗯+|没问题|可以|知道了|OK|ok)[,! ]")
_ANNOUNCED = re.compile(r",?(?:就|会|将|统一|陆续)?[^,。;]{0,4}(?:公布结果|揭晓|到货|到账|给大家|给各|发下来|寄到|出结果)")
_HABIT = re.compile(r"(?:每(?:[天日晚早周月班次单起]|个(?:月|工作日|星期))|逐日|天天|日常|平时|今后|以后|原则上|长期)[^。;]*$")
_TALE = re.compile(r"(?:昨[天晚日夜]|前天|上[周月]|去年|当年|那[天年晚]|曾)[^。;]*$")
_UNDER_WAY = re.compile(r"(?:正在|[们里方家上]在)[写改做整弄赶补核统汇查修办][^。;]{0,16}$")
_MEASURE = re.compile(r"(?:缩短?到|压缩?到|控制在|降到|缩至|不超过|达到|保持在|提速到|提高到)$")
_NAMES_A_THING = re.compile(
    r"(?!完成|做好|开展|组织|进行|[^,。;]{0,4}[把将请])[^,。;]{1,12}(?:通告|通知|公告|提醒|要求|安排|排查|检查|走访|慰问|例会|会议|教育|谈话|大扫除)(?:[,。:;]|$)"
)
_TOLD_TO = re.compile(r"请|务必|必须|要|应|须|得|[交报完]")
_FOR_A_FEAST = re.compile(
    r",|$|[^,。;]{0,3}(?:务必|必须|要|请|把|将|都|全部|得)|[^,。;]{0,16}(?:[交报完发传清填做办收买贴补送签装换修搞备挂拆结改写回停]|整改|落实|到位|上线|好)"
)
_HAPPENS = re.compile(r",?(?:[就便已涨售卖抢能会]|连续|多次|接连|累计|雨量|降[雨温]|来[电水]|有[雨效]|可(?!以?[交报])|预计)")
_TO_ME = re.compile(r"给我|发我|报我|交我|找我|请|大家|各|你|务必|@")


def _question(found: Found) -> bool:
    return bool(_WHETHER.search(found.sentence) or _YES_NO.match(found.after) or _WHAT.match(found.after))


def _told(found: Found) -> bool:
    until_now = found.day.on is On.OFFSET and found.day.a == 0 and _UNTIL_NOW.search(found.clause) and _NOT_YET.match(found.after)
    return bool(until_now or _LISTED.match(found.after) or (not found.mark and _DONE.match(found.after)))


def _elsetime(found: Found) -> bool:
    """Return whether a span belongs to a habit or a tale."""
    return found.time.at is At.AFTER and bool(
        _HABIT.search(found.sentence) or (_TALE.search(found.sentence) and not _READERS.search(found.sentence))
    )


def _others(found: Found) -> bool:
    comes = _COMERS.search(found.clause) and _COMES.match(found.after) and not _READERS.search(found.clause)
    announced = _ANNOUNCED.match(found.after) and not _READERS.search(found.sentence)
    return bool(comes or announced or _SENT_OUT.match(found.after) or _OTHERS.search(found.clause))


def _planned(found: Found) -> bool:
    plan = _MY_PLAN.search(found.sentence) or (not found.mark and _UNDER_WAY.search(found.sentence))
    plan = plan or _ANSWER.match(found.sentence)
    return bool(_I_WILL.match(found.after)) or (bool(plan) and not _TO_ME.search(found.sentence + found.after))


def moot(found: Found) -> bool:
    """Return whether nothing is asked of the readers by the moment found."""
    if found.mark.endswith("前") and found.after.startswith("的"):
        return True
    if _TAKEN_BACK.match(found.after) or _FORBIDDEN.match(found.after) or _SHIFT.match(found.after):
        return True
    if found.mark.endswith("内") and _HAPPENS.match(found.after):
        return True
    if _MEASURE.search(found.clause) or (
        found.day.on is On.HOLIDAY
        and (_NAMES_A_THING.match(found.after) or not (_TOLD_TO.search(found.clause) or _FOR_A_FEAST.match(found.after)))
    ):
        return True
    return _elsetime(found) or _question(found) or _told(found) or _others(found) or _planned(found)
