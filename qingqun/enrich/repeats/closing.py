"""Closing clauses that carry no fact: to pass it on, thanks to somebody, care and good wishes.

Read from the end of a text, clause by clause. A clause is one only as a whole: an order, a number, a place or a threat in it keeps it.
"""

import re
from functools import lru_cache

from qingqun.enrich.repeats.wording import ORG, PHRASE, STICKER

_HAN = "\u3400-\u9fff"
# Inside the name of a group stands nothing that asks for an act: 辛苦各科室派人 is an order, 辛苦各科室 thanks.
_WITHIN = (
    "[^\\W0-9A-Za-z_不未没无勿非免禁停消改取废撤延暂推带交到去来派列清点做看查找拿领送搬扫写填报开关守盯跑把将给请在为从再先就都也要须需应会可能让叫使"
    "登记统计收发转通知打拨签盖巡值检整理准备核对参加集合带走跟进盯]"
)
_PERSON = (
    "们|老师|主任|书记|领导|家长|同事|同志|同学|师傅|兄弟|姐妹|乡亲|邻居|业主|居民|村民|街坊|朋友|伙伴|家人|队员|组员|[组队站所科部局院校园店厂楼班社村段栋镇乡]长|经理|管家|教练"
    "|网格员|志愿者|管理员|负责人|联络员|信息员|宝[爸妈]|爸爸|妈妈|爷爷|奶奶|叔叔|阿姨|大[哥姐]|工友|战友|党员|团员|医生|护士|医护|司机|老板|[商客用住]户"
    "|[职员]工|人员|同仁|代表|干部|会计|文书|成员|会员|委员|师生|老人|老少爷们|大伙儿?"
)
_UNIT = "中心|办公室|单位|部门|科室|社区|支部|班组|小组|车间|街道|乡镇|[局办科处部所站院校园厂村组社队店委镇乡街班家]"
_ANY = "大家伙?儿?|各位|诸位|你们?|您们?|咱们?|我们|亲们?|全体|所有人"
_WHO = (
    f"(?:(?:{_ANY})?(?:{_WITHIN}{{0,7}}(?:{_PERSON})(?:朋友|同志)?们?|[各诸]位{_WITHIN}{{1,5}}[长员师生户友]"
    f"|各{_WITHIN}{{0,6}}(?:{_UNIT})|{_WITHIN}{{2,8}}(?:{_UNIT}))|{_ANY})"
)
_SOFT = "[哦啊哈呀啦吧哟噢喔呢嘛了呗哒滴]{0,3}"

