"""A unit's own group rules, sentence by sentence, to facts. What a sentence forbids is left out, but for 严禁退群 and its kind."""

import re

import polars as pl

from qingqun.enrich.cues import cue
from qingqun.enrich.normal import normalise

POLICIES = pl.Schema({"line": pl.Int64(), "text": pl.String()})
_ENDS = re.compile("[^。！？；!?;\n]+[。！？；!?;]?")
_L = r"[^。;!?\n]"
_NUMBER = "[0-9一二三四五六七八九十半两]{1,3}"
_SPAN = f"(?:{_NUMBER} ?个?(?:分钟|小时|钟头)|一刻钟|半个?小时)"
_ANSWER = "回复|响应|回应|应答|答复|回话|确认|反馈|查看|收到"
_NOW = "马上|立即|立刻|即时|第一时间|秒回|秒复"
_BOUND = (
    "必须|务必|一律|全员|全体|人人|每人|每名|每位|应当|应该|应|须|[^必]要求|有义务|均要|都要|要及时|要第一时间|"
    "(?:成员|人员|同志|干部|大家)要"
)
_SPREAD = "转发|分享|点赞|关注|在看|转载|评论"
_SHOT = "照片|图片|截图|视频|定位|现场图"
_HABIT = "回复|响应|发言|点赞|转发|打卡|在线|登录|已读|未读|活跃|签到|回执|接龙|积分"
_COST = "考核|扣分|加分|积分|排名|评优|评先|绩效|罚款|罚|通报|点名|警告|约谈|检讨|红包"
_REST = "节假日|休息日|双休日|周末|下班后|夜间|夜里|深夜|晚上|非工作时间|非上班时间|八小时(?:以|之)?外|8小时(?:以|之)?外"
_KEPT = "不(?:得|能|可|准)(超过|少于|低于|迟于|晚于)"
_DENIED = (
    r"(?:不得|严禁|禁止|不准|不要|杜绝|不再|不必|无需|不允许|不提倡|不强制|不要求|不(?:以|把|将|搞|作|用|在|纳入))"
    r"[^,;。!?\n]*"
)
PATTERNS = {
    "wants_instant": f"{_SPAN}(?:之|以)?内{_L}{{0,16}}(?:{_ANSWER})|(?:{_NOW}){_L}{{0,8}}(?:{_ANSWER})|(?:{_ANSWER}){_L}{{0,12}}(?:须"
    f"|不)超过 ?{_SPAN}"
    f"|{_SPAN}{_L}{{0,6}}(?:未|不|没|没有){_L}{{0,4}}(?:{_ANSWER}|回)|(?:未|不|"
    f"没有?){_L}{{0,4}}(?:{_ANSWER}){_L}{{0,10}}(?:超过|满|达) ?{_SPAN}"
    f"|秒回|(?:{_ANSWER}){_L}{{0,6}}时限{_L}{{0,6}}{_SPAN}",
    "wants_receipt": f'(?:收到|阅后|看到|接到|接收){_L}{{0,12}}(?:回复|回执|接龙|签收|回[“"]?收到)|(?:逐一|逐条|人人|全员|必须|一律'
    f"|每人){_L}{{0,10}}(?:接龙|打卡|签到|回复)"
    f"|每[日天周]{_L}{{0,8}}(?:打卡|签到|接龙)",
    "wants_forward": f"(?:{_BOUND}){_L}{{0,18}}(?:{_SPREAD})|(?:{_SPREAD}){_L}{{0,18}}(?:义务|任务|指标|朋友圈|必须|务必)"
    f"|(?:不|未|没有?|拒不){_L}{{0,3}}(?:{_SPREAD}){_L}{{0,16}}(?:{_COST}|取消|追究|处理)",
    "wants_photo": f"(?:上传|发送|报送|拍|晒|提供|附){_L}{{0,12}}(?:{_SHOT})|(?:{_SHOT}){_L}{{0,14}}(?:上传|发至|发到|发在|报|佐证"
    f"|留痕|进群)",
    "wants_install": f"(?:{_BOUND}){_L}{{0,10}}(?:安装|下载|注册|登录)|(?:安装|激活|登录|活跃)率",
    "wants_score": f"(?:{_HABIT}){_L}{{0,24}}(?:{_COST})|(?:{_COST}){_L}{{0,14}}(?:{_HABIT})",
    "late_hours": "[0-9]{1,2} ?[:点时][0-9]{0,2}分? ?(?:至|到|-|—|~|~)+ ?(?:当日|当天|晚上?|夜里)?(?:19|2[0-4]|[89] ?点) ?[:点时]?",
    "always_on": f"24 ?小时{_L}{{0,10}}(?:开机|在线|响应|待命|畅通|关注)|(?:随时|时刻|全天候|保持){_L}{{0,8}}(?:在线|响应|待命|查看"
    f"|关注|开机|畅通)"
    f"|(?:{_REST}){_L}{{0,14}}(?:也要|必须|须|应|仍|均|同样|亦|都要|照常|当晚|当天){_L}{{0,10}}(?:回复|响应|关注|查看|在线|处理|办理|办结)"
    f"|每(?:隔)?(?:{_NUMBER} ?个?)?(?:半?个?小时|分钟){_L}{{0,6}}(?:查看|看|刷|浏览){_L}{{0,4}}(?:一次)?{_L}{{0,3}}(?:群|消息|信息)",
}
_URGENT = "值班|应急|突发|抢险|险情|灾|事故|防汛抗旱"


def sentences(lines: list[str]) -> pl.DataFrame:
    """Cut a text into sentences: a table with `line` (from 1) and `text`, in order."""
    found = [(number, one.strip()) for number, line in enumerate(lines, 1) for one in _ENDS.findall(line) if one.strip()]
    return pl.DataFrame(found, schema=POLICIES, orient="row")


def policies(table: pl.DataFrame) -> pl.DataFrame:
    """Add one column per fact of facts/policies.py. In: `line` and `text`, a row a sentence."""
    plain = normalise(table["text"])
    said = plain.str.replace_all(_KEPT, "须$1").str.replace_all(_DENIED, "")
    facts = {name: said.str.contains(pattern) for name, pattern in PATTERNS.items()}
    return table.with_columns(is_urgent=plain.str.contains(_URGENT), no_leaving=cue("forces_joining", plain), **facts)
