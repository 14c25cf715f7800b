"""把照片、笔记、批示、刊发信息作为考核的依据。"""

from qingqun.enrich.cues._phrases import MARK
from qingqun.enrich.labels.label import Cue, Label, words

_TRACE = words(
    "照片 图片 截图 留痕 笔记 心得 心得体会 批示 刊发 采用 用稿 宣传稿 稿件 信息报送 投稿 上稿 发稿 会议记录 "
    "轨迹 签字(?:次数|不[够足]) (?:强国|学习|平台)积分 台账 影像 佐证 痕迹 档案盒 学习记录 报道"
)
_OUT = words("不再 不作为 取消 只看实绩 驾照 驾驶 违章 得分[0-9]+ 祝贺 恭喜 学生 孩子 考试 摄影 比赛 大赛")
_MARK = rf"(?:{MARK}|扣[^,。]{{0,6}}(?:钱|奖金|工资|块|元))"

LABEL = Label(
    meaning="把照片、笔记、批示、刊发信息作为考核的依据",
    gate=_MARK,
    cues=(
        Cue("留痕与分数同句", 1.0, (rf"{_MARK}.{{0,24}}{_TRACE}|{_TRACE}.{{0,24}}{_MARK}",), (_OUT,)),
        Cue(
            "先说留痕再说分数",
            1.0,
            (
                (
                    rf"(?:没有|缺|少|无|未|不足|少于|不少于|每篇?|一篇|一次|采用).{{0,10}}{_TRACE}|{_TRACE}.{{0,10}}(?:没有|缺|少|"
                    rf"不全|不足|每)"
                ),
                MARK,
            ),
            (_OUT,),
            scope="text",
        ),
    ),
)
