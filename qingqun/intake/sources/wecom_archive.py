"""WeCom archive (会话内容存档), decrypted, one message a line, bare or wrapped as {"message": {...}}. Times in milliseconds, UTC.

Source: the vendor's page developer.work.weixin.qq.com/document/path/91774. A message without roomid was said between two people.
"""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.jsons import loads, table, text
from qingqun.intake.kinds import NONE
from qingqun.intake.opened import Opened
from qingqun.intake.times import epoch
from qingqun.intake.wecom import said
from qingqun.words import Chat, Kind, Message, Problem

TITLE = _("企业微信会话存档（已解密 JSONL）")
SOURCE = "wecom_archive"
_SPACE = b" \t\r\n\x00"


def sniff(head: bytes, name: str) -> float:
    """Sure where an early line has msgid with msgtype or action."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:20] if line.lstrip().startswith(b"{")]
    likely = any(b'"msgid"' in line and (b'"msgtype"' in line or b'"action"' in line) for line in lines)
    return 0.9 + 0.01 * name.endswith(".jsonl") if likely else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield a message for every line, whatever its msgtype; a line that is none is a problem."""
    for line, raw in opened.raw_lines():
        bare = raw.removeprefix(b"\xef\xbb\xbf").strip(_SPACE)
        if bare and not bare.startswith(b"#"):
            yield _line(bare, opened, line)


def _line(raw: bytes, opened: Opened, line: int) -> Message | Problem:
    try:
        outer = loads(raw)
    except ValueError:
        return opened.problem(line, "bad_json", _("第 {line} 行不是完整的 JSON。").format(line=line))
    record = outer if isinstance(outer, dict) else {}
    record = table(record, "message") or record
    if not text(record, "msgid") or not (text(record, "msgtype") or text(record, "action")):
        return opened.problem(line, "bad_record", _("第 {line} 行不是会话存档的一条消息。").format(line=line))
    return _message(record, opened, line)


def _message(record: dict[str, object], opened: Opened, line: int) -> Message | Problem:
    room = text(record, "roomid") or None
    sender = text(record, "from") or text(record, "user")
    sent_at = _time(record)
    if room and sent_at is None:
        return opened.problem(line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=line))
    if not sender:
        return opened.problem(line, "no_sender", _("第 {line} 行没有发言人。").format(line=line))
    switch = text(record, "action") == "switch"
    what = said(record)
    recall = text(record, "action") == "recall" or what.kind == Kind.RECALL
    return Message(
        platform="wecom",
        chat=Chat.GROUP.value if room else Chat.PRIVATE.value,
        group_id=room,
        group_name=room or _peers(record),
        message_id=text(record, "msgid"),
        sent_at=sent_at or 0,
        precision="s",
        sender_id=sender,
        sender_name=sender,
        sender_card=None,
        kind=Kind.SYSTEM.value if switch else Kind.RECALL.value if recall else str(what.kind),
        text=what.text,
        mentions=NONE,
        mention_all=False,
        reply_to=text(table(record, "revoke"), "pre_msgid") or None,
        attachments=list(what.files) or NONE,
        recalled=recall,
        file=opened.name,
        line=line,
        source=SOURCE,
    )


def _time(record: dict[str, object]) -> int | None:
    digits = text(record, "msgtime") or text(record, "time")
    return epoch(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None


def _peers(record: dict[str, object]) -> str | None:
    to = record.get("tolist")
    return "、".join(peer for peer in to[:20] if isinstance(peer, str)) or None if isinstance(to, list) else None
