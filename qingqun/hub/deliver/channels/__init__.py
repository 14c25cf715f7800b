"""One channel = one file with TITLE, LIMITS, KEYED, render, send and classify, found by walking this folder."""

import importlib
import json
import pkgutil
from dataclasses import dataclass
from typing import cast

from qingqun.hub import vault
from qingqun.hub.deliver.ringing import Channel, Credentials
from qingqun.hub.models import Credential

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

    Raises:
        Refused: the vault's key does not open one of them.
    """
    found: dict[str, Opened] = {}
    for row in Credential.objects.filter(active=True, channel__in=CHANNELS).order_by("name"):
        if row.channel not in found:
            found[row.channel] = Opened(row.channel, CHANNELS[row.channel], json.loads(vault.unlock(bytes(row.locked))))
    return found
