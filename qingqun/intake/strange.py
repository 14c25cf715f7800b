"""A file that no source recognises: what it is, as far as its first bytes tell, and what its owner can do about it."""

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_DATABASE = b"SQLite format 3\0"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def reason(head: bytes) -> str:
    """Return one sentence on a file with these first bytes: what it is, and what to bring instead."""
    return _("{what}；{do}").format(what=_what(head), do=_instead(head))


def _what(head: bytes) -> str:
    known = (
        (head.startswith(b"%PDF"), _("这是 PDF，不是聊天记录的导出文件")),
        (_is_book(head), _("这是表格，不是聊天记录的导出文件")),
        (head.startswith(b"PK\x03\x04") and b"word/" in head, _("这是 Word 文档，不是聊天记录的导出文件")),
        (head.startswith(_OLD_OFFICE), _("这是旧格式的 Office 文件，不是聊天记录的导出文件")),
        (head.startswith(_PACKED), _("这是压缩包")),
        (head.startswith(_DATABASE), _("这是数据库，不解密、不读取")),
        (head.startswith(_PICTURES), _("这是图片或音视频，里面的字读不出来")),
        (head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<", _("这是网页")),
        (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")), _("这不是文字文件")),
    )
    return next((said for is_so, said in known if is_so), None) or _text(decode_head(head))


def _text(text: str) -> str:
    """Say what a text looks like. Nothing of it is quoted: it may be what somebody said."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if not first:
        return _("文件里只有空白")
    if first[:1] in "{[":
        return _("这是 JSON，但不是认得的导出格式")
    if "," in first or "\t" in first:
        return _("第一行不是认得的导出格式的表头")
    return _("没有一行像“姓名 日期 时间”，看不出是谁在什么时候说的")


def _instead(head: bytes) -> str:
    if _is_book(head):
        return _("台账请用 --register 交入，聊天记录请另行导出（能读的格式见 docs/sources.md）")
    if head.startswith(_PACKED) and b"word/" not in head:
        return _("请先解压，把里面的聊天记录交入")
    return _("请从聊天软件导出，或连同姓名和时间一起复制到 txt 文件（能读的格式见 docs/sources.md）")


def _is_book(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"opendocument.spreadsheet" in head)
