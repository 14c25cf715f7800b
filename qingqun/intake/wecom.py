"""What each msgtype of the WeCom archive (会话内容存档) says, as kind, text and file names.

Source: the vendor's page developer.work.weixin.qq.com/document/path/91774. The body of a message stands under the name of its msgtype,
except markdown and news (`info`) and docmsg (`doc`).
"""

from collections.abc import Callable
from typing import NamedTuple

from qingqun.intake.jsons import loads, table, tables, text
from qingqun.words import Kind

_QUOTED = "这是一条引用/回复消息"
_LINE = "------\n"
_BODIES = {"markdown": "info", "news": "info", "docmsg": "doc", "external_redpacket": "redpacket"}
MAX_NESTED = 8


class Said(NamedTuple):
    """What a message says."""

    kind: str
    text: str
    files: tuple[str, ...] = ()


Body = dict[str, object]


def said(record: Body) -> Said:
    """Return what a decrypted message says, whatever its msgtype; an unknown one is `other` with the texts found in it."""
    return _said(text(record, "msgtype"), record, 0)


def _said(msgtype: str, record: Body, depth: int) -> Said:
    body = table(record, _BODIES.get(msgtype, msgtype)) or table(record, msgtype)
    if msgtype in {"mixed", "chatrecord"}:
        return _nested(msgtype, body, depth)
    if msgtype in _READERS:
        return _READERS[msgtype](body)
    kind, fields = _FIELDS.get(msgtype, (Kind.OTHER, ("title", "content", "description", "filename")))
    return Said(kind, _join(*(text(body, field) for field in fields)))


def _join(*parts: str) -> str:
    return "\n".join(part.strip("\n") for part in parts if part.strip())


def _text(body: Body) -> Said:
    content = text(body, "content").replace("\r\n", "\n")
    quoted, line, own = content.rpartition(_LINE)
    return Said(Kind.REPLY, own) if line and quoted.startswith(_QUOTED) else Said(Kind.TEXT, content)


def _file(body: Body) -> Said:
    name = text(body, "filename")
    return Said(Kind.FILE, name, (name,) if name else ())


def _collect(body: Body) -> Said:
    questions = [text(detail, "ques") for detail in tables(body, "details")]
    return Said(Kind.OTHER, _join(text(body, "title"), *questions))


def _vote(body: Body) -> Said:
    items = body.get("voteitem")
    return Said(
        Kind.OTHER,
        _join(text(body, "votetitle"), *(str(item) for item in items if isinstance(item, str)) if isinstance(items, list) else ()),
    )


def _news(body: Body) -> Said:
    items = tables(body, "item")
    return Said(Kind.LINK, _join(*(text(item, field) for item in items for field in ("title", "description", "url"))))


def _nested(msgtype: str, body: Body, depth: int) -> Said:
    inner = [_item(item, depth + 1) for item in tables(body, "item")[:1000]] if depth < MAX_NESTED else []
    files = tuple(name for part in inner for name in part.files)
    said_by_all = _join(text(body, "title"), *(part.text for part in inner))
    return Said(Kind.FORWARD if msgtype == "chatrecord" else Kind.TEXT, said_by_all, files)


def _item(item: Body, depth: int) -> Said:
    msgtype = text(item, "type").removeprefix("ChatRecord").lower()
    content = item.get("content")
    try:
        body = loads(content) if isinstance(content, str) else content
    except ValueError:
        return Said(Kind.TEXT, text(item, "content"))
    return _said(msgtype, {_BODIES.get(msgtype, msgtype): body}, depth)


_READERS: dict[str, Callable[[Body], Said]] = {
    "text": _text,
    "file": _file,
    "voip_doc_share": _file,
    "qydiskfile": _file,
    "collect": _collect,
    "vote": _vote,
    "news": _news,
}
_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "markdown": (Kind.TEXT, ("content",)),
    "image": (Kind.IMAGE, ()),
    "voice": (Kind.VOICE, ()),
    "video": (Kind.VIDEO, ()),
    "emotion": (Kind.EMOJI, ()),
    "revoke": (Kind.RECALL, ()),
    "agree": (Kind.SYSTEM, ()),
    "disagree": (Kind.SYSTEM, ()),
    "card": (Kind.CONTACT, ("corpname",)),
    "location": (Kind.LOCATION, ("title", "address")),
    "link": (Kind.LINK, ("title", "description", "link_url")),
    "weapp": (Kind.SHARE, ("title", "description", "displayname")),
    "sphfeed": (Kind.SHARE, ("sph_name", "feed_desc")),
    "todo": (Kind.OTHER, ("title", "content")),
    "meeting": (Kind.OTHER, ("topic", "address", "remarks")),
    "calendar": (Kind.OTHER, ("title", "place", "remarks")),
    "docmsg": (Kind.LINK, ("title", "link_url")),
    "redpacket": (Kind.RED_PACKET, ("wish",)),
    "external_redpacket": (Kind.RED_PACKET, ("wish",)),
    "meeting_voice_call": (Kind.CALL, ()),
    "voiptext": (Kind.CALL, ()),
}
