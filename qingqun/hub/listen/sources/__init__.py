"""One live source = one file, found by walking this folder.

`greet(call, secrets, now) -> bytes | None` answers the platform's check of the address; None where the call is none.
`hear(call, secrets, now) -> Heard` verifies and reads; both raise `Turned`. Nothing is parsed before its signature holds, where the
signature covers it; nothing larger than LARGEST is read at all.
"""

import importlib
import json
import pkgutil
from types import ModuleType
from typing import Any

from qingqun.hub import vault
from qingqun.hub.models import Credential

CHANNEL = "listen."  # what stands before a source's name in the table of credentials
NAME = "default"
SOURCES: dict[str, ModuleType] = {
    found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
}


def kept(source: str) -> dict[str, Any] | None:
    """Return a source's secrets, with `active`; None where nobody entered any.

    Raises:
        Refused: the vault's key does not open them.
    """
    row = Credential.objects.filter(channel=f"{CHANNEL}{source}", name=NAME).first() if source in SOURCES else None
    return json.loads(vault.unlock(bytes(row.locked))) | {"active": row.active} if row else None
