"""One JSON object with a head and a long list of messages, read as a stream: never more than one message in memory."""

from collections.abc import Iterator

import ijson

from qingqun.i18n import _
from qingqun.intake.encoding import as_utf8, decode_head
from qingqun.intake.jsons import MAX_TEXT, Shallow, TooDeepError, TooLongError
from qingqun.intake.opened import Opened
from qingqun.words import Problem

Record = dict[str, object]
MAX_EVENTS = 2_000_000  # of one value in the head


def begins(head: bytes, *keys: str) -> bool:
    """Say whether these first bytes begin an object in which all keys stand."""
    text = decode_head(head).lstrip("\ufeff \t\r\n")
    return text.startswith("{") and all(f'"{key}"' in text for key in keys)


def value(opened: Opened, key: str, before: str | None = None) -> object:
    """Return a top-level value, wherever it stands; None where there is none, or where the list `before` begins first."""
    try:
        with opened.binary() as file:
            return _value(Shallow(as_utf8(file)), key, before)
    except (ijson.JSONError, ValueError):
        return None  # the messages meet the same break and report it


def _value(file: Shallow, key: str, before: str | None) -> object:
    builder = ijson.ObjectBuilder()
    count = 0
    for prefix, event, found in ijson.parse(file, use_float=True):
        if prefix == key or prefix.startswith(f"{key}."):
            builder.event(event, found)
            count += 1
            if count > MAX_EVENTS or (prefix == key and event not in {"start_map", "map_key", "start_array"}):
                return builder.value
        elif prefix == before and event == "start_array":
            break
    return None


def head(opened: Opened, key: str) -> Record:
    """Return a top-level object, or an empty one."""
    found = value(opened, key)
    return found if isinstance(found, dict) else {}


def records(opened: Opened, key: str | None) -> Iterator[tuple[int, Record] | Problem]:
    """Yield the objects of a top-level list with their numbers, from 1; what is broken or hostile ends with a problem.

    Without a key the file itself is the list.
    """
    path = f"{key}.item" if key else "item"
    number = 0
    try:
        with opened.binary() as file:
            for number, record in enumerate(ijson.items(Shallow(as_utf8(file)), path, use_float=True), 1):
                yield (number, record) if isinstance(record, dict) else _no_record(opened, number)
    except TooDeepError:
        yield opened.problem(number, "too_deep", _("JSON 嵌套过深，第 {line} 条之后未读取。").format(line=number))
    except TooLongError:
        reason = _("一段文字或一个数超过 {limit} 字节，第 {line} 条之后未读取。").format(limit=MAX_TEXT, line=number)
        yield opened.problem(number, "too_long", reason)
    except (ijson.JSONError, ValueError):
        yield opened.problem(number, "bad_json", _("JSON 不完整，第 {line} 条之后未读取。").format(line=number))


def _no_record(opened: Opened, number: int) -> Problem:
    return opened.problem(number, "bad_record", _("第 {line} 条不是一条记录。").format(line=number))
