"""Pages and workers under one supervisor and one address, until stopped."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from qingqun.hub.models import Lane
from qingqun.hub.supervise import supervise
from qingqun.hub.upkeep import exposed, ready
from qingqun.i18n import _

APPLICATION = "qingqun.hub.wsgi:application"


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8421)
        parser.add_argument("--certificate", default="")
        parser.add_argument("--key", default="")

    def handle(self, **options: Any) -> None:
        ready.current()
        exposed.guarded(options["host"], options["certificate"])
        port = exposed.free(options["host"], options["port"])
        connection.close()
        pages = granian(APPLICATION, options["host"], port, options["certificate"], options["key"])
        scheme = "https" if options["certificate"] else "http"
        self._say(_("轻群在 {address}，按 Ctrl+C 停止").format(address=f"{scheme}://{options['host']}:{port}/"))
        with stopped_by_signal() as stop:
            supervise(
                {_("页面"): pages} | workers("work"), {**os.environ, "DJANGO_SETTINGS_MODULE": "qingqun.hub.settings"}, stop, self._say
            )
        self._say(_("已停止"))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def granian(application: str, host: str, port: int, certificate: str = "", key: str = "") -> list[str]:
    """Return the command that serves an application's pages."""
    where = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    tls = ["--ssl-certificate", certificate, "--ssl-keyfile", key] if certificate else []
    steady = ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *where, *steady, *tls, application]


def workers(command: str) -> dict[str, list[str]]:
    """Return one worker a lane: emergencies never wait behind anything. They end when this process does, however it ends."""
    titles = {Lane.ROUTINE: _("投递"), Lane.EMERGENCY: _("应急投递")}
    return {
        title: [sys.executable, "-m", "django", command, "--lane", str(lane), "--parent", str(os.getpid())]
        for lane, title in titles.items()
    }


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """Give an event that Ctrl+C and a system's stop set; what stood before stands again afterwards."""
    stop = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, lambda *_: stop.set()) for kind in kinds]
    try:
        yield stop
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
