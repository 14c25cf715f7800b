"""要求回复：出个声、写句话、点卯、没人应这些写法，reply_demand 的后一半。"""

from qingqun.enrich.labels._reply_words import (
    ASKED,
    ASKING,
    CHOICE,
    CONTENT,
    COUNTED,
    DONE,
    IDLE,
    IN_WORDS,
    OTHERS,
    OUTSIDER,
    PLACE,
    PRAISED,
    RETURN,
    ROLL,
    SAYING,
    SILENCE_COUNTS,
    SILENT,
    SILENT_SOFT,
    SOUND,
    TAKEN,
    TOLD,
    TOLD_THEM,
    VETO,
    WORDED,
)
from qingqun.enrich.labels.grammar import VOLUNTARY
from qingqun.enrich.labels.label import Cue, near

MORE = (
    Cue(
        "看到的出个声",
        0.6,
        (near(TAKEN, SOUND, gap=10),),
        (*VETO, *IDLE, ASKING, rf"{SOUND}[^,。]{{0,6}}{CONTENT}"),
    ),
    Cue(
        "写上做到的话",
        0.5,
        (
            DONE,
            rf"(?:{ASKED}[^。“\"]{{0,20}}|{PLACE}[^,。“\"]{{0,4}}){SAYING}[^,。“\"]{{0,8}}{DONE}|{SAYING}[^,。“\"]{{0,8}}{DONE}{WORDED}",
        ),
        (*VETO, *IDLE, ASKING, CHOICE, TOLD, PRAISED),
    ),
    Cue(
        "群里回一句引号",
        0.5,
        (
            (
                rf"{PLACE}[^,。“\"]{{0,8}}{SAYING}[^,。“\"]{{0,3}}[“\"][^”\"]{{1,10}}[”\"]|"
                r"群[里内中][^,。]{0,6}[按以用][“\"][^”\"]{3,24}[”\"][^,。]{0,6}(?:答|回|报|接龙|签)"
            ),
        ),
        (*VETO, *IDLE, ASKING, CHOICE, TOLD, PRAISED, r"[一二两三四五几]次|发布|评论区|二维码|链接|禁止"),
    ),
    Cue(
        "确认一下",
        0.5,
        (
            (
                r"(?:未|没|尚未|还没)确认[^,。]{0,4}(?:通知|收到|参会|知悉)|(?:群[里内]|看到|看完|收到|阅后|逐[一个]|挨个|每人)[^,。没未]{0,8}确认"
                r"(?:一下|下|$|[,。!])|人人回执|[均都]须回执"
            ),
        ),
        (*VETO, ASKING, TOLD, OUTSIDER, r"(?:收到|看到)(?:货|款|钱|样|发票)|我(?:来|去|再)?.{0,6}确认|系统"),
    ),
    Cue(
        "不应就上门",
        0.5,
        (
            (
                r"(?:没|未|不)(?:回复?|吱声?|应声?|签到?|报到|吭声|冒泡|冒头|答|应答|表态|说话|举手)(?:的|者)[^。]{0,3}(?:我|一律|挨个|直接|就当|按缺|明|下|"
                r"值班|单独|罚|打电话|登门|上门)|(?:再|看到|看了|还|[分]钟内?|过时|届时|到点)不(?:回|吱|应|答|吭|签到|冒泡|表态)(?:复|声|的|我|话|[,。!])"
            ),
        ),
        (*VETO, OTHERS, TOLD, OUTSIDER, CHOICE),
    ),
    Cue("用几个字答", 0.5, (IN_WORDS,), (*VETO, *IDLE, PRAISED)),
    Cue(
        "在群里说一声",
        0.5,
        (
            PLACE,
            (
                rf"{ASKED}[^。]{{0,14}}{PLACE}[^,。“\"]{{0,6}}(?:说一?声|签(?:个|上|名|字|到)|应|吼|冒|接(?:上|着|一|力)|排|默写|打[勾钩]|点头|回话|"
                rf"报(?:自己|名字|工号|到$|到[,。]|个?平安)|表[个]?态|跟(?:一|个|上|帖|着|“|\")|说明已|逐[一个])"
            ),
        ),
        (*VETO, *IDLE, ASKING, VOLUNTARY, r"[:,][^。]*照|不用"),
    ),
    Cue(
        "点卯报数",
        0.5,
        (ROLL,),
        (*VETO, *IDLE, VOLUNTARY, TOLD, r"[晨早例夕]会|私下|学生|考生|报到(?:时|须知|地点|处|日|证)|我[^,。]{0,6}(?:挨个|一个一个)"),
    ),
    Cue("责怪没人应", 0.5, (SILENT,), (*VETO, OTHERS, TOLD, OUTSIDER)),
    Cue("光看不回", 0.5, (RETURN,), (*VETO, OTHERS, TOLD, OUTSIDER)),
    Cue("静悄悄", 0.5, (SILENT_SOFT, TOLD_THEM), (*VETO, OTHERS, TOLD, OUTSIDER, r"倒地|晕|中暑|昏|救")),
    Cue("沉默算没看", 0.3, (SILENCE_COUNTS,), (*VETO, CHOICE, r"意见|报名|选|填")),
    Cue("数着人头", 0.3, (COUNTED, rf"(?:{SOUND}|{PLACE}|回|接龙|签|跟|应)"), (*VETO, *IDLE, r"不用")),
    Cue(
        "出个声",
        0.3,
        (SOUND, rf"{ASKED}.{{0,16}}{SOUND}"),
        (
            *VETO,
            *IDLE,
            ASKING,
            VOLUNTARY,
            CONTENT,
            r"(?:掉了|没有|有[^,。]{1,8}|不[^,。]{1,6}|缺[^,。]{0,4}|坏了?|要|需要|想[^,。]{1,6}|不够)的[^,。]{0,6}(?:说|回|喊|吱|举)",
        ),
    ),
    Cue(
        "做完附一句",
        0.5,
        (
            (
                r"(?:姓名|单位|科室|村名|村|社区|班级|名字|部门|工号|学号|楼号|门牌号?|组名|店名|路段|支部)[^,。+]{0,6}\+[“\"]?[^,。+]{0,6}"
                r"(?:已[一-鿿]{1,6}|在岗|到位|到岗|知|ok|完成|办结|平安|齐|无异常|传达)|[“\"](?:某|x|×|第)[^”\"]{1,10}(?:已[^”\"]{1,4}|到位?|齐|ok|好|完|在)"
                r"[”\"]"
            ),
        ),
        (*VETO, r"文件名|命名|备注|主题|邮件|标题"),
    ),
    Cue(
        "点知道的按钮",
        0.5,
        (r"(?:点|按|戳|勾)[^,。]{0,16}[“\"]?(?:我?知道了|已读|已阅|收到|阅读确认|确认阅读|我已阅)[”\"]?(?:按钮|键|一下|[,。!]|$)",),
        (*VETO, VOLUNTARY),
    ),
)
