"""What a WeChat message is, by the client's type numbers or by the words exporters write for them."""

from qingqun.words import Kind

_TYPES = {
    1: Kind.TEXT,
    3: Kind.IMAGE,
    34: Kind.VOICE,
    42: Kind.CONTACT,
    43: Kind.VIDEO,
    47: Kind.EMOJI,
    48: Kind.LOCATION,
    50: Kind.CALL,
    66: Kind.CONTACT,
    10000: Kind.SYSTEM,
    10002: Kind.SYSTEM,
}
_APP = 49
_APPS = {
    1: Kind.TEXT,
    3: Kind.SHARE,
    4: Kind.LINK,
    5: Kind.LINK,
    6: Kind.FILE,
    8: Kind.EMOJI,
    17: Kind.LOCATION,
    19: Kind.FORWARD,
    24: Kind.FORWARD,
    33: Kind.SHARE,
    36: Kind.SHARE,
    40: Kind.FORWARD,
    51: Kind.SHARE,
    53: Kind.TEXT,  # 接龙: its text is what people wrote
    57: Kind.REPLY,
    62: Kind.POKE,
    63: Kind.SHARE,
    74: Kind.FILE,
    87: Kind.TEXT,  # 群公告
    2000: Kind.TRANSFER,
    2001: Kind.RED_PACKET,
}
# the first word found decides: longer and narrower words stand before the words they contain
_WORDS = {
    "撤回": Kind.RECALL,
    "系统": Kind.SYSTEM,
    "邀请": Kind.SYSTEM,
    "加群": Kind.SYSTEM,
    "拍一拍": Kind.POKE,
    "引用": Kind.REPLY,
    "回复": Kind.REPLY,
    "接龙": Kind.TEXT,
    "公告": Kind.TEXT,
    "转发": Kind.FORWARD,
    "聊天记录": Kind.FORWARD,
    "通话": Kind.CALL,
    "红包": Kind.RED_PACKET,
    "转账": Kind.TRANSFER,
    "名片": Kind.CONTACT,
    "位置": Kind.LOCATION,
    "表情": Kind.EMOJI,
    "视频号": Kind.SHARE,
    "直播": Kind.SHARE,
    "小程序": Kind.SHARE,
    "音乐": Kind.SHARE,
    "链接": Kind.LINK,
    "文件": Kind.FILE,
    "图片": Kind.IMAGE,
    "语音": Kind.VOICE,
    "视频": Kind.VIDEO,
    "文本": Kind.TEXT,
}


def by_number(kind: str, subtype: str) -> Kind:
    """Return the kind for Type and SubType as written in a cell; an unknown one is `other`."""
    number, app = _number(kind), _number(subtype)
    return _APPS.get(app, Kind.SHARE) if number == _APP else _TYPES.get(number, Kind.OTHER)


def by_word(name: str) -> Kind:
    """Return the kind for a Chinese type name such as 引用回复; an unknown one is `other`."""
    return next((kind for word, kind in _WORDS.items() if word in name), Kind.OTHER)


def _number(cell: str) -> int:
    digits = cell.strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