# Passing it on: among one another, to those at home or to one's own group; nobody is named, nothing is to be done but saying it.
_UNSEEN = (
    "(?:家里|身边|楼里|村里|组里|周围|隔壁)?的?(?:老人|邻居|长辈)?有?(?:没有?|不|没在|不在)"
    "(?:用|看|有|会用|会看|会)?(?:微信|手机|群里|群|智能手机|看到|看见|看群|上网)的?"
)
_KIN = (
    f"(?:{_UNSEEN}|家里|身边|周围|隔壁|其他|更多|各自|自己|每一?个?|各|本|那些)?的?"
    "(?:家里?人|左邻右舍|邻里|邻里之间|亲友|亲戚|父母|老人家?|老年人|邻居|街坊|同事|朋友|群众|乡亲|村民|居民"
    "|住户|业主|家长|家属|学生|孩子|员工|职工|工友|组员|队员|成员|商户|[人户]|[没未]在?[来看到群里]{1,2}的人?|(?:家长|业主|楼栋|小区|工作|班级|家族|居民|村民|楼|组|微信)?群)(?:们)?"
)
_INTO = (
    "(?:各自|自己|本|各)?的?(?:(?:家长|业主|楼栋|小区|工作|班级|居民|村民)?群|[店村组班队科家]|小组|车间|社区|部门|单位|片区)(?:里|内|中)?"
)
_BEG = "(?:请|麻烦|烦请|劳烦|有劳|拜托|还请|辛苦|也|再|顺便|记得|务必|都|望|盼|敬请|看到的?|收到的?|后)"
_HELP = "(?:请|也|都|要|再|及时|互相|相互|彼此|多|顺便|给|跟|向|对|和|代为|帮忙|帮着|帮|广泛|一定|务必|尽快|抓紧)"
_SAY = (
    "(?:转告|转达|转发|转传|传达|传阅|扩散|传个?话|捎个?[话信]|带个?[话信]|[转传说]一?[声下]|说说|转转|[转传](?=[给到])|广而告之|奔走相告)"
)
_TELL = "(?:告诉|告知|通知|提醒|知会|招呼|喊|叮嘱)"
_BIT = "(?:一下|一声|一句|下去|出去|开来|到位|提醒)"
_MUTUAL = "(?:互相|相互|彼此|帮忙|帮着|代为)"
_RELAY = (
    f"{_BEG}*(?:{_WHO})?(?:{_HELP}|{_KIN}|{_UNSEEN})*{_SAY}{_BIT}*(?:(?:给|到|至)?{_KIN}|(?:到|至|进|在){_INTO})?{_BIT}?"
    f"|{_BEG}*(?:{_WHO}|{_KIN})?(?:{_HELP}|{_KIN}|{_UNSEEN})*{_TELL}一?[声下]+(?:{_KIN})?"
    f"|{_BEG}*(?:{_WHO})?{_HELP}*{_MUTUAL}{_HELP}*{_TELL}{_BIT}*(?:到|给)?(?:{_KIN})?"
    f"|(?:麻烦|烦请|劳烦|拜托|有劳)(?:{_WHO})?{_HELP}*{_TELL}到{_KIN}(?:家里|家中|手里|那里)?"
)
_THANK = "(?:感谢|谢谢|多谢|感恩|谢过|辛苦|有劳|受累|费心|劳驾|劳烦|难为|麻烦|拜托)"
_FOR = (
    "(?:的?(?:大力|一如既往|积极|热情|辛勤|辛苦)*的?"
    "(?:支持|配合|理解|付出|帮助|帮忙|协助|合作|参与|关注|关心|谅解|体谅|坚守|努力|奉献|信任|厚爱)[与和及、]?){0,4}"
)
_THANKS = (
    f"(?:再次|衷心|非常|十分|特别|最后|在此|先|提前|也|真的|真心|由衷)*(?:{_THANK}){{1,2}}(?:{_WHO})?{_FOR}(?:了|啦|一下|一趟)*"
    f"|(?:{_WHO})(?:都|真|多|这几天|今天|最近)*(?:辛苦|受累|费心|操心|受苦|受委屈|费神)(?:了|啦|一下)*"
    f"|(?:让|给|又要|又得)(?:{_WHO})?(?:受累|费心|添麻烦|操心|添乱)(?:了|啦)*"
    f"|(?:{_WHO})?(?:请|望|还请|也请|敬请|务请)?(?:{_WHO})?(?:多多|多|请|望|给予|互相|相互)*"
    "(?:支持|配合|理解|包涵|担待|体谅|谅解|关注|见谅|海涵|捧场|留意)(?:[与和、](?:支持|配合|理解|谅解))?(?:一下)?"
)
_CARES = (
    "(?:安全|身体|休息|添衣|健康|保重|饮食|补水|避暑|防护|防暑|降温|保暖|防寒|防冻|防滑|防晒|防蚊"
    "|感冒|着凉|中暑|路滑|脚下|慢行|开车|驾驶|出行|交通|行车|人身|用电|用火|自身|路上|台阶)"
)
_SKY = (
    "(?:最近|这几天|这两天|近期|夜里|晚上|早上|早晚|路上|外面|山里)?(?:雨天|雪天|天气?|气温|雨|雪|路|风|太阳|温差)?"
    "(?:又|很|太|渐|转|变|挺|较|比较)?(?:冷|热|凉|黑|滑|大|冷热不定|炎热|寒冷|多变|变化大|路滑)(?:了|啦)?"
)
_CARE = (
    f"(?:{_SKY})?请?(?:{_WHO})?(?:也|都|请|还请|要|务必|一定|千万|最近|这几天|今天|明天|夜里|晚上|路上|出门|出行|开车|骑车|上下班|返程|途中)*"
    f"(?:注意(?:{_CARES})+|(?:当心|小心)(?:{_CARES})*[点些]?|保重(?:身体|龙体)?|平安|慢点[走开骑]?|慢[走行]|多(?:穿|加|添)(?:点|些|件)?(?:衣服?|衣裳)?|加件?衣服?|添件?衣服?"
    "|(?:提前|合理|妥善|自行|统筹)?安排好?(?:自己的?)?(?:时间|行程|出行|生活|工作)|(?:早点|好好|早些|多)休息|多喝(?:点|些)?热?水|照顾好(?:自己|家人|身体|老人孩子)|安全第一"
    "|(?:别|不要|莫|勿|切勿|可别)(?:着凉|感冒|中暑|累着|冻着|热着|跑错|走错|记错|搞错|弄错|看错|白跑|白跑一趟|错过|误事|误了|耽误|忘记|忘|落下|大意|马虎)了?)"
)
_FEAST = (
    "新春|新年|新的一年|周末|中秋|国庆|元旦|端午|五一|春节|元宵|双节|佳节|节日|假期|假日|暑假|寒假|国庆节|中秋节|教师节|护士节|儿童节|妇女节|劳动节|母亲节|父亲节|重阳|重阳节|圣诞|平安夜"
    "|生日|工作|学习|生活|一切|万事|诸事|身体|阖家|合家|全家|家家|出行|旅途|一路|开工|开业|开学|蛇年|马年|羊年|猴年|鸡年|狗年|猪年|鼠年|牛年|虎年|兔年|龙年|巳|早日|每天|心情|天天"
)
_WELL = "快乐|愉快|安康|吉祥|大吉|顺利|如意|健康|平安|幸福|团圆|圆满|顺遂|胜意|顺心|顺风|开心|康复|美满|兴旺|红火|美好|进步|好心情"
_WISH = (
    f"(?:提前|预|恭|顺|先|再次|也|衷心|最后|在此|一并|敬|同)*(?:祝福|祝愿|祝(?!贺)|愿)(?:{_WHO})?(?:{_WHO})?"
    f"(?:{_FEAST}|{_WELL}|都|能|有个?|过个?|好|的|新|在|里|和|节)*(?:{_WELL}|好年|祺|安|节)"
    f"|(?:{_WHO})?(?:{_FEAST})(?:{_FEAST}|{_WELL}|的|都)*(?:{_WELL})|(?:{_WELL}){{2,4}}"
    "|(?:平安|安全|愉快|欢乐|快乐|顺利|温馨)(?:地)?(?:度过|度|过|回家|返程|归来|到家|返乡|出行)"
    "(?:好?(?:[节年夏冬]|假期|周末|暑假|寒假|佳节|台风天|汛期|雨季|每一天))?"
    f"|(?:给|向)?(?:{_WHO})?(?:拜个?[早晚]?年|问个?好)|(?:生意兴隆|财源广进|财源滚滚|步步高升|金榜题名|旗开得胜|马到成功|恭喜发财)+|(?:文明|安全|健康|环保|节约|绿色|平安|防火|防汛)?[^不未没无勿非]{{0,4}}(?:从我做起|人人有责|重于泰山|大于天)"
    f"|欢迎(?:广大)?(?:{_WHO}|各位{_WITHIN}{{1,4}})?(?:踊跃|积极|前来|届时|互相|相互)*(?:参加|参与|报名|光临|咨询|转发|监督|扩散|到来|惠顾|捧场|转告)"
    f"|(?:{_WHO})?(?:都|请|千万|务必|可)*(?:上点?心|重视(?:一下|起来)?|引起重视|当回事|抓紧[点些]?)|晚安|早安|再见|回见|共勉|(?:{_WHO})?(?:一起|共同)?加油|不见不散"
)
_CLOSING = re.compile(f"(?:{_RELAY}|{_THANKS}|{_CARE}|{_WISH}){_SOFT}")
_LEADS = re.compile(f"(?:{_SKY}|{_UNSEEN}{_KIN}){_SOFT}")  # said before a closing only: 天冷了，大家多穿点
_LAST = re.compile(rf"(?<![{_HAN}0-9A-Za-z、:“\"《【\[@%-])([{_HAN}]{{2,30}})(?:（|\()?(?:{STICKER}|[^{_HAN}0-9A-Za-z“\"」』》】\])])*$")
# What begins with an act is no signature: 报街道应急办; but 交通局.
ACTS = "报(?!社)|交(?!通|警|运|投|管)|送(?!变)|找|到|去|由|请|向|给|联系|发(?!改|展)|带|凭|在|经(?!信|济|开|贸|发|管|营|办)|问|通知"
_SIGNED = re.compile(rf"(?:,|——?|--?| )[ ]*((?!{ACTS})[{_HAN}]{{1,14}}{ORG}|[{_HAN}]{{2,10}}(?:委|村两委|管委|支委))[^{_HAN}0-9A-Za-z]*$")
_GROUP = re.compile(f"{_PERSON}|{_UNIT}")
_WINDOW = 44  # characters in which a closing clause or a signature behind one must lie
_ENOUGH = 6  # characters of a notice before them
_MOST = 4  # closing clauses


