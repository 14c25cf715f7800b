"""Is the hub well? One function a question; each gives what it found, in a sentence, and how bad that is."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from qingqun.clock import BEIJING
from qingqun.clock.calendar import shipped
from qingqun.clock.table import Standing
from qingqun.hub import seal, sql, vault, waivers
from qingqun.hub.models import Credential
from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.reconcile import reconcile
from qingqun.hub.upkeep import first, keys, ready
from qingqun.i18n import _
from qingqun.words import Refused

LEAST_FREE = 1024**3  # bytes
BEHIND = timedelta(seconds=5)  # two machines' clocks may differ by so much
UNSEALED = timedelta(minutes=10)  # the sealer runs every minute
SILENT = timedelta(minutes=2)  # a worker beats every few seconds
_DAYS_AHEAD = timedelta(days=60)  # the State Council's notice comes in November


class Grade(StrEnum):
    WELL = "well"
    LOOK = "look"  # somebody should look at it soon
    BAD = "bad"  # something is not delivered, or not safe


@dataclass(frozen=True, slots=True)
class Found:
    """An answer."""

    grade: Grade
    text: str


def examine(now: datetime) -> list[Found]:
    """Ask every question, in order."""
    return [found for question in QUESTIONS for found in question(now)]


def _calendar(now: datetime) -> Iterator[Found]:
    for year in sorted({now.year, (now + _DAYS_AHEAD).year}):
        if shipped().standing(year) == Standing.OFFICIAL:
            yield Found(Grade.WELL, _("{year} 年放假安排：已按国务院通知").format(year=year))
        else:
            grade = Grade.BAD if year == now.year else Grade.LOOK
            yield Found(grade, _("{year} 年放假安排：还没有国务院通知的数据，节假日前后一律从严暂缓；请升级").format(year=year))


def _secrets(now: datetime) -> Iterator[Found]:  # noqa: ARG001  every question takes the moment
    for path in keys.open_to_others(settings.DATA):
        yield Found(Grade.BAD, _("{path} 别的用户也能读：请运行 chmod 600").format(path=path))
    rows = list(Credential.objects.filter(active=True).order_by("channel", "name"))
    shut = [f"{row.channel}/{row.name}" for row in rows if not _opens(bytes(row.locked))]
    if shut:
        yield Found(Grade.BAD, _("凭据打不开：{names}").format(names=", ".join(shut)))
    else:
        yield Found(Grade.WELL, _("凭据：{count} 个，都打得开").format(count=len(rows)))
    for login in first.unchanged():
        yield Found(Grade.LOOK, _("账号 {login} 还在用一次性密码").format(login=login))


def _clock(now: datetime) -> Iterator[Found]:
    last = sql.value("SELECT MAX(at) FROM hub_entry")
    behind = from_ms(last) - now if last is not None else timedelta(0)
    if behind > BEHIND:
        yield Found(Grade.BAD, _("时钟：比台账最后一条慢 {seconds} 秒，请校时").format(seconds=round(behind.total_seconds())))
    else:
        yield Found(Grade.WELL, _("时钟：不早于台账最后一条"))


def _disk(now: datetime) -> Iterator[Found]:  # noqa: ARG001  same
    free = shutil.disk_usage(settings.DATA).free
    grade = Grade.WELL if free >= LEAST_FREE else Grade.BAD
    yield Found(grade, _("磁盘：剩余 {free:.1f} GiB").format(free=free / 1024**3))


def _ledger(now: datetime) -> Iterator[Found]:
    wrong = seal.verify(settings.LEDGER_HEAD)
    yield from (Found(Grade.BAD, _("台账：{wrong}").format(wrong=one)) for one in wrong)
    if not wrong:
        yield Found(Grade.WELL, _("台账：封存的记录与封存时一样"))
    waiting = sql.value("SELECT count(*) FROM hub_entry WHERE place IS NULL AND at < %s", [to_ms(now - UNSEALED)])
    if waiting:
        yield Found(Grade.LOOK, _("台账：{count} 条记录早该封存，投递进程可能没有运行").format(count=waiting))


def _deliveries(now: datetime) -> Iterator[Found]:
    sums = reconcile(now)
    if not sums.explained:
        yield Found(Grade.BAD, _("对账：{count} 条通知对不上，见 qingqun reconcile").format(count=len(sums.gaps)))
    else:
        yield Found(Grade.WELL, _("对账：受理 {count} 件，去向全部清楚").format(count=sums.accepted))
    if sums.stale:
        yield Found(Grade.LOOK, _("提醒：{count} 次超过时限仍未证实送到").format(count=len(sums.stale)))
    if sums.overdue:
        yield Found(Grade.BAD, _("投递：{count} 件到时未放行，投递进程可能没有运行").format(count=sums.overdue))


def _workers(now: datetime) -> Iterator[Found]:
    for lane, beat in sql.rows("SELECT lane, MAX(beat) FROM hub_worker GROUP BY lane ORDER BY lane"):
        quiet = now - from_ms(beat)
        grade = Grade.WELL if quiet < SILENT else Grade.LOOK
        yield Found(grade, _("投递进程 {lane}：{seconds} 秒前有动静").format(lane=lane, seconds=max(0, round(quiet.total_seconds()))))


def _version(now: datetime) -> Iterator[Found]:  # noqa: ARG001  same
    waiting = ready.pending()
    if waiting:
        yield Found(Grade.BAD, _("数据库比程序旧：请运行 qingqun upgrade"))


def _waivers(now: datetime) -> Iterator[Found]:
    found = waivers.granted()
    if found.wrong:
        yield Found(Grade.BAD, _("例外：文件有错，一项也不算数：{wrong}").format(wrong=found.wrong))
    elif found.waivers:
        yield Found(Grade.WELL, _("例外：{count} 项").format(count=len(found.waivers)))
    for one in waivers.unused(now.astimezone(BEIJING).date()):
        yield Found(Grade.LOOK, _("例外 {id}：{reason}").format(id=one.waiver.id, reason=one.reason))


def _opens(locked: bytes) -> bool:
    try:
        vault.unlock(locked)
    except Refused:
        return False
    return True


QUESTIONS: tuple[Callable[[datetime], Iterator[Found]], ...] = (
    _version,
    _calendar,
    _secrets,
    _clock,
    _disk,
    _ledger,
    _deliveries,
    _workers,
    _waivers,
)
