"""A promotion that is only offered: said to be free, with no word in the whole text that counts, orders, names or rewards."""

import polars as pl

_FREE = (
    r"(?:有需要|有需求|感兴趣|有兴趣|愿意)的|想[看听学参了关用][^,。;]{0,3}的|自愿|不强求|不勉强|不作要求|不做要求|可看可不看"
    r"|[听看]不[听看]都行|随意"
)
_PRESS = (
    r"务必|必须|一律|全体|全员|人人|人均|每[人户个名]|所有|各[^,。;]{0,8}(?:完成|组织|确保|发动)|不低于|不少于|达到|率|排名|通报|点名|截图"
    r"|扣|考核|评优|任务|指标|计分|积分|统计|[没未][^,。;]{1,6}的|说是?自愿|名为|嘴上|虽说|虽然|谁没|都[要得]|后台|名单|接龙|催"
    r"|[转动]起来|表现|觉悟|领导[^,。;]{0,6}[看盯]"
)
_UNCOUNTED = r"不(?:作|纳入|列入|计入|参与)?(?:为)?(?:考核|排名|统计|评优)(?:的?依据)?"


def offered(read: pl.Series, pressed: pl.Series) -> pl.Series:
    """Tell for normalised texts whether they only offer; asked of those alone that are said to press (`pressed`)."""
    said = pl.DataFrame({"row": pl.int_range(len(read), eager=True), "text": read}).filter(pressed)
    words = pl.col("text").str.replace_all(_UNCOUNTED, "")
    free = said.filter(words.str.contains(_FREE) & ~words.str.contains(_PRESS))["row"]
    return pl.int_range(len(read), eager=True).is_in(free.implode())
