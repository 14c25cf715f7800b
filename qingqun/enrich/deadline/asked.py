"""Is a time expression the moment by which something is asked? The words around it decide."""

import re

from qingqun.enrich.deadline.moot import moot
from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.spec import At, On
from qingqun.enrich.deadline.tally import by_me, counted, given, later
from qingqun.enrich.deadline.urge import urged

# What is handed over, to whom: a time straight before it is the last moment for it.
_HAND = (
    r"(?:给我|给到|发我|发给|报我|交我|传我|回我|找我|私我|告诉我|发到|发至|发(?=[^,。;把给我]{0,5}(?:采购|办|科|室|处|部|中心|邮箱|组|站|工)(?:[,。;!]|$))|发送|发群|传到|传至|报送|报给|报至|报备|上报|汇给|汇到|报到(?![流须的时当地日证,。]|$)|报[^名纸废警告销到]|交到|交至|交给|交齐|交[^流通接警叉班]|提交|上交|上传"
    r"|反馈|答复|回复|回话|回传|回执|送达|送到|送至|送交|报$|交$|交来|收齐|汇总|汇齐|填报|填完|填好|完成|办完|办结|弄完|弄好|做完|做好|改完|改好|补齐|补完|补报|补交|清零|整改)"
)
_MANNER = (
    r"(?:务必|一定|必须|统一|准时|准点|要|得|须|需|应|请|就|都|全部|先|再|集中|各自|尽量|麻烦|直接|内|将|[看读学听核填]完(?:后|了)?|把[^,。;]{1,16}"
    r"|[^,。;我]{0,8}(?:把|将)[^,。;]{1,16}){0,3}"
)
_DEMAND = re.compile(rf",?{_MANNER}{_HAND}")
_LONG_DEMAND = re.compile(rf"[^。;]{{0,30}}{_HAND}")
_RESULT = re.compile(
    r"[^,。;!?\n]{0,24}(?:[打弄写改做填备整办补传贴交收搞录核理装报清准印学看修找查排算][完好齐掉到清毕全]|走完|一遍|清零|下载|注册|整改|撤|[补传贴报挂]上)(?:[,。;!?了完哈啊哦噢呀吧]|$|[^,。;]{1,8}$)"
)
_ORDER = re.compile(r"(?:务必|一定要?|必须|请|记得|要)(?:把|将)")
_THREAT = re.compile(
    r"(?:还|仍|再|如|若|没|未|不)[^,。;]{0,4}(?:缺|没|未|不)|(?:没|未)[^,。;]{0,8}的"
    r"|[^,。;]{0,5}(?:来看|进来看|统计|截图|截屏|截止|截稿|关闭|关(?:问卷|通道|系统|链接|入口|接龙|群)|关门$|结束统计|关[,。!]|关$|封箱|封账|封版|封存|停收|收齐|收卷|收稿|定稿|锁定|停报|停止(?:受理|报名|接龙|填报|收|投票|录入)|要(?:稿|数|表|结果|名单|材料|答复|反馈)|点名|清点|收网|下线|收口|就?要[,。!]|就?要$|要看到|要用|要送|开天窗)"
)
_TILL = re.compile(
    r"(?:最迟|最晚|不晚于|不迟于|不得晚于|不得迟于|务必于|务必在|限于|限在|限|赶在|争取在?|限到|给[^,。;]{1,4}到|(?:最多|就|只|再|我)?等[到至]|(?:宽限|放宽)[到至]|(?:即日|现在|今天|今日)起?,?[到至]|截止?(?:收|报名|接龙|提交|填报|受理)[^,。;]{0,4}(?:于|到|至|为)?|(?:征集|收集|报名|接龙|登记|受理|投票|填报|申报|征期|申报期|报名期|征集期|缴费期)(?:时间)?(?:截?到|至|为)|(?:截止|报送|提交|上报|交稿|报名|填报|收)[^,。;]{0,10}(?:延长?期?|推迟|顺延|提前|改|放宽)(?:到|至|为|成))$"
)
_DEADLINE_WORD = re.compile(r"(?:截止|截稿|截至|截标)(?:时间|日期|期限|日)?(?:是|为|到|至|于|:)*$")
_TERM_WORD = re.compile(
    r"(?:时限|期限|(?:停止|截止|关闭|结束)[^,。;]{0,4}的?时间|完成时间|报送时间|提交时间|上报时间|反馈时间|时间节点|办结时间|交稿时间|最后(?:期限|时间|一天)|交期|deadline|ddl|DDL)(?:要求|定)?(?:是|为|到|至|于|在|:| )*$"
)
_POSTPONED = re.compile(r"^(?![^,。;]*(?:会|课|赛|考|活动|演练|培训|婚|节))[^,。;]*(?:延期?|延长|顺延|推迟)[到至]$")
_STATE = re.compile(r"时?(?:,|:)?[^。;]{0,12}(?:共|已|新增|仍有|还有|仅|只|累计|全[县市区镇省]|应|我[县市区镇]|安装率|完成率|率|未)")
_AT = re.compile(r"(?:请|须|需|应|要|务必|必须|可|各[^,。;]{1,14}|统一)[^,。;]{0,14}(?:于|在)$|^(?:于|在)$")
_PAST = re.compile(
    r"(?:,?(?:仍|均|都|还)?(?:可以?|能)(?:继续|正常|照常)?(?:使用|通行|兑换|领|退|换|用|免费)|仍?有效|,?(?:就|均|都|即)?已(?:经)?[^收知阅]|刚|没来得及|来不及|没赶上|可能|预计|曾|的?时候|内?(?:网|存|部)|发生|出生|毕业|入职|参加工作|取得|购[买入]的|登记的)"
)
_OVER = re.compile(
    r"(?:去年|前年|上周|上月|上次|昨[天日晚夜]?|原计划|此前|曾|预计|估计|可能|大概|恐怕|也许|期间|到岗后|日常|平时|往年|历年|若是|提前|不用|不必|无需|不急)[^,。;的]{0,9}$"
    r"|(?:^|[^按照])原定[^,。;]{0,9}$|(?:每[天日晚周月年次季早]|每[^,。;]{0,4}(?:小时|分钟)|逐日|天天|每个?(?:学期|季度|星期|礼拜|月|$))[^,。;]{0,9}$"
)
_RECURS = re.compile(
    r"(?:每[天日晚周月年季早]|每个?(?:工作日|月|季度|学期|星期|礼拜|周末|晚上|早上)|每隔?[^,。;]{0,3}(?:小时|分钟|天)|逐日|天天)[^,。;的]{0,9}$|每逢?$"
)
_HABIT = 24  # no name of a habit is longer, with what may stand behind it
_EVENTFUL = re.compile(
    r"(?:发现|查出|开单|出现|投诉|结果|接到|遇|异常|不合格|一旦|超过|到岗后|每|后的?|逾期|留样|未来|预计|最近|过去|近|前|截至)[^,。;]{0,14}$"
)
_IMAGINED = re.compile(r"(?:查出|一旦|如遇|如有|凡|每次|遇到|遇有|若有|如果|如需|若需|出现|发生|接报|受理|下单|报修|报案)[^。;]{0,24}$")
_TOLD = re.compile(r"(?:收到|接到|接|见|看到|阅)(?:本|此|以上|上述|该)?(?:通知|消息|信息|文件|群消息|条|后)[^,。;]{0,6}$")
_OWN = re.compile(r"(?:^|[^给发报交找私回告诉帮])(?:我|我们|俺|咱们?|本人)(?:这边|自己|们)?[^,。;请]{0,8}$")
_OWN_AFTER = re.compile(r"我(?:们|这边|来|会|再|去|过|把|给|就|先|第一|下|跟|和|让|带|送)")
_WANT = re.compile(r"我[^,。;]{0,3}(?:要看|要用|要送|要报|来看|进来|定稿|统计|截图|汇总|收齐|清点|关|点名|得看)")
_NOT_OWN = re.compile(r"请|我要|希望|麻烦|要求|给我|发我|报我|交我")
_FORBID = re.compile(r"(?:之?内)?[^,。;]{0,4}(?:不得|不能|不可|禁止|严禁|有效|免费|可以?[领来取用换退])")
_REPLY_RULE = re.compile(r"不[^,。;]{1,6}(?:视为|按|算)")
_LATER = re.compile(r"(?:没|未|不|还|人就到|要(?:检查|看|用)|检查|来检|点名|统计|截图|关|收|我(?:来|进来)?看)")
_AFTERWARDS = re.compile(rf"后{_MANNER}(?:传真|{_HAND})")
_STOPPED = re.compile(r"(?:,)?[^,。;]{0,12}(?:停用|停发|停止|取消|关闭|不予|不再|禁止|作废|锁定|冻结|扣)")
_ELSE = re.compile(r"(?:不|未|没)[^,。;]{1,12}的[^。;]{0,8}$")
_PERMIT = re.compile(r"(?:可凭|可以|可在|可于|可)[^,。;]{0,6}$")
_ENJOY = re.compile(r"[^,。;]{0,8}(?:[领取换退用享兑查购]|免费|补办|参观|入场|通行)")
_SOFT = re.compile(r"[^,。;]{0,5}(?:来看|进来看|统计|截图|截屏|点名|清点|要看到|要用|要送|关[,。!])")
_CLOSES = re.compile(r"[^,。;]{0,5}(?:截止|截稿|关闭|停止|停收|锁定|还|仍|没|未|不)")
_NARRATED = re.compile(
    r"[^,。;]{0,20}(?:终于|总算|已|刚|才|没|居然|竟|被|我|他|她|忘|差点)|(?![^,。;]*(?:都|全|务必|必须|给我))[^,。;]{1,24}了(?:[,。;~]|$)"
)
_CELEBRATE = re.compile(r"[^,。;]{0,3}(?:真|很|你|您|大家|家|上|午|太|挺|天气|不)好")
_OTHER = re.compile(r"(?:他们|她们|对方|法院|财政|客户|厂家|供应商|领导说)[^,。;]{0,3}$")
_DURING = re.compile(r"期间[^,。;]{0,12},?[^,。;]{0,6}$")
_AGREED = re.compile(r"(?:就|定在|定到|按)$")
_TODAY = (On.OFFSET, 0, None, 0, "")
_BEFORE = ("前", "之前", "以前", "截止", "为止", "止", "为限", "内", "之内", "以内")


