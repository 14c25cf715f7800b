"""点名晾晒：数落、对比、当众张扬这些写法，shaming 的后一半。"""

from qingqun.enrich.labels._shaming_words import (
    AIR,
    ANSWER_FOR,
    DISCREET,
    LATECOMERS,
    MILD,
    NAMED,
    ONLY,
    OTHERS_DONE,
    PRAISE,
    PRIVATE,
    RATED,
    STATE,
    TAUNT,
)
from qingqun.enrich.labels.grammar import REFORM
from qingqun.enrich.labels.label import Cue

MORE = (
    Cue(
        "没做到的开列",
        0.5,
        (rf"{STATE}[^:。;,]*(?::|——|的是|的有|的为|集中于)[^。,]*{NAMED}",),
        (*MILD, r"榜首|靠前|不得评优|[红]榜|查漏|一、"),
    ),
    Cue(
        "数落后开列",
        0.5,
        (rf"[:(][^。,]*(?:{NAMED}|[a-z]{{3}}[(、,])", rf"(?:{TAUNT}|{ONLY}|{STATE}|那[0-9.]+%)[^。:(,]*[:(]"),
        (*MILD, r"榜首|靠前|不得评优|[红]榜|查漏|登记:|清单|最高|每进|一、|要求:|如下:"),
    ),
    Cue("数落点到的", 0.5, (NAMED, STATE, TAUNT), MILD),
    Cue(
        "就剩他",
        0.5,
        (rf"{ONLY}[^。,]*{NAMED}", rf"(?:{TAUNT}|{ANSWER_FOR}|请|快|速|赶紧|马上|抓紧|前[补交报]|一个人还|一家还|还[是在没未])"),
        (*MILD, r"得分|我单独|今天可以|[剩差][^,。]{0,6}(?:天|小时|分钟|[0-9]车|名额|材料)|请各|都在国外|有时差"),
    ),
    Cue("别人都做了", 0.24, (OTHERS_DONE, NAMED), MILD),
    Cue(
        "点到的要解释",
        0.5,
        (ANSWER_FOR, STATE, rf"(?:{NAMED}[^。:,]*{STATE}|{STATE}[^。,]*{NAMED})"),
        (*MILD, RATED, r"末位的|低于[0-9]|解释过|点击率|不扫的"),
    ),
    Cue("没做到的是谁", 0.25, (NAMED, STATE, rf"(?:{NAMED}[^。:,]*{STATE}|{STATE}[^。,]*{NAMED})"), MILD),
    Cue("数落", 0.25, (TAUNT,), MILD),
    Cue(
        "当众张扬",
        0.5,
        (LATECOMERS, AIR),
        (REFORM, PRAISE, PRIVATE, DISCREET, r"不(?:准|许|得|要)[^,。]{0,8}[念贴喊发]|别[^,。]{0,4}[念贴喊]"),
    ),
    Cue(
        "当面说你们",
        0.5,
        (rf"(?:{NAMED}|@)", r"你们?(?:[几俩仨两三四五六]|的|自己|到底|能不能|一[拖直])", rf"(?:{STATE}|{ONLY}|{TAUNT}|后腿|[?])"),
        (*MILD, r"^@[^@ ]{1,6} |谢谢|麻烦你|涉及你们|你[俩们仨](?:看|说|定|商量|讲)|跟你们讲"),
    ),
    Cue("还是没做", 0.25, (r"又是|依旧|依然|照旧|老样子|一如既往|始终|一直|至今|迄今|到现在|截至目前|截止目前|眼看", NAMED, STATE), MILD),
    Cue(
        "没X的：一串",
        0.5,
        (r"(?:没|未|缺|欠|漏|空)[^,。:;!?“]{1,12}的[^,。:;]{0,6}(?:\([^)]*\))?:[^。]{1,40}、",),
        (
            *MILD,
            r"的(?:材料|文件|设备|问题|项|物资|东西|内容|货|药|手续|表|名额|书|题|原因|情况|事|科目|部分|字段|证件|菜|地方|点位?|步骤|区域)|分头|一、|包括|登记:",
        ),
    ),
    Cue(
        "一个个差多少",
        0.5,
        (r"[一-鿿a-z0-9]{1,6}(?:差|缺|欠)[0-9]+[^,。]{0,3}[,、;][^,。]{1,6}(?:差|缺|欠)[0-9]+",),
        (*MILD, r"[缺差][0-9]+(?:元|块|箱|瓶|斤|吨)"),
    ),
)