@lru_cache(maxsize=1 << 14)
def closes(clause: str) -> bool:
    """Return whether a clause is nothing but a closing."""
    return _CLOSING.fullmatch(clause) is not None


def _before(text: str, end: int) -> int:
    """Return where the closing clauses that end at a place begin; the place itself without one. 收到请回复 may follow them."""
    at = first = end
    for _ in range(_MOST):
        found = _LAST.search(text, max(0, at - _WINDOW), at)
        if found is None or found.start(1) < _ENOUGH:
            break
        closed = closes(found[1]) or (first < end and _LEADS.fullmatch(found[1]))
        if not closed and not PHRASE.fullmatch(text, *found.span(1)):
            break
        at = found.start(1)
        first = at if closed else first
    return first


def unlike(one: str, two: str) -> bool:
    """Return whether closing clauses of two texts name other groups: 请业主互相提醒, 请租户互相提醒."""
    groups = [set(_GROUP.findall(text)) for text in (one, two)]
    return all(groups) and not groups[0] & groups[1]


def closing(text: str, end: int) -> tuple[int, tuple[int, int] | None]:
    """Return where the closing clauses of a normalised text up to an end begin, and a signature behind them that stands behind a comma."""
    if (start := _before(text, end)) < end:
        return start, None
    signed = _SIGNED.search(text, max(0, end - _WINDOW), end)
    if signed and (start := _before(text, signed.start())) < signed.start():
        return start, (signed.start(1), signed.end(1))
    return end, None