def _lasting(found: Found) -> bool:
    """Return whether a time span is counted from now: not from an event the message only imagines."""
    if _FORBID.match(found.after) or _REPLY_RULE.match(found.after):
        return False
    return bool(_TOLD.search(found.sentence)) or not (_EVENTFUL.search(found.sentence) or _IMAGINED.search(found.sentence))


def _marked(found: Found) -> bool:
    if _PAST.match(found.after) or (_PERMIT.search(found.clause) and _ENJOY.match(found.after)):
        return False
    counted = (
        found.time.at is At.AFTER or found.day.on in (On.WORKDAYS, On.MONTHS) or (found.mark.endswith("内") and found.day.on is On.OFFSET)
    )
    return _lasting(found) if counted and found.day != (On.OFFSET, 0, None, 0, "") else True


def _own(found: Found) -> bool:
    """Return whether the sender speaks of what he or others do, and asks nothing."""
    if _WANT.match(found.after) or _NOT_OWN.search(found.sentence):
        return False
    return bool(_OWN.search(found.clause) or _OTHER.search(found.clause) or (not found.mark and _OWN_AFTER.match(found.after)))


def _stated(found: Found) -> bool:
    """Return whether the words before call it the last moment: 截止时间：, 最迟."""
    if _POSTPONED.search(found.clause):
        return True
    if _AGREED.search(found.clause) and found.after.startswith("吧"):
        return True
    if _TILL.search(found.clause) or _TERM_WORD.search(found.clause):
        return True
    word = _DEADLINE_WORD.search(found.clause)
    if word is None:
        return False
    heading = not found.clause[: word.start()].strip()
    return (
        "时间" in word[0]
        or "日" in word[0]
        or ":" in word[0]
        or not (_STATE.match(found.after) or (heading and ("至" in word[0] or found.day == _TODAY)))
    )


