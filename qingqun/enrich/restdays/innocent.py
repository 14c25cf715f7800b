"""What looks like an order on a day off and is none: an offer, a roster, a question, a thing called off, what others do.

Told by the words of the sentence around the moment; a roster, a return for the work and an emergency by those of the whole text.
"""

import re

from qingqun.enrich.restdays.place import Place
from qingqun.enrich.restdays.words import ALL, NO_REST, WHO

_OFFERED = re.compile(
    r"自愿|愿意|乐意|欢迎|感兴趣|有兴趣|有意(?!见)|有空|有时间的|没空|想(?:去|来|参加|报名|试|学|玩|看)|不勉强|不强制|自选|任选|报名参加|报了?名的"
    r"|接受报名|可以?(?:来|去|报名|参加|自行|不)|谁(?:能|去|来|有)"
)
_ROSTER = re.compile(r"(?:值班|值守|轮值|排班|轮班|带班|值日|听班|备勤|班次)[^,。;\n]{0,4}(?:表|安排|名单|计划|轮值|如下|:|人员|电话|室)")
_ON_DUTY = re.compile(
    r"值班|值守|轮值|轮班|轮流(?!下|加班|入户|走访|进村|到村|包)|轮休|轮岗|当班|排班|值日|带班|在班|接班|交班|执勤|备勤|待命|听班|替班|倒班|[早中夜晚白]班|二线"
    r"|应急(?:队|小组|人员|分队)|民兵"
)
_ASKED = re.compile(
    r"[吗么呢](?:[,。;]|$)|是不是|是否|能不能|可不可以|要不要|有没有|行不行|还是(?:在|开|线)|请问|谁|哪[个位天里]|几点|多少人"
)
_CALLED_OFF = re.compile(
    r"不安排|不开(?!小差)|不再|不用|不必|无需|不需要|无须|不要求|不组织|不搞|不召开|不举[行办]|不参加|严禁|禁止|请勿|别[来去布]|别安排(?!别的|其他|私)|不上班(?!的)|不办[理公]|不对外|不营业"
    r"|不得(?:要求|安排|布置|组织|占用|召开|开会|强|利用|以任何名义)|不要(?!求|迟|缺|忘|请假)|占用(?:周末|休息|节假|双休|私人|业余|时间)"
    r"|(?<!不)(?<!得)取消(?!双休|周末|休|假|轮休|节|公休)|暂停|暂不|另行通知|免(?:去|开)|停(?:[水电气诊办业课产机工]|止|用|运|开)"
)
_MOVED = re.compile(r"取消(?!双休|周末|休|假|轮休|节|公休)|改[到在为至成期]|延期|推迟|顺延|延后|提前到|原定|不勉强|不统计")
_MOVED_HERE = re.compile(r"(?:改[到在为至成期]|(?:延期|推迟|顺延|延后|提前|挪|调整)[到至为在])$")
_PEOPLE = (
    "(?:居民|村民|市民|乡亲|宗亲|邻居"
    "|住户|用户|业主|租户|家长|同学|学生|考生|读者|顾客|客户|旅客|社员|会员|粉丝|商户|店家|宝贝|宝妈|亲爱的)"
)
_TO_OTHERS = re.compile(
    rf"(?:^|\n)[^,。:!\n]{{0,6}}(?:各位|亲爱的|尊敬的|全体|广大)[^,。:!\n]{{0,8}}{_PEOPLE}(?:朋友)?们?"
    r"(?:[,:!。、 \n(]|[早晚上下午中]*好|$)"
    rf"|各位[^,。:!\n]{{0,4}}{_PEOPLE}|^[^,。:!\n]{{0,6}}{_PEOPLE}(?:朋友)?们|孩子们|(?:村民|居民|业主|邻居|家长|同学)(?:朋友)?们"
)
_RESTS = re.compile(r"(?<![不无未没])(?<!取消)(?<!停止)(?<!放弃)(?<!牺牲)(?:休息(?!日|室)|放假(?!通知)|休假|居家)")
_PERSONS = (
    "(?:居民|群众|村民|市民|百姓|老百姓|乡亲|读者|观众|顾客|客人|客户|商户|商家|业主|住户|租户|车主|家长|学生|同学|孩子|小朋友|宝宝|娃|考生|新生"
    "|患者|病人|社员|会员|老人|长者|游客|旅客|乘客|工程师|师傅|厂家|厂商|供应商|运营商|专家|医生|领导|局长|市长|县长|区长|总经理|老板"
    "|他们?|她们?|对方|台风|儿子|女儿|老婆|老公|我妈|我爸)"
)
_BODIES = (
    "(?:施工队|工程队|物业|快递|供电|电力|自来水|燃气公司|医院|卫生院|业委会|剧团|支队|总队|检查组|督查组|考核组|巡察组|验收组|法院|气象|超市|银行"
    "|市场(?!监|局|所|科|部))"
)
_TITLE = "(?:书记|主任|主席|委员|[局市县区镇乡院校厂部处科行]长|总(?:经理|监))"
_LEADER_BEFORE = re.compile(rf"^[^,。;请各全每]{{0,8}}{_TITLE}[^,。;请各]{{0,2}}$")
_LEADER_AFTER = re.compile(rf"[^,。;请各全每所和、]{{0,10}}{_TITLE}(?!们|带队|[和、])[^,。;]")
_FROM = "(?:有|由|是|要|将|借给|租给|留给|请来的?|[省市区县镇乡村]|所有|外地|本地|新|老|困难)*"
_SOME_BEFORE = re.compile(rf"(?:{_PERSONS}|^我|[,。;:]我|我们?这边|本人|俺|咱俩?)[^,。;请各]{{0,4}}$")
_BIDDEN = "请(?:广大|各位|全体)?(?:居民|村民|市民|群众|业主|住户|租户|游客|旅客|家长|车主|商户|读者)(?:朋友)?们?(?!小组|代表|委员)"
_SOME_AFTER = re.compile(rf"{_FROM}(?:{_PERSONS}|我(?!们[^,。;]{{0,3}}[全都各])|俺)|{_BIDDEN}")
_BODY_BEFORE, _BODY_AFTER = re.compile(rf"{_BODIES}[^,。;请各]{{0,4}}$"), re.compile(rf"{_FROM}{_BODIES}")
_MINE = re.compile(r"(?:^|[,。;])(?:我|本人)(?!们)[^请各全]*$")
_NARRATED = re.compile(r"了(?:[,。!~;]|$)|过(?:了|[,。;]|$)|刚才|已经?(?:安排|完成|开|办|结束|布置|收|通知|定)")
_SUPPOSED = re.compile(
    r"(?:确需|如需|如有|如果|如|若|凡|逢|遇|要是|万一|比如|个别|有的|有些|少数|某些|部分[^,。;]{0,4}|打算|计划|预计|可能|大概|争取|考虑|再不|不然|否则"
    r"|原定|原计划|本来|建议|听说|据说|据)[^,。;]{0,8}$"
)
_MIGHT = re.compile(r"(?:就要|快要|就|将|要)[^,。;]{0,6}了|[^,。;]{0,8}(?:可能|大概|估计|或许|打算|说不定|建议|预计|将有|会有)")
_CARED_FOR = re.compile(
    r"(?:做好|抓好|加强|落实好?|强化|确保|保障|部署|制定|通报|关于|印发|方案|防范|应对|备好|准备|预订|订购|迎接)[^,。;]{0,6}$"
)
_PUBLIC = re.compile(
    r"开放|营业|闭馆|停电|停水|停气|停机|割接|升级|切换|封路|交通管制|降雨|[中大暴]雨|雷阵|气温|降温|寒潮|大风|预报|考试|监考|考点|高考|中考|义诊|免费"
    r"|促销|直播|展览|演出|婚|寿宴|生日|快乐|愉快"
)
_LEISURE = re.compile(r"聚餐|聚会|团建|联欢|球赛|比赛|健步走|疗休养|体检|联谊|旅游|郊游|运动会|晚会|看电影|吃饭|喝酒|打球|爬山|出游|露营")
_RETURNED = re.compile(r"补休|调休(?!上班)|倒休|换休|串休|加班费|加班工资|加班补|[三双两23]倍(?:工资|薪)|双薪")
_EMERGENCY = re.compile(
    r"应急响应|级响应|抢险|救灾|抗洪|泄洪|超警|台风|山洪|滑坡(?!隐患)|决口|险情(?!排查)|灾后|搜救|疫情|确诊|密接|[红橙]色预警|暴雪|扑火|扑救|山火"
    r"|被困|爆管|泄漏|发生[^,。;]{0,8}(?:事故|火灾|地震)"
)
_DRILLED = re.compile(r"演练|演习|培训|学习|宣传|台账|会议|推演|警示|教育|普查|考核|比武")
_CRITICISED = re.compile(r"(?:这种|此类|上述)(?:做法|现象|行为|情况)|加重[^,。;]{0,6}负担|形式主义")
_EVERYBODY, _RESTED, _ORDERED = re.compile(ALL), re.compile(NO_REST), re.compile(WHO)
_WHOLE = re.compile("全[体员]|所有")


