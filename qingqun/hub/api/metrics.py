"""How the hub is doing, as Prometheus reads it (text format 0.0.4): counts and ages, no names, no ids.

Open to this machine asking itself, and to an administrator's token with the scope `metrics`. Behind a proxy everybody seems to be this
machine; whatever bears a proxy's mark needs the token.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qingqun.hub import sql
from qingqun.hub.api import problems
from qingqun.hub.api.gate import Bearer
from qingqun.hub.deliver.loops import alarms
from qingqun.hub.models import Posting, Right, Ring, State
from qingqun.hub.moment import SECOND, to_ms
from qingqun.hub.now import now

RECENT = 100_000  # attempts that are counted by outcome: counting all of millions would cost seconds at every look
_GATE = Bearer("metrics", Right.ADMINISTRATOR)
_PROXIED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")


class Sample(NamedTuple):
    labels: dict[str, str]
    value: float


class Gauge(NamedTuple):
    """What is measured; its help is English, as Prometheus's own are."""

    name: str
    help: str
    text: str
    labels: tuple[str, ...] = ()
    moments: int = 0  # how often the present moment (ms) stands in the text


_HELD = f"FROM hub_delivery WHERE state = '{State.HELD}'"
_UNPROVEN = f"FROM hub_delivery WHERE state IN ('{State.QUEUED}', '{State.SENT}', '{State.UNKNOWN}')"
_RECENT = f"FROM hub_attempt WHERE id > (SELECT COALESCE(MAX(id), 0) - {RECENT} FROM hub_attempt)"  # noqa: S608  a number
_DUE = "FROM hub_delivery WHERE ring_after IS NOT NULL AND ring_after <= %s"
_WAITING = f"FROM hub_attempt WHERE state = '{Ring.QUEUED}'"
_OLDEST = f"SELECT lane, (%s - MIN(not_before)) / 1000 {_HELD} AND not_before <= %s GROUP BY lane"
_LANE, _BOTH = ("lane",), ("lane", "channel")
_GAUGES = (
    Gauge("held_deliveries", "Deliveries waiting for working time.", f"SELECT lane, count(*) {_HELD} GROUP BY lane", _LANE),
    Gauge("overdue_deliveries", "Held ones that are due.", f"SELECT lane, count(*) {_HELD} AND not_before <= %s GROUP BY lane", _LANE, 1),
    Gauge("oldest_held_seconds", "How long the oldest of those has been overdue.", _OLDEST, _LANE, 2),
    Gauge("unproven_deliveries", "Brought by a channel, no proof yet.", f"SELECT state, count(*) {_UNPROVEN} GROUP BY state", ("state",)),
    Gauge("due_rings", "Deliveries that may ring and were not looked at.", f"SELECT lane, count(*) {_DUE} GROUP BY lane", _LANE, 1),
    Gauge("queued_attempts", "Rings waiting.", f"SELECT lane, channel, count(*) {_WAITING} GROUP BY lane, channel", _BOTH),
    Gauge(
        "recent_attempts",
        "The last 100000 rings by channel and outcome.",
        f"SELECT channel, state, count(*) {_RECENT} GROUP BY channel, state",
        ("channel", "outcome"),
    ),
    Gauge("unsealed_entries", "Ledger entries waiting for their seal.", "SELECT count(*) FROM hub_entry WHERE place IS NULL"),
    Gauge("worker_silence_seconds", "Since a lane beat.", "SELECT lane, (%s - MAX(beat)) / 1000 FROM hub_worker GROUP BY lane", _LANE, 1),
    Gauge("queued_webhook_events", "Events waiting.", f"SELECT count(*) FROM hub_post WHERE state = '{Posting.QUEUED}'"),  # noqa: S608  a word of states.py
    Gauge("failing_webhooks", "Nothing comes through.", "SELECT count(*) FROM hub_hook WHERE active AND failing_since IS NOT NULL"),
)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape."""
    if request.method not in {"GET", "HEAD"}:
        return problems.problem(405, headers={"Allow": "GET, HEAD"})
    if not local(request):
        try:
            if not _GATE(request):
                return problems.problem(401, headers={"WWW-Authenticate": "Bearer"})
        except problems.Problem as error:
            return problems.stopped(request, error)
    body = "".join(exposed(now()))
    return HttpResponse(body, content_type="text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})


def local(request: HttpRequest) -> bool:
    """Tell whether this machine asks itself, and no proxy for somebody else."""
    if settings.BEHIND_PROXY or any(name in request.headers for name in _PROXIED):
        return False
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return _loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _loopback(host.strip("[]")))


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def exposed(at: datetime) -> Iterator[str]:
    """Return the metrics as text."""
    for gauge in _GAUGES:
        yield from _told(gauge.name, gauge.help, _samples(gauge, at))
    stopped = [Sample({"loop": name}, (to_ms(at) - int(str(value["since"]))) / SECOND) for name, value in sorted(alarms().items())]
    yield from _told("alarm_seconds", "For how long a worker's loop has been stopped.", stopped)


def _samples(gauge: Gauge, at: datetime) -> list[Sample]:
    found = sql.rows(gauge.text, [to_ms(at)] * gauge.moments)
    return [Sample(dict(zip(gauge.labels, map(str, row[:-1]), strict=True)), float(row[-1])) for row in found]


def _told(name: str, words: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP qingqun_{name} {words}\n# TYPE qingqun_{name} gauge\n"
    for sample in samples:
        labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in sample.labels.items())
        yield f"qingqun_{name}{{{labels}}} {sample.value:g}\n" if labels else f"qingqun_{name} {sample.value:g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
