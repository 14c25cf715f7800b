"""What only sounds like an order: a promotion that is offered, a notice that is for information. Told by the whole text."""

import polars as pl

# Said to be free, with no word that counts, orders, names or rewards.
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


# To be known, with no sign of having read it asked for.
_TO_KNOW = r"请[^,。;!?\n“\"「]{0,14}(?:知悉|悉知|知晓|周知)(?:[,。;!~\s]|$|[并且]?(?:遵照|执行|转告|相互))"
_SIGN = r"[回扣签报写贴跟吼填句字说“\"「]|接龙|收到|打卡|确认|冒泡|应答|举手|点赞|依次|排队|手印|复制|看到你"


def offered(read: pl.Series, pressed: pl.Series) -> pl.Series:
    """Tell for normalised texts whether they only offer; asked of those alone that are said to press (`pressed`)."""
    words = pl.col("text").str.replace_all(_UNCOUNTED, "")
    return _among(read, pressed, words.str.contains(_FREE) & ~words.str.contains(_PRESS))


def to_know(read: pl.Series, answered: pl.Series) -> pl.Series:
    """Tell whether they only want to be known; asked of those alone that are said to ask for an answer (`answered`)."""
    return _among(read, answered, pl.col("text").str.contains(_TO_KNOW) & ~pl.col("text").str.contains(_SIGN))


def _among(read: pl.Series, said: pl.Series, mild: pl.Expr) -> pl.Series:
    rows = pl.int_range(len(read), eager=True)
    return rows.is_in(pl.DataFrame({"row": rows, "text": read}).filter(said).filter(mild)["row"].implode())
