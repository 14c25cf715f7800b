"""A directory is read by the worker, never while a page waits: asked for, read with its progress shown, kept for a day to be looked at.

One reading a platform at a time. Whoever reads holds a lease, prolonged by answers; what a dead worker held is read again from the start.
"""

import base64
import json
import logging
import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Q

from qingqun.hub import sql, vault
from qingqun.hub.directory.take import Done, take
from qingqun.hub.models import Job, Power, Reading, Right, Setting, Unit
from qingqun.hub.platforms import PLATFORMS, DepartmentRow, Listed, MemberRow, following, kept
from qingqun.i18n import _
from qingqun.words import Refused

ROOT = "directory."  # the setting that says under which unit a platform's directory stands
LEASE = timedelta(seconds=90)  # an answer takes twenty at most
KEPT = timedelta(days=1)
TRIES = 3
_NOTED = timedelta(seconds=1)  # between two notes of progress
_TURN = 7_303  # of one claim at a time
_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class _Lost(Exception):  # noqa: N818  tells what happened
    """Another worker has it by now."""


def ask(platform: str, root: int, by: int, now: datetime, said: Mapping[str, object] | None = None) -> Reading:
    """Ask for a directory to be read; with `said` (seen, alike, really: see `take`) what it says is then taken in.

    Raises:
        Refused: it is being read already.
    """
    try:
        with sql.act():
            return Reading.objects.create(platform=platform, root_id=root, by_id=by, asked_at=now, said=dict(said or {}))
    except IntegrityError:
        raise Refused(_("这个平台的通讯录正在读取，请等它读完")) from None


def latest(platform: str) -> Reading | None:
    """Return the last reading of a platform, whatever became of it."""
    return Reading.objects.filter(platform=platform).order_by("-pk").first()


def under(platform: str) -> int | None:
    """Return the unit under which a platform's directory stands, None where none was taken in yet."""
    value = Setting.objects.filter(key=f"{ROOT}{platform}").values_list("value", flat=True).first()
    return None if value is None else int(value)


def unpacked(reading: Reading) -> Listed | None:
    """Return what was read, None where it is not kept any more."""
    if reading.listed is None:
        return None
    root, departments, members = json.loads(zlib.decompress(base64.b64decode(vault.unlock(bytes(reading.listed)))))
    rows = (MemberRow(uid, union, name, tuple(places), number, gone) for uid, union, name, places, number, gone in members)
    return Listed(root, tuple(DepartmentRow(*one) for one in departments), tuple(rows))


def read_one(clock: Clock) -> int:
    """Read one directory that was asked for; return how many there were. What was read long ago is dropped."""
    _dropped(clock())
    found = _claimed(clock())
    if found is None:
        return 0
    try:
        _read_or_said_why(found, clock)
    except _Lost:
        _log.warning("reading %s went on elsewhere", found.platform)
    return 1


def _read_or_said_why(one: Reading, clock: Clock) -> None:
    try:
        _read(one, clock)
    except Refused as why:
        _ended(one, clock(), Job.REFUSED, why=str(why)[:300])


def _claimed(now: datetime) -> Reading | None:
    waiting = Q(state=Job.ASKED) | Q(state=Job.READING, lease_until__lte=now)
    if not Reading.objects.filter(waiting).exists():
        return None
    with sql.act():
        sql.alone(_TURN)
        found = Reading.objects.filter(waiting).order_by("pk").first()
        if found is None:
            return None
        found.state, found.worker, found.lease_until, found.answers = Job.READING, os.urandom(8).hex(), now + LEASE, 0
        found.tries += 1
        found.save(update_fields=["state", "worker", "lease_until", "answers", "tries"])
    return found


def _read(one: Reading, clock: Clock) -> None:
    if one.tries > TRIES:
        raise Refused(_("读取几次都被中断，已停止；请看工作进程的日志"))
    there = kept(one.platform)
    if not there or not there["active"]:
        raise Refused(_("这个平台还没有启用"))
    with following(_Progress(one, clock)):
        listed = PLATFORMS[one.platform].listed(there)
    if one.said:
        _taken(one, listed, clock())
    else:
        _ended(one, clock(), Job.READ, listed=_packed(listed))


def _taken(one: Reading, listed: Listed, now: datetime) -> None:
    path = Unit.objects.values_list("path", flat=True).get(pk=one.root_id)
    powers = Power.objects.filter(person_id=one.by_id, person__left_at__isnull=True, right=Right.ADMINISTRATOR)
    if not any(path.startswith(held) for held in powers.values_list("unit__path", flat=True)):
        raise Refused(_("没有这个单位"))

    def then(done: Done) -> None:
        Setting.objects.update_or_create(key=f"{ROOT}{one.platform}", defaults={"value": one.root_id})
        _end(one, now, Job.TAKEN, counts=asdict(done))

    said = {name: one.said.get(name) is True for name in ("alike", "really")}
    take(listed, one.platform, one.root_id, now, one.by_id, seen=str(one.said.get("seen", "")), then=then, **said)


class _Progress:
    """Notes how many answers there were, and prolongs the lease."""

    def __init__(self, one: Reading, clock: Clock) -> None:
        self.one, self.clock, self.answers, self.noted = one, clock, 0, clock()

    def __call__(self) -> None:
        self.answers += 1
        now = self.clock()
        if now - self.noted < _NOTED:
            return
        self.noted = now
        with sql.act():
            mine = Reading.objects.filter(pk=self.one.pk, worker=self.one.worker, state=Job.READING)
            if not mine.update(answers=self.answers, lease_until=now + LEASE):
                raise _Lost


def _ended(one: Reading, now: datetime, state: Job, **what: object) -> None:
    with sql.act():
        _end(one, now, state, **what)


def _end(one: Reading, now: datetime, state: Job, **what: object) -> None:
    """Write what became of it, inside an act.

    Raises:
        _Lost: another worker has it; what was done in this act is undone.
    """
    mine = Reading.objects.filter(pk=one.pk, worker=one.worker, state=Job.READING)
    if not mine.update(state=state, ended_at=now, lease_until=None, **what):
        raise _Lost
    if state != Job.REFUSED:
        Reading.objects.filter(platform=one.platform, pk__lt=one.pk).update(listed=None)


def _dropped(now: datetime) -> None:
    old = Reading.objects.filter(listed__isnull=False, ended_at__lte=now - KEPT)
    if old.exists():
        with sql.act():
            old.update(listed=None)


def _packed(listed: Listed) -> bytes:
    text = json.dumps([listed.root, listed.departments, listed.members], ensure_ascii=False, separators=(",", ":"))
    return vault.lock(base64.b64encode(zlib.compress(text.encode())).decode())
