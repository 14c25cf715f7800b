"""Words in cells to words of the house: platforms and kinds of groups."""

import re
import unicodedata
from collections.abc import Mapping

from qingqun.words import GroupKind

# The first word of each is what the template writes. A longer word wins over one inside it (企业微信 holds 微信).
PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "wechat": ("微信", "公众号", "订阅号", "服务号", "wechat", "weixin", "wx"),
    "qq": ("QQ", "腾讯qq", "扣扣", "tim"),
    "dingtalk": ("钉钉", "专有钉钉", "政务钉钉", "dingtalk", "dingding"),
    "wecom": ("企业微信", "企微", "政务微信", "wecom", "wxwork"),
    "zhezhengding": ("浙政钉", "zhezhengding"),
    "feishu": ("飞书", "feishu", "lark"),
    "yuezhengyi": ("粤政易", "yuezhengyi"),
    "yukuaizheng": ("渝快政", "yukuaizheng"),
    "wanzhengtong": ("皖政通", "wanzhengtong"),
    "ganzhengtong": ("赣政通", "ganzhengtong"),
    "luzhengtong": ("山东通", "鲁政通"),
    "lanxin": ("蓝信", "lanxin"),
    "welink": ("WeLink",),
    "yunzhijia": ("云之家", "yunzhijia"),
    "wechat-channels": ("视频号", "微信视频号", "wechat-channels"),
    "wechat-mini": ("小程序", "微信小程序", "wechat-mini"),
    "weibo": ("微博", "新浪微博", "weibo"),
    "douyin": ("抖音", "douyin"),
    "kuaishou": ("快手", "kuaishou"),
    "toutiao": ("今日头条", "头条号", "头条", "toutiao"),
    "xiaohongshu": ("小红书", "xiaohongshu"),
    "bilibili": ("哔哩哔哩", "b站", "bilibili"),
    "baijiahao": ("百家号", "baijiahao"),
    "rmrb": ("人民号",),
    "app": ("客户端", "app"),
    "website": ("网站", "门户网站", "website"),
    "slack": ("Slack",),
    "telegram": ("Telegram",),
    "mattermost": ("Mattermost",),
    "zulip": ("Zulip",),
    "matrix": ("Matrix", "Element"),
}
GROUP_PLATFORMS = ("微信", "QQ", "钉钉", "企业微信", "浙政钉", "飞书")
ACCOUNT_PLATFORMS = ("微信", "视频号", "微博", "抖音", "快手", "今日头条")

# In the order of trust: the audience says more than the word 工作 beside it. The first word of each is what the template writes.
KINDS: Mapping[GroupKind, tuple[str, ...]] = {
    GroupKind.PARENTS: ("家长群", "家长", "家校", "家委", "班级"),
    GroupKind.PUBLIC: (
        "群众群",
        "群众",
        "居民",
        "村民",
        "业主",
        "住户",
        "商户",
        "公众",
        "便民",
        "服务对象",
        "患者",
        "租户",
        "用户",
        "企业服务",
    ),
    GroupKind.SPECIAL_TASK: ("专项群", "专项", "临时", "专班", "阶段", "短期", "突击", "会务", "应急"),
    GroupKind.PERSONAL: ("个人群", "私人", "个人", "私群", "兴趣", "非工作"),
    GroupKind.MAIN: ("综合群", "全员", "全体", "总群", "主群", "大群", "单位群", "单位工作", "职工群"),
    GroupKind.DEPARTMENT: ("科室群", "科室", "部门", "处室", "股室", "内设", "班组", "年级", "教研", "支部", "站所", "中队", "窗口"),
    GroupKind.TOPIC: ("议题群", "议题", "业务", "条线", "话题", "工作交流", "协调", "联络", "对接", "沟通", "常态"),
}
WEAK_MAIN = "综合"
# Only what a group's own name says beyond doubt; everything else stays unknown.
NAMES = {
    GroupKind.PARENTS: re.compile("家长|家委"),
    GroupKind.PUBLIC: re.compile("(?:居民|村民|业主|群众|商户|住户|便民)[^科股处办]{0,6}群"),
    GroupKind.SPECIAL_TASK: re.compile("专班|专项"),
    GroupKind.MAIN: re.compile("全员|全体(?:干部|职工|教职工|教师|人员|成员)|(?:干部|职工|教职工|单位)(?:工作)?总?群$|总群$"),
    GroupKind.DEPARTMENT: re.compile("(?:科|股|处)室?(?:内部|工作|微信|钉钉)*群$"),
}
CODES = {str(kind): kind for kind in GroupKind}


def platform(text: str) -> str | None:
    """Return the platform's word, or None if none or more than one is named."""
    folded, found = unicodedata.normalize("NFKC", text).lower(), set()
    for word, code in _PLATFORM_WORDS:
        if word in folded:
            folded = folded.replace(word, " ")
            found.add(code)
    return found.pop() if len(found) == 1 else None


def kind(text: str) -> GroupKind | None:
    """Return the kind a register's words mean, or None."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if folded in CODES:
        return CODES[folded]
    for meaning, words in KINDS.items():
        if any(word in folded for word in words):
            return meaning
    return GroupKind.MAIN if WEAK_MAIN in folded else None


def kind_of_name(name: str) -> GroupKind | None:
    """Return the kind a group's name says beyond doubt, or None."""
    return next((meaning for meaning, pattern in NAMES.items() if pattern.search(name)), None)


def shown_platform(code: str | None) -> str | None:
    """Return how offices write a platform."""
    return PLATFORMS[code][0] if code and code in PLATFORMS else code


def shown_kind(code: str | None) -> str | None:
    """Return how offices write a kind of group."""
    return KINDS[GroupKind(code)][0] if code else None


def _by_length() -> list[tuple[str, str]]:
    pairs = [(word.lower(), code) for code, words in PLATFORMS.items() for word in (*words, code)]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_PLATFORM_WORDS = _by_length()
