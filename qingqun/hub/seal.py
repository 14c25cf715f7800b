"""The sealer: gives written entries their places and chains them; and the check that finds every change to what was sealed.

A seal covers the entries at places first to last: SHA-256 over the seal before it and the entries' canonical bytes. Its line in the head
file, outside the database, makes a cut or rewritten tail show. Entries are written unsealed, so that no act waits for another.
"""

import json
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from qingqun.hub import sql
from qingqun.hub.ledger import GENESIS
from qingqun.hub.models import Entry, Seal
from qingqun.hub.moment import from_ms
from qingqun.i18n import _

LARGEST = 5_000  # entries in one seal
FIRST_SEALS = 1  # so many a crash may have left without a head file; more without one means that it was lost
_ALONE = 72_001  # the sealer's number among sql.alone's
_COLUMNS = "place, id, act, at, notice, person, count, digest, data"
Row = tuple[Any, ...]


def seal(now: datetime, head: Path) -> int:
    """Seal what was written since and write the head file; return how many entries. Two sealers at once wait for each other."""
    with sql.act():
        sql.alone(_ALONE)
        _write_head(head)  # so that never more than one seal lacks its line, however often a sealer is killed between these two acts
        count = _seal(now)
    with sql.act():  # after the seals are durable, and again alone: two sealers must not both append what is missing
        sql.alone(_ALONE)
        _write_head(head)
    return count


def verify(head: Path) -> list[str]:
    """Return what is wrong, one sentence each; nothing where all that was sealed stands as it was."""
    wrong, before, place = [], GENESIS, 1
    for first, last, given in sql.rows("SELECT first, last, hash FROM hub_seal ORDER BY first"):
        found = _entries(first, last)
        before = _hash(before, found)
        if first != place or [row[0] for row in found] != list(range(first, last + 1)) or before != given:
            wrong.append(_("第 {first}—{last} 条记录与封存时不符").format(first=first, last=last))
            before = given  # what follows is judged on its own
        place = last + 1
    beyond = sql.value("SELECT count(*) FROM hub_entry WHERE place >= %s OR place < 1", [place])
    return [*wrong, *([_("有 {count} 条记录有编号而未封存").format(count=beyond)] if beyond else []), *_against(head)]


def _seal(now: datetime) -> int:
    last, before = next(iter(sql.rows("SELECT last, hash FROM hub_seal ORDER BY last DESC LIMIT 1")), (0, GENESIS))
    waiting = list(Entry.objects.filter(place__isnull=True).order_by("pk")[:LARGEST])
    for place, entry in enumerate(waiting, start=last + 1):
        entry.place = place
    if waiting:
        Entry.objects.bulk_update(waiting, ["place"], batch_size=500)
        end = last + len(waiting)
        Seal.objects.create(first=last + 1, last=end, hash=_hash(before, _entries(last + 1, end)), at=now)
    return len(waiting)


def _entries(first: int, last: int) -> list[Row]:
    return sql.rows(f"SELECT {_COLUMNS} FROM hub_entry WHERE place BETWEEN %s AND %s ORDER BY place", [first, last])  # noqa: S608  column names


def _hash(before: str, entries: list[Row]) -> str:
    canonical = json.dumps(entries, ensure_ascii=True, separators=(",", ":"))
    return sha256(f"{before}\n{canonical}".encode()).hexdigest()


def _write_head(head: Path) -> None:
    """Append the lines of seals that the file does not have yet, those a crash left out too. A lost file is not made anew."""
    known = len(_lines(head))
    seals = sql.rows("SELECT first, last, hash, at FROM hub_seal ORDER BY first")
    if len(seals) <= known or (not known and len(seals) > FIRST_SEALS):
        return
    head.parent.mkdir(parents=True, exist_ok=True)
    with head.open("ab+") as file:
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)  # a line cut short by a crash
        file.writelines(f"{first} {last} {given} {from_ms(at).isoformat()}\n".encode() for first, last, given, at in seals[known:])
        file.flush()
        os.fsync(file.fileno())


def _lines(head: Path) -> list[list[str]]:
    """Return the head file's whole lines; one cut short by a crash is none."""
    if not head.exists():
        return []
    return [line.split() for line in head.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]


def _against(head: Path) -> list[str]:
    """Compare the head file with the database's seals, line by line; seals newer than the file are not vouched for yet."""
    lines = [tuple(line) for line in _lines(head)]
    rows = sql.rows("SELECT first, last, hash, at FROM hub_seal ORDER BY first")
    seals = [(str(first), str(last), given, from_ms(at).isoformat()) for first, last, given, at in rows]
    if len(seals) > FIRST_SEALS and not lines:
        return [_("台账封印文件缺失或是空的：{file}").format(file=head.name)]
    differing = [number for number, line in enumerate(lines) if number >= len(seals) or seals[number] != line]
    return [_("封印文件第 {line} 行与数据库不符").format(line=differing[0] + 1)] if differing else []
