"""One channel = one file with TITLE, LIMITS, KEYED, render, send and classify, found by walking this folder."""

import importlib
import json
import logging
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from django.conf import settings

from qingqun.hub import vault
from qingqun.hub.config import text
from qingqun.hub.deliver.ringing import Channel, Credentials
from qingqun.hub.models import Credential
from qingqun.words import Refused

_log = logging.getLogger(__name__)

CHANNELS: dict[str, Channel] = {
    found.name: cast("Channel", importlib.import_module(f"{__name__}.{found.name}")) for found in pkgutil.iter_modules(__path__)
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A channel with what it needs to speak to its platform."""

    name: str
    channel: Channel
    credentials: Credentials


def opened() -> dict[str, Opened]:
    """Return the channels an administrator has given an active credential, the first by name where there are several.

    Without one for mail, the mail server of config.toml serves. One that the vault's key does not open is logged: the others ring.
    """
    found, given = _configured(), set[str]()
    for row in Credential.objects.filter(active=True, channel__in=CHANNELS).order_by("name"):
        if row.channel not in given:
            given.add(row.channel)
            with _skipping(row.channel):
                found[row.channel] = Opened(row.channel, CHANNELS[row.channel], json.loads(vault.unlock(bytes(row.locked))))
    return found


def _configured() -> dict[str, Opened]:
    """Return mail as config.toml has it, where it names a server: without encryption only to this machine."""
    host = text(settings.GIVEN, "mail_host")
    if not host:
        return {}
    tls = "no" if host in {"localhost", "127.0.0.1", "::1"} else "starttls"
    mail = {"host": host, "port": settings.EMAIL_PORT, "sender": settings.DEFAULT_FROM_EMAIL, "tls": tls}
    return {"smtp": Opened("smtp", CHANNELS["smtp"], mail)}


@contextmanager
def _skipping(channel: str) -> Iterator[None]:
    try:
        yield
    except (Refused, ValueError):
        _log.exception("the credential of %s does not open", channel)
