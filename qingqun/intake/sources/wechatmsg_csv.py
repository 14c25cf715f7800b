"""WeChatMsg (留痕) CSV, also as saved again by Excel.

Layout: localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender. Private chats write
nine values under these twelve headers; whether a file with all twelve is a group it does not say, nor which: the user states it.
localId is a row number, no id.
"""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.kinds import kind_of, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.rows import Record, header, records
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.intake.wechat import by_number
from qingqun.words import Chat, Kind, Message, Problem

TITLE = _("WeChatMsg（留痕）CSV")
SOURCE = "wechatmsg_csv"
_NEEDED = ("TalkerId", "Type", "SubType", "StrContent", "StrTime")
_WHO = ("NickName", "Remark", "Sender")


def sniff(head: bytes, name: str) -> float:
    """Sure where the header has the exporter's column names."""
    del name
    return 0.95 if set(_NEEDED) <= set(header(head)) else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield a message for each row, or what is wrong with it."""
    groups: set[str] = set()  # talkers that somebody with a name spoke in: no private chats
    for item in records(opened, _NEEDED):
        if isinstance(item, Problem):
            yield item
            continue
        line, row = item
        if any(row.get(name, "").strip() for name in _WHO):
            groups.add(row["TalkerId"])
        yield _message(opened, line, row, named=row["TalkerId"] in groups)


def _message(opened: Opened, line: int, row: Record, *, named: bool) -> Message | Problem:
    when = read_time(row.get("CreateTime", "")) or read_time(row["StrTime"])
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=line))
    what = _said(row)
    system = what.kind in {Kind.SYSTEM, Kind.RECALL}
    room = Room("wechat", Chat.UNKNOWN.value if named or system else Chat.PRIVATE.value)
    return message(opened, SOURCE, line, room, when, _person(row, system=system), what)


def _person(row: Record, *, system: bool) -> Person:
    name = next((row[name].strip() for name in _WHO if row.get(name, "").strip()), "")
    own = _("我") if row.get("IsSender", "").strip() == "1" else _("对方")
    return Person(name or (_("系统消息") if system else own), row.get("Sender", "").strip() or None)


def _said(row: Record) -> Said:
    kind, text = by_number(row["Type"], row["SubType"]), row["StrContent"]
    files = tuple(kind_of(text)[1]) if kind is Kind.FILE else ()
    return Said(system_kind(text) if kind is Kind.SYSTEM else kind.value, text, files)
