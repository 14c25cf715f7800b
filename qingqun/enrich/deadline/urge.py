"""A moment without a mark that an order hangs on: 各组今晚认领15户, 没投的抓紧，九点关. An event, a report or a plan has none."""

import re

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.spec import At, On

_HURRY = re.compile(
    r",?(?:大家|你们|各位|全部|都|就|也|给我|一定)?(?:务必|必须|一定要?|抓紧|赶紧|赶快|尽快|加紧|加把劲|麻烦|记得|别忘|千万|无论如何|全部|统一)[^,。;]{0,2}[^,。;停开]"
)
_WITH = re.compile(r",?(?:都|全|先|再|各自|统一|顺便|就|务必|加个班)?(?:把|将)[^,。;]{1,16}")
_MUST = re.compile(r",?就?[要得需](?:出|定|给|交|看到|有结果|有个|结果|齐|完|报|拿|把|搞|弄|改|写|填|收|回)")
_SHARE = re.compile(
    r",?(?:务必|必须|再|还|要|得|先|至少)?(?:[^,。;]{0,4}(?:每|一)(?:人|家|户|组|班|村|个|店|科|站|队)|人均)[^,。;]{0,8}[0-9一二两三四五六七八九十百]"
)
_WHO = re.compile(
    r"(?:请|麻烦|辛苦|劳烦|各[^,。;]{1,8}|每[人家户组班村个店][^,。;]{0,4}|全[体员][^,。;]{0,6}|大家|所有[^,。;]{1,6}|[没未][^,。;]{1,10}的(?:[^,。;了]{0,6})|你们?|[^,。;他她我咱]们),?(?:请|务必|都|也|要|就)?$"
)
_LAGGARDS = re.compile(r"[没未][^,。;]{1,10}的[^,。;了]{0,6}$")
_EVENT = (
    r"(?:[停演开召举在到来去参是没不也还很真太刚已有的说被会放休值轮吃喝考讲见起后]|左右|上[课班线下午]|下[雨雪班]|直播|首播|更新|集合|出发|发车|进行|培训|巡|接[受待]|收到|看到|彩排|排练"
    r"|体检|检[查修]|例会|班会|首发|训练|课|第|最[高低]|气温|辛苦|[^,。;]{0,3}播|(?:生日|节日|周末)?快乐|[^,。;]{0,8}(?:会议|演练|停[水电气暖]|降温|暴雨|值班|休息|放假|过节|聚餐))"
)
_IS_EVENT = re.compile(_EVENT)
_TOLD = re.compile(r"[^,。;]{0,16}(?:(?:了|过|中|着|呢)(?:[,。;!~]|$)|[没未已]|人数|率|帮我)|[^,。;]{1,6}的(?!人|都)")
_DOES = re.compile(r"[^,。;0-9]{2,}")
_ASKS = re.compile(
    r"(?:[还仍]?(?:没|未)(?!有|关系|事|来得及)[^,。;]{1,10}的|还[差缺剩]|(?<!申)请|务必|必须|抓紧|赶紧|全员|每人|每[户家]|各[^,。;自种类位]{1,6}|接龙|扣[0-9一]|投票|打卡|转发|截图|回复|补[上齐交]|都给我|[填报投转答学]完|名单)"
)
_BY_WHOM = re.compile(
    r",?(?:我|咱|系统|后台|平台|群主|[^,。;]{1,4}[办科室处部组长委])(?![在去有也的还]|要去|来接|请假|开会|下班|出门|到家|吃|打车|值班)[^,。;]{1,14}"
)
_LEFT = re.compile(r"(?:^|[离距][^,。;]{1,10})(?:还有|还剩|只剩|仅剩|剩|最后|倒计时|只有)(?:最后|不到)?$")


def _near(found: Found) -> bool:
    return found.time.at is At.END and (
        found.day.a in (0, 1)
        if found.day.on is On.OFFSET
        else found.day.on in (On.WEEKDAY, On.DATE, On.DAY) and bool(_LAGGARDS.search(found.clause))
    )


def _ordered(found: Found) -> bool:
    """Return whether today or tomorrow somebody is told to do something."""
    if _SHARE.match(found.after):
        return True
    if _IS_EVENT.match(found.after) or _TOLD.match(found.after):
        return False
    if found.day.a == 0 and not found.clause and (_WITH.match(found.after) or _MUST.match(found.after)):
        return True
    return bool(_HURRY.match(found.after) or (_WHO.search(found.clause) and _DOES.match(found.after)))


def _watched(found: Found) -> bool:
    """Return whether, things being asked, somebody does something about them at the hour."""
    return bool(_ASKS.search(found.sentence) and not _IS_EVENT.match(found.after) and _BY_WHOM.match(found.after))


def urged(found: Found) -> bool:
    """Return whether an order hangs on the unmarked moment."""
    if found.ranged or found.mark not in ("", "后"):
        return False
    if found.time.at is At.AFTER:
        return bool(_watched(found) if found.mark else _LEFT.search(found.clause) and _ASKS.search(found.sentence + found.after))
    if found.mark:
        return False
    return _ordered(found) if _near(found) else found.time.at in (At.CLOCK, At.LOOSE) and _watched(found)
