"""点名说某个学生的问题。"""

from qingqun.enrich.cues._pupils import FAULT, NAME, NAMES
from qingqun.enrich.labels.label import Cue, Label

_OUT = (
    r"表扬|进步|值日|优秀|奖|谢谢|感谢|发烧|生病|不舒服|请假|受伤|(?:个别|有的|有些|部分|其他|别的|一些|多数|少数|"
    r"许多|每[个位])(?:同学|孩子|家长|小朋友)"
)

_AHEAD = r"(?:^|[,。;:!?@、\n ]|[只就]剩|只有|还有|就)"

LABEL = Label(
    meaning="点名说某个学生的问题",
    gate=FAULT,
    cues=(
        Cue(
            "某某怎样了",
            1.0,
            (rf"{_AHEAD}{NAME}(?:同学|小朋友|家长|的?妈妈|的?爸爸)?[^。!?\n]{{0,22}}{FAULT}",),
            (_OUT,),
        ),
        Cue("怎样的有谁", 1.0, (rf"{FAULT}[^。!?\n]{{0,12}}(?:[:是有]|名单|的) ?(?:{NAMES}|{NAME}(?:$|[,。!]))",), (_OUT,)),
        Cue(
            "某家长",
            1.0,
            (rf"[一-鿿]{{2,4}}(?:同学|小朋友|家长|的?妈妈|的?爸爸)[^。!?\n]{{0,22}}{FAULT}",),
            (_OUT, r"各位|所有|全体|本班|众人|请(?:各位|家长)"),
        ),
    ),
)
