"""Is this a document or the notice of a meeting? What was to become fewer: counted once, in whatever groups of a unit it stands."""

import polars as pl

_SAME = "[^,;。!?\n]"
_KIND = "通知|通报|意见|方案|办法|规定|决定|要点|函|批复|纪要|公告|通告|细则|规划|请示|报告"
_MEETING = (
    "(?:会议|例会|调度会|推进会|部署会|动员会|座谈会|协调会|视频会|电视电话会|现场会|碰头会|专题会|党委会|大会|培训会|工作会"
    "|联席会|述职会|总结会)"
)
_PATTERN = "|".join(
    (
        "[一-鿿]{1,8}[〔\\[(]20[0-9]{2}[〕\\])] ?第?[0-9]{1,4} ?号",
        f"(?:印发|转发|下发|现将|贯彻|落实|执行|学习){_SAME}{{0,8}}《[^》]{{4,60}}(?:{_KIND})》",
        f"^[ \n]*[【\\[]?{_SAME}{{0,16}}关于{_SAME}{{3,40}}的(?:{_KIND})(?:[】\\] \n,。:!(]|$)",
        f"(?:召开|参加|列席|收听收看|组织收看|准时参会|参会)[^。;!?\n]{{0,30}}{_MEETING}|(?:会议|开会)(?:时间|地点|通知)[:】]",
        f"(?:定于|将于|拟于|兹定于)[^。;!?\n]{{0,40}}(?:召开|举行|开)[^。;!?\n]{{0,20}}(?:{_MEETING}|会[,。!]|会$)",
        f"(?:上午|下午|今晚|晚上|[0-9]{{1,2}} ?[:点时])[^。;!?\n]{{0,20}}(?:开会|{_MEETING})",
    )
)
_OVER = "(?:会议|大会)(?:已经?|圆满|顺利)?(?:结束|召开完|取消|延期)|会议(?:纪要|精神|记录)已|昨[天日][^,;。]{0,10}会"


def is_paper(plain: pl.Series) -> pl.Series:
    """Return yes or no for each normalised text; null counts as no. What tells of a meeting that is over announces none."""
    texts = plain.fill_null("")
    return (texts.str.contains(_PATTERN) & ~texts.str.contains(_OVER)).rename("is_paper")