def lawful(text: str) -> bool:
    """Tell whether the whole text gives a return for the work, criticises it or answers an emergency."""
    if _RETURNED.search(text) or _CRITICISED.search(text):
        return True
    return bool(_EMERGENCY.search(text)) and not _DRILLED.search(text)


def roster(text: str) -> bool:
    """Tell whether the whole text publishes who is on duty when, and orders nothing of everybody."""
    return bool(_ROSTER.search(text)) and not _EVERYBODY.search(text)


def addressed(text: str) -> bool:
    """Tell whether the whole text speaks to others than those who work: parents, pupils, residents, customers."""
    return bool(_TO_OTHERS.search(text))


def others(where: Place) -> bool:
    """Tell whether somebody else acts then, the sender alone does, or it is only supposed."""
    if _SUPPOSED.search(where.clause) or _CARED_FOR.search(where.clause) or _MIGHT.match(where.head):
        return True
    if _MINE.search(where.sentence) or _SOME_BEFORE.search(where.clause) or _SOME_AFTER.match(where.head):
        return True
    if led(where):
        return True
    body = _BODY_BEFORE.search(where.clause) or _BODY_AFTER.match(where.head)
    return bool(body) and not _WHOLE.search(where.head)


def led(where: Place) -> bool:
    """Tell whether a single person with a title is who acts then."""
    return bool(_LEADER_BEFORE.search(where.clause) or _LEADER_AFTER.match(where.head))


def _off(where: Place) -> bool:
    """Tell whether it is called off, or moved to another time."""
    before = _MOVED_HERE.sub("", where.clause) if _MOVED_HERE.search(where.clause) else where.sentence
    if _CALLED_OFF.search(before + where.head) or _MOVED.search(where.after):
        return True
    return before is where.sentence and bool(_MOVED.search(before))


def spared(where: Place) -> bool:
    """Tell whether the sentence offers, asks, calls off, tells of or leaves it to those on duty."""
    near, whole = where.sentence + where.head, where.sentence + where.after
    if where.asked or _ASKED.search(near) or _OFFERED.search(whole) or _off(where):
        return True
    if _RESTS.search(near) and not _RESTED.search(near):
        return True
    if _NARRATED.search(near) and not _ORDERED.search(near):
        return True
    quiet = _ON_DUTY.search(whole) or _LEISURE.search(near) or _PUBLIC.search(near)
    return bool(quiet) and not _EVERYBODY.search(whole)
