"""A moment in a statement: what cannot be, what holds till then, what others foretell, what the sender will do, a rule for every case.

Told by grammar: a verb with 不 and its complement (回不来), 能 or 会 without a question, a verb of saying before the time, a first person
as the subject behind it. An order to the readers in the same clause (请, 务必, 给我) outweighs them all.
"""

import re

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.spec import At

_ORDER = re.compile(r"请|务必|必须|麻烦|辛苦|抓紧|赶紧|大家|各位|你们?|@|给我|发我|报我|交我|帮")
_UNABLE = re.compile(
    r",?(?:都|还|也|恐怕|可能|实在){0,2}(?:[回赶到来过走起去]不(?:来|了|到|去|及|上)|来不及|赶不上)(?![^,。;]{0,4}的)(?:[,。;!~]|$)"
)
_HOLDS = re.compile(
    r",?(?:都|均|仍|还|一律|随时|全部|一直|也|照样){0,2}(?:有效|可用|能用|可以用|算数|在保|(?:到期|失效|期满)(?!的))(?:[,。;!~]|$)"
)
_FORETOLD = re.compile(
    r"(?:^|[,。;:])[^,。;:我你]{0,8}(?<!按)(?<!不)(?:说是?|讲|答应|承诺|保证|回话|表示|称|估摸|预告|显示),?(?:最快|最迟|最晚|大概|争取)?$"
)
_COMES_TRUE = re.compile(
    r",?(?:就|才|都|再|也|应该|大概|基本|陆续|全部|可以?|能|会){0,3}(?:到(?!位|岗|场的)|回[来到]|来|恢复|通[水电气车]|发货|送[来到达]|抵|完工|竣工|抢[修通]|修[好完复]|批|出(?:结果|图|来)|结束|送|装|补|退|给(?!我)|弄|搞)"
)
_ABLE = re.compile(r",?(?:就|才|都|应该|大概|估计|基本|肯定|也){0,2}(?:能|会|可以|得以)(?!不)[^,。;]{1,14}(?:[,。;!~]|$)")
_QUESTION = re.compile(r"[吗么?]|能不能|不能")
_I_DO = re.compile(
    r",?(?:由|有)?我(?:俩|这边|自己)?(?:[就都再先也]|一定|应该|争取|肯定){0,2}(?:能(?!不)|负责|给[你您]|搞定|回[你您复]|统一[回答解报交发])"
)
_SHALL = re.compile(r"(?:^|[,。;:])(?:好的?,?|行,?)?(?:我|俺|咱)(?:们|俩|这边|自己|组)?[^,。;:要让叫给]{0,4}$")
_FOR_EACH = re.compile(
    r"(?:看到|受理|报修|接警|下单|出院|术后|入职)(?!本|此|以上|上述|通知|消息|信息|群|这|文|短信|该|后请|的?请)[^,。;]{1,8}$"
)


def _ordered(found: Found) -> bool:
    return bool(_ORDER.search(found.clause) or _ORDER.match(found.after[:12]) or _ORDER.search(found.after[:12]))


def stated(found: Found) -> bool:
    """Return whether the clause only states something of the moment found."""
    if _UNABLE.match(found.after) or _HOLDS.match(found.after):
        return True
    if _I_DO.match(found.after):
        return True
    if _ordered(found):
        return False
    if _FORETOLD.search(found.clause) and _COMES_TRUE.match(found.after):
        return True
    if _ABLE.match(found.after) and not _QUESTION.search(found.after):
        return True
    span = found.time.at is At.AFTER or found.mark.endswith("内")
    return bool((span and _FOR_EACH.search(found.clause)) or (found.mark and _SHALL.search(found.clause)))
