"""写出身份证号、多个电话或住址。"""

from qingqun.enrich.cues._pupils import NAME, NAMES
from qingqun.enrich.labels.label import Cue, Label

_MOBILE = "1[3-9][0-9]{9}"
_NEED = r"(?:贫困|困难|低保|残疾|单亲|离异|留守|孤儿|资助|建档立卡|特困|病史|抑郁|心脏病|癫痫)"

LABEL = Label(
    meaning="写出身份证号、多个电话或住址",
    gate=r"[0-9]{11}|住址|地址|身份证|贫困|困难|低保|残疾|单亲|离异|留守|孤儿|资助|特困|病|银行卡",
    cues=(
        Cue("身份证号", 1.0, (r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9x]",), scope="text"),
        Cue(
            "几个电话", 1.0, (rf"{_MOBILE}(?:.|\n){{1,80}}{_MOBILE}",), (r"老师|班主任|值班|咨询|热线|校长|主任|报修|联系人",), scope="text"
        ),
        Cue("住址", 1.0, (r"(?:家庭住址|家庭地址|身份证号码?|户籍地址|住址) ?: ?[^,;。!?\n]{4,}",), scope="text"),
        Cue("银行卡号", 1.0, (r"[0-9]{16,19}", NAME, r"卡|账号"), scope="text"),
        Cue("谁家困难", 1.0, (_NEED, rf"{NAMES}|{NAME} ?[(:]"), (r"讲座|政策|申请|单独|私",), scope="text"),
    ),
)
