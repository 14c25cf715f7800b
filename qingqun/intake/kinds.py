"""What a message is made of: the words and codes several exports share."""

import re

from qingqun.words import Kind

PLACEHOLDERS = {
    "图片": Kind.IMAGE,
    "照片": Kind.IMAGE,
    "语音": Kind.VOICE,
    "视频": Kind.VIDEO,
    "小视频": Kind.VIDEO,
    "文件": Kind.FILE,
    "表情": Kind.EMOJI,
    "表情包": Kind.EMOJI,
    "动画表情": Kind.EMOJI,
    "链接": Kind.LINK,
    "位置": Kind.LOCATION,
    "地理位置": Kind.LOCATION,
    "红包": Kind.RED_PACKET,
    "微信红包": Kind.RED_PACKET,
    "QQ红包": Kind.RED_PACKET,
    "转账": Kind.TRANSFER,
    "微信转账": Kind.TRANSFER,
    "语音通话": Kind.CALL,
    "视频通话": Kind.CALL,
    "音乐分享": Kind.SHARE,
    "小程序": Kind.SHARE,
    "视频号": Kind.SHARE,
    "聊天记录": Kind.FORWARD,
    "合并转发": Kind.FORWARD,
    "名片": Kind.CONTACT,
    "个人名片": Kind.CONTACT,
    "拍一拍": Kind.POKE,
}
_PLACEHOLDER = re.compile(r"\[([^\[\]\s]{2,6})\][:：]?[ \t]*([^\n]*)")
_FILE_NAME = re.compile(r"[^\\/:*?\"<>|]{1,200}\.[0-9A-Za-z]{1,8}")
_WHOLE = (Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.EMOJI)
_RECALLED = re.compile(r"撤回了?(?:一条)?(?:成员.{0,40}的)?(?:一条)?消息")
NONE: list[str] = []  # shared by all messages without mentions or attachments: never changed


def kind_of(text: str) -> tuple[str, list[str]]:
    """Return the kind that a text's placeholder ([图片], [文件] 名称.xlsx) shows, and the file names in it."""
    if not text.startswith("["):
        return Kind.TEXT, NONE
    found = _PLACEHOLDER.match(text)
    kind = PLACEHOLDERS.get(found[1]) if found else None
    if (
        found is None
        or kind is None
        or (kind in _WHOLE and found.end() == len(text) and found[2].strip() and not _FILE_NAME.fullmatch(found[2].strip()))
    ):
        return Kind.TEXT, NONE
    return kind, attachments(found[2]) if kind in {Kind.FILE, Kind.IMAGE, Kind.VIDEO} else NONE


def attachments(name: str) -> list[str]:
    """Return the file name in a list of one, or an empty list where it is no file name."""
    name = name.strip()
    return [name] if _FILE_NAME.fullmatch(name) else NONE


def system_kind(text: str) -> str:
    """Return recall for 某某撤回了一条消息, else system."""
    return Kind.RECALL if _RECALLED.search(text[:200]) else Kind.SYSTEM


def real_id(value: str) -> str | None:
    """Return an id that can be trusted; None for none, zero, or one a spreadsheet has turned into 9E+18."""
    value = value.strip()
    if not value.strip("0-") or re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0*", value):
        return None
    return value