def _vague(found: Found) -> bool:
    """Return whether a day that is far off is only when somebody comes or counts, not when things close."""
    whole = found.time.at is At.END and found.day.on is not On.OFFSET
    return whole and (found.day.on in (On.MONTH, On.YEAR, On.QUARTER) or bool(_SOFT.match(found.after))) and not _CLOSES.match(found.after)


def _bare_demand(found: Found) -> bool:
    if found.ranged:
        return bool(_AT.search(found.clause) and _LONG_DEMAND.match(found.after)) or bool(
            _DEMAND.match(found.after) and found.time.at is At.END
        )
    if (_THREAT.match(found.after) and not _vague(found)) or _DEMAND.match(found.after):
        return True
    if _AT.search(found.clause) and _LONG_DEMAND.match(found.after) and found.time.at is At.END:
        return True
    if _AT.search(found.clause) and found.after.startswith(("把", "将")):
        return True
    if found.day.on is On.NONE and found.after.startswith(("把", "将")):
        return bool(_RESULT.match(found.after))
    today = found.day.on is On.OFFSET and found.time.at is At.END
    if today and _ORDER.match(found.after):
        return True
    return today and bool(_RESULT.match(found.after)) and not (_CELEBRATE.match(found.after) or _NARRATED.match(found.after))


