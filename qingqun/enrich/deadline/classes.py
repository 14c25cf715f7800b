"""The classes of words that tell an order from a statement: who asks, who acts, what readers hand over, what merely happens.

Grammar words and common verbs of any office, not the words of examples; a word stands in one class, the longest word at a place counts.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

CLASSES = {
    "ask": (  # a request to the readers
        "请 烦请 敬请 恳请 麻烦 辛苦 劳烦 劳驾 拜托 务必 务请 必须 一定要 一定 须 要求 记得 记住 别忘了 别忘 "
        "千万 抓紧 赶紧 赶快 加紧 尽快 尽早 尽量 速速 速 帮忙 帮我 帮 统一 及时 最好 请勿 希望 盼"
    ),
    "must": (  # obligation
        "要 得 该 需要 需 应当 应"
    ),
    "last": (  # words of a last moment
        "截止 截稿 最迟 最晚 不晚于 不迟于 不得晚于 期限 时限 限期 ddl deadline 宽限 延长至 延长到 延至 延到 延期至 顺延至 推迟到 限"
    ),
    "close": (  # things close or are counted
        "关闭 关系统 关门 关账 关通道 锁 锁表 锁定 封 封账 封标 封榜 封箱 停收 不收 停止 截图 截单 截标 统计 汇总 清点 点数 数人 数一遍 "
        "收口 收官 收尾 收稿 收卷 收齐 定稿 结账 结榜 取数 导数 拉数 抽查 抽人 挑人 验收 盘点 刷新 下线 公布 开标 最后一天 收 关"
    ),
    "threat": (  # what befalls those who have not done it
        "再不 再没 否则 不然 要不然 视为 过时不候 后果 作废 扣 罚 通报 点名 追责 约谈 没人管 自负 不等 退了 逾期 过期 过时"
    ),
    "to me": "给我 发我 报我 交我 告诉我 找我 回我 私我 私聊我 联系我 跟我说 跟我讲 和我说",  # to the sender
    "hand": (  # handed over to somebody
        "报送 上报 报备 提交 递交 上交 补交 交齐 交到 交给 交来 交 发给 发到 发至 发群 发送 发过来 发来 发 "
        "反馈 回复 答复 回信 回个 回传 填报 填写 填好 填完 填 报名 报给 报到 报 上传 传给 传 缴纳 缴费 缴 登记 "
        "接龙 投票 签字 签收 签 确认 寄 送到 送 告诉 告知 打卡 扣1 私聊 认领 预约 申请 申报 领取 来领 "
        "取走 自取"
    ),
    "do": (  # done by somebody told to
        "完成 落实 整改 办结 办完 办好 搞定 弄好 弄完 做好 做完 处理 解决 清零 修好 修改 改好 改完 整理 核对 "
        "核实 核查 核 检查 自查 排查 看一下 看看 看完 看 读 学完 学习 对一下 更新 补齐 补 查 写 拿 带 准备 "
        "收拾 打扫 清理 清空 搬 挪 腾 安排 通知到 通知 布置 做 弄 改 跑 去 买 装 调 测 给 下载 注册 转发 "
        "点赞 关注 打印 备齐 备好 到位 贴 撤 拆 换"
    ),
    "event": (  # takes place by itself
        "开会 会议 召开 举行 举办 开展 培训 演练 考试 比赛 活动 典礼 讲座 班会 例会 面试 体检 直播 彩排 出发 "
        "集合 发车 开课 上课 停水 停电 停气 检修 维护 切换 升级 上线 启用 执行 实施 生效 到期 调整 开放 营业 "
        "放假 值班 上班 下班 施工 封路 断网 参加 试运行 开始 起 轮到 休息 聚餐 婚礼 生日 快乐 开门 见面 见 "
        "来参观 参观 来"
    ),
    "say": "说 说是 据说 听说 讲 答应 承诺 表示 称 回话 保证 反映 显示 透露 讲是",  # told by somebody
    "can": "能 会 将 将要 才 才能 可能 应该 大概 估计 预计 差不多 恐怕 兴许 有望 大约 左右 基本 肯定 就能",  # foretold
    "come": "到货 到账 回来 回不来 恢复 抵达 送来 送达 发货 到达 到场 到校 到家 赶不上 来不及 到不了 来电 来水 通水 通车 抢通 完工 竣工 出结果 寄到",
    "plan": "打算 计划 争取 想 想要 试试 尽力 安排在 定在 定于 放在",  # meant to be done
    "office": "局里 镇里 区里 市里 县里 省里 上级 公司 厂里 财务 银行 学校 街道 医院 气象台 供电 电力 上面 部里 院里 集团 总部 社区",
    "done": (  # has happened, is going on
        "了 过了 过 着 已经 已 刚刚 刚 曾 正在 还在 终于 总算 居然"
    ),
    "not": (  # not
        "不 没有 没 未 别 勿 不要 不得 禁止 严禁 不准 不许 不能 甭"
    ),
    "void": (  # no longer asked for
        "不用 不必 无需 无须 不需要 不需 免报 免交 停报 不再 别再 撤销 撤回 废止 不作要求 不要求 作罢 算了 取消"
    ),
    "me": (  # the sender
        "我们 我这边 我自己 我 俺 咱们 咱 本人 本周我"
    ),
    "you": (  # the readers
        "你们 你 您 各位 大家 诸位 同志们 同学们 亲们 老师们 家长们 伙伴们 兄弟们 姐妹们"
    ),
    "each": (  # each, all, the rest
        "全体 全员 所有 每人 每户 每家 每班 每个 各 其他 其余 还没 @"
    ),
    "other": (  # somebody else
        "他们 她们 他 她 它 对方 司机 厂家 师傅 客户 领导 局长 主任说 老板 医生 物业 快递 供应商 专家 甲方 乙方 "
        "法院 系统 孩子 娃 老人 爸 妈 媳妇 老公 老婆"
    ),
    "question": (  # a question
        "吗 么 ? 哪 谁 什么 怎么 几点 多少 是否 是不是 能不能 可不可以 行不行 要不要 呢 没有?"
    ),
    "valid": (  # holds, may be used
        "有效 可用 免费 优惠 可以 可 使用 兑换 额度 名额 截止前有效 不限 照常 正常 随时 自愿"
    ),
    "rule": (  # habits, rules, conditions
        "一般 日常 平时 每天 每日 每周 每月 每晚 每次 凡 如果 如 若 要是 一旦 遇到 遇 原则上 标准 流程 收到后 "
        "接到 受理 以后 长期 今后 往年 期间 规定 规则 制度"
    ),
    "figure": (  # figures
        "截至 累计 共 合计 完成率 率 新增 同比 统计显示 气温 雨量 水位 最高 最低"
    ),
    "ba": (  # the object is brought before the verb
        "把"
    ),
    "past": (  # before now
        "昨天 昨晚 昨 前天 上周 上月 去年 刚才 早上 那天 当时 原来 原定 本来"
    ),
    "particle": (  # at the end of speech
        "啊 哦 噢 哈 呀 吧 嘛 啦 哒 ~ ! 😂 😭 🙏"
    ),
    "mark": (  # marks
        ', : 、 ( ) “ ” "'
    ),
    "stop": "。 ;",
    "de": (  # of
        "的 地"
    ),
    "measure": (  # measure words
        "人 份 张 个 名 户 次 元 块 件 台 条"
    ),
}
NAMES = (*CLASSES, "other", "digits")
OTHER, DIGITS = len(NAMES) - 2, len(NAMES) - 1
_CLASS = {word: at for at, words in enumerate(CLASSES.values()) for word in words.split()} | dict.fromkeys("0123456789", DIGITS)
_WORDS = sorted(_CLASS, key=lambda word: (-len(word), word))
# A word becomes as many characters nobody writes: the first tells its class, the others that it goes on.
_FIRST, _ON = 0xE000, 0xF000
_SIGNS = [chr(_FIRST + _CLASS[word]) + chr(_ON) * (len(word) - 1) for word in _WORDS]


class Tokens(NamedTuple):
    """The words of a text in order: their classes (places in NAMES), and at which character each begins."""

    classes: NDArray[np.int64]
    starts: NDArray[np.int64]


def codes(text: str) -> NDArray[np.int64]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def tokens(text: str) -> Tokens:
    """Return the classes of the words of a normalised text; a run of digits is one word, and so is what lies between known words."""
    marked = codes(
        pl.Series([text], dtype=pl.String).to_frame("text").select(pl.col("text").str.replace_many(_WORDS, _SIGNS, leftmost=True)).item()
    )
    known = (marked >= _FIRST) & (marked < _FIRST + len(NAMES))
    kind = np.where(known, marked - _FIRST, np.where(marked == _ON, -1, OTHER))
    same = np.zeros(len(kind), dtype=bool)
    same[1:] = (kind[1:] == kind[:-1]) & (kind[1:] >= OTHER)
    starts = np.flatnonzero((marked != _ON) & ~same)
    return Tokens(kind[starts], starts)
