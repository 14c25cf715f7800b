"""Before any two texts are compared: collapse what differs in trimmings only, and find the few that could be copies at all.

Works on whole columns. Collapsing never goes further than reading (tokens.py) does. The keys may only miss a copy, never make one:
copies share their numbers and, by at least one of several smallest hashes, a pair of neighbouring characters.
"""

import polars as pl

from qingqun.enrich.normal import normalise
from qingqun.enrich.repeats.wording import FUNCTION, PHRASES, STICKER

_SEEDS = (1, 2, 3, 4, 5, 6, 7)
_SHORTEST = 4  # characters; fewer cannot tell anybody anything
_RECEIPT = r"^[^0-9]{0,12}(?:收到|好的|已阅|知悉|明白|了解|谢谢)[^0-9]{0,6}$"
_UNSAID = r"[^0-9A-Za-z\x{3400}-\x{9fff}]|[" + "".join(sorted(FUNCTION)) + "]"
_AROUND = "|".join(PHRASES)
_ALONE = r"(?:提醒|提示|通知|通告|公告|告知|转发|重发|置顶|紧急|加急|重要)"  # nothing but a trimming where a bracket or a mark ends it
_HEAD = rf"^(?:[【\[(]{_ALONE}[】\])]|{_ALONE}[:。!,]|[【\[(]?(?:{_AROUND})[】\])]?|[ \n,。!~])+"
_TAIL = rf"([。!?\n…~]|[。!?\n…~]?\()(?:[(]?(?:{_AROUND})[)]?|[ \n,。!~])+$"
_CIRCLED = r"[\x{2460}-\x{2473}\x{3251}-\x{325f}\x{2776}-\x{277f}]|[0-9]\x{fe0f}?\x{20e3}"
_STRANGE = r"[^\x00-\x7f\x{2010}-\x{2027}\x{2190}-\x{21ff}\x{3000}-\x{303f}\x{3400}-\x{9fff}\x{ff00}-\x{ffef}]"
_STOPS = r"([^0-9])[,。;!?~…\n]+"

_HOUR = r"[0-9一二三四五六七八九十两零]{1,3}(?::[0-9]{2}|[点时](?:半|整|[一三]刻|[0-9一二三四五六七八九十]{1,3}分?)?)"
_OPTIONAL = (
    r"半个?小时|(?:30|三十)分钟"
    r"|(?:周|星期|礼拜)[一二三四五六日天](?:[、和,](?:周|星期|礼拜)?[一二三四五六日天])*|20[0-9]{2}年|[?&][A-Za-z_]+=[^ ,&]*"
    r"|(?:[一二两三四五六七八九十]{1,3}|[0-9]+)?[下遍次起定声眼]|统一|一共|一[致律并同些直般]|逐一|零(?:[售食件部星散工])|本月"
    r"|[,\n][0-9]{1,2}月[0-9]{1,2}日,?$|(?:^|[\n,。;:])[0-9一二三四五六七八九十]{1,2}[、.)]|\([0-9一二三四五六七八九十]{1,2}\)"
)
_TENS = (
    (r"([0-9]{3,4})[- ]([0-9]{3,4})[- ]([0-9]{3,4})", "${1}${2}${3}"),  # a telephone in groups
    (r"([0-9]{3,4})[- ]([0-9]{3,4})", "${1}${2}"),
    (r"([0-9])\.([0-9])折", "${1}${2}折"),
    (r"一([店户村班校人科组企车岗家站所点镇县街区楼栋]一)", "${1}"),
    (r"([一二两三四五六七八九])百", "${1}00"),
    (r"([一二三四五六七八九])十([一二三四五六七八九])", "${1}${2}"),
    (r"([一二三四五六七八九])十", "${1}0"),
    (r"十([一二三四五六七八九])", "1${1}"),
)
_ONES = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2", "十": "10"}
# Characters that function words, synonyms and numerals are made of: copies need not share them.
_LOOSE = (
    r"[^\x{3400}-\x{9fff}]+|[请的了于是为由自并和与及各个该之着吧啊哈呀哦呢嘛把将在到至也就前以内后上完成好学习交提报送填写发给携带参加会出席举行办召开勿不得要因由全体所有做备准"
    r"一下再次提醒转通知收到回复谢大家辛苦注意两0-9零二三四五六七八九十点时半晚午早]+"
)


def bare(texts: pl.Series) -> pl.Series:
    """Return the normalised texts without trimmings at either end, stickers, emoji and kinds of full stop."""
    plain = normalise(texts.str.replace_all(_CIRCLED, "\n")).str.replace_all(_STRANGE, "").str.replace_all(STICKER, "")
    return (
        plain.str.replace(_HEAD, "").str.replace(_TAIL, "${1}").str.replace_all(_STOPS, "${1},").str.strip_chars(" ,。!~\n(").alias("bare")
    )


def notices(texts: pl.Series) -> pl.Series:
    """Return which bare texts could be a notice: something is left without politeness, and it is no receipt."""
    said = texts.str.replace_all(_AROUND, "").str.replace_all(_UNSAID, "").str.len_chars() >= _SHORTEST
    return said & ~texts.str.contains(_RECEIPT)


def _numbers() -> pl.Expr:
    text = pl.col("bare").str.replace_all(_HOUR, "").str.replace_all(_OPTIONAL, "")
    for pattern, digits in _TENS:
        text = text.str.replace_all(pattern, digits)
    return text.str.replace_many(_ONES).str.extract_all("[0-9]+").list.sort().list.join(" ")


def keyed(texts: pl.Series) -> pl.DataFrame:
    """Return the rows (at) of the bare texts that share a key with another one, and their keys, one column for each."""
    words = pl.col("bare").str.replace_all(_LOOSE, "").str.split("")
    pairs = words.list.eval(pl.element() + pl.element().shift(-1, fill_value=""))
    frame = texts.alias("bare").to_frame().with_row_index("at").with_columns(numbers=_numbers())
    likely = frame.filter(pl.len().over("numbers") > 1).with_columns(pairs=pairs)
    least = [pl.col("pairs").list.eval(pl.element().hash(seed)).list.min() for seed in _SEEDS]
    keys = likely.select("at", *(pl.struct("numbers", each.alias("least")).hash().alias(f"key{n}") for n, each in enumerate(least)))
    return keys.filter(pl.any_horizontal([pl.len().over(key) > 1 for key in keys.columns[1:]]))
