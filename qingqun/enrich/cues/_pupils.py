"""Fragments for groups of parents: pupils' names, homework, faults."""

from qingqun.enrich.labels.label import words
from qingqun.enrich.personal import PLAIN_SURNAMES

_SECOND = "多时谢绝重度体处地里人些个家长一二三四五六日末几天年级班了的是在和有不没"  # 许多, 何时, 谢谢, 周三 are nobody
NAME = rf"(?:[{PLAIN_SURNAMES}](?:[^\W{_SECOND}0-9a-z_][一-鿿]?|一[诺凡帆鸣涵然宁博航鑫铭舟晨心洋]))"
NAMES = rf"{NAME}(?:[、, ]{{1,2}}{NAME})+"
HOMEWORK = words("作业 练习册 练习 试卷 卷子 预习 背诵 抄写 默写 口算 听写 朗读 口语 题卡 生字 单词 课文 日记 作文 错题 复习 阅读")
FAULT = words(
    "打架 打人 骂人 推倒 推人 推搡 违纪 迟到 早退 旷课 逃课 没有?(?:能)?(?:交|写|完成|带|背|做|穿|听|订正|改|过关) 未(?:交|"
    "完成|带|写) 不(?:认真|听话|遵守|专心|写|交|守纪) 捣乱 "
    "上课(?:又|总|还)?[说讲]话 讲小话 总[说讲]话 爱[说讲]话 批评 欺负 走神 睡觉 作弊 抄袭 抄(?:别人|同学|同桌) [零0]分 "
    "退步 最差 倒数 拖.{0,3}后腿 偷 撒谎 说谎 咬人 "
    "罚站 玩手机 不及格 扰乱 顶撞 恶劣 拖拉 潦草 起哄 闹 吵 摔 破坏 弄坏 下座位 站起来 马虎 糟糕 太差"
)