def _elsewhen(found: Found) -> bool:
    """Return whether an hour without a day belongs to another time: 考试期间 7:50前, 开工前."""
    return found.bare and (bool(_DURING.search(found.sentence)) or found.time.at is At.OPENING)


def standing(found: Found) -> bool:
    """Return whether the moment comes again and again, or is a beginning: never one to be done by."""
    near = found.text[max(found.start - _HABIT, 0) : found.start]
    return found.mark == "起" or (("每" in near or "逐日" in near or "天天" in near) and bool(_RECURS.search(found.clause)))


def void(found: Found) -> bool:
    """Return whether nothing can be due at the moment found."""
    return bool(_OVER.search(found.clause)) or found.mark == "起" or _elsewhen(found) or moot(found)


def how_implied(found: Found) -> str:
    """Return which rule sees an implied moment, where one can be due at all; empty where none does.

    The message only lets one see that it is due: somebody counts then, or an order hangs on it.
    """
    if found.mark in _BEFORE:
        return ""
    if urged(found):
        return "urged"
    if found.mark == "后":
        return ""
    return "counted" if counted(found) else "given" if given(found) else ""


def how_asked(found: Found) -> str:
    """Return which rule takes the moment for one asked for, where one can be due at all; empty where none does."""
    if _own(found) and not by_me(found):
        return ""
    if found.bare and found.time.at is At.END and _AFTERWARDS.match(found.after):
        return "afterwards"
    if found.mark == "后":
        return "later" if found.time.at is At.AFTER and (_LATER.match(found.after) or later(found)) else ""
    if found.mark in _BEFORE:
        return "marked" if _marked(found) else ""
    if found.time.at is At.AFTER or found.day.name in ("月", "初"):
        return ""
    return "said" if _stated(found) else "ordered" if _bare_demand(found) else ""


def cut_off(found: Found) -> bool:
    """Return whether those who have not done it lose something from that day on: it is due the day before."""
    return found.mark == "起" and bool(_ELSE.search(found.sentence) and _STOPPED.match(found.after))
