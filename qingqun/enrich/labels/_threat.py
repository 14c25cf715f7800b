"""逾期就通报：一句里说没做的人要被通报、点名的，在长通知里也算威胁点名。

The whole notice is about its work, so the n-grams of a long one outweigh the one sentence that threatens; that sentence alone decides.
"""

import polars as pl

from qingqun.enrich.labels._shaming_words import NOT, PRAISE, RATED
from qingqun.enrich.labels.grammar import REFORM
from qingqun.enrich.labels.label import words

# 没做、没做到的人
_UNDONE = (
    r"(?:逾期|超期|超时|过期|过时|到期|(?:未|没|没有|拒不|仍不|再不|还不|不)(?:按|及时|如期|报|交|填|回|落实|完成|整改|改|配合|参加|到|来|重视|"
    r"动|提交|反馈|上传|签|办|做|得力|力|清零|达标|启动)|迟[报交缓]|漏[报交填]|瞒报|拖延|推诿)"
)
_WHOM = r"[^,。;!?:]{0,12}(?:,[^,。;!?:]{0,14})?"
_SCOPE = r"(?:全[一-鿿]{1,4}|在[^,。;!?:]{2,8}|大会|会上|群里|群内|[将要会就再]|予以|一律|给予|进行|直接|公开)"
_NAMED = rf"(?:通报批评|点名批评|点名通报|公开批评|{_SCOPE}[^,。;!?:]{{0,8}}通报(?:[,。;!]|$)|{_SCOPE}[^,。;!?:]{{0,4}}点名(?:[,。;!]|$))"
_AT_ONCE = r"(?:逾期|超期|超时)[^,。;!?:]{0,6}通报(?:[,。;!]|$)"
THREAT = rf"{_UNDONE}{_WHOM}{_NAMED}|{_AT_ONCE}"
# 对外执法、已经发生的、问句、别的通报
_OTHERS = words(
    "情况通报 通报会 疫情 商户 商家 企业 经营户 车主 司机 住户 居民 业主 村民 租户 考生 违法 违规 违章 诈骗 我司 我公司 被通报 被点名 "
    "要不要通报 会不会通报 通报了 [吗么][?。!]*$"
)
_NONE = f"{NOT}|{PRAISE}|{RATED}|{REFORM}|{_OTHERS}"


def threatened(texts: pl.Series) -> pl.Series:
    """Tell which texts (normalised) say that who has not done it will be named; RE2's dialect."""
    return texts.str.contains(THREAT) & ~texts.str.contains(_NONE)
